package dev.likeness.app.worker.task;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.Infotext;
import dev.likeness.app.picture.ImageEncoding;
import dev.likeness.app.picture.ImageTexts;
import dev.likeness.app.picture.StoredImage;
import dev.likeness.app.picture.StoredPictures;
import dev.likeness.app.worker.InWorker;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.GeneratedImage;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores the results of a task: a file and the row that refers to it in one transaction, so that neither exists without
 * the other. It repeats the transaction while the database is unavailable.
 */
@InWorker
@Component
public class DurableWriter {

    private final OutageRetry retry;
    private final TransactionTemplate transactions;
    private final StoredPictures pictures;
    private final ArtifactStore artifacts;
    private final JsonMapper json;

    DurableWriter(
            OutageRetry retry,
            PlatformTransactionManager transactions,
            StoredPictures pictures,
            ArtifactStore artifacts,
            JsonMapper json) {
        this.retry = retry;
        this.transactions = new TransactionTemplate(transactions);
        this.pictures = pictures;
        this.artifacts = artifacts;
        this.json = json;
    }

    public <T> T read(Supplier<T> query) {
        return retry.get(query);
    }

    /** Performs all writes in one transaction. */
    public void write(Runnable writes) {
        retry.run(() -> transactions.executeWithoutResult(status -> writes.run()));
    }

    /** Stores an image, which contains its recipe, and its row. */
    public void image(RgbImage image, ImageRecipe recipe, ImageEncoding encoding, Consumer<StoredImage> row) {
        ImageTexts texts = new ImageTexts(json.writeValueAsString(recipe), Infotext.of(recipe));
        write(() -> row.accept(pictures.keep(image, encoding, texts)));
    }

    public void picture(RgbImage picture, Consumer<StoredFile> row) {
        write(() -> row.accept(pictures.keep(picture, Map.of())));
    }

    /** Stores a file of tensors and its row. */
    public void tensors(ArtifactStore.Writer writer, Consumer<StoredFile> row) {
        write(() -> row.accept(artifacts.put("application/octet-stream", writer)));
    }

    public static ImageRecipe recipe(GeneratedImage generated) {
        GeneratedImage.Recipe recipe = generated.recipe();
        return new ImageRecipe(
                recipe.prompt(),
                recipe.negativePrompt(),
                recipe.seed(),
                recipe.settings(),
                recipe.modelHash(),
                recipe.adapterScales(),
                recipe.fused(),
                List.of());
    }
}
