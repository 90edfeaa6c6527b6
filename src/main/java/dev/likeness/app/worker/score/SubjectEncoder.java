package dev.likeness.app.worker.score;

import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.EncodedImages;
import dev.likeness.diffusion.evaluation.EncodedPrompts;
import dev.likeness.diffusion.evaluation.EncodedSubject;
import dev.likeness.diffusion.pipeline.Pipeline.ImageEncoder;
import dev.likeness.diffusion.pipeline.Pipeline.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An encoder with the embeddings of the subject's pictures. Between two batches it checks whether the task continues.
 */
final class SubjectEncoder {

    private static final int BATCH = 16;

    private final ImageEncoder images;
    private final @Nullable TextEncoder texts;
    private final String classPrompt;
    private final TaskControl control;
    private final EncodedSubject subject;

    /**
     * @param texts null if the encoder embeds no texts
     * @param classPrompt class prompt
     * @param pictures of the subject, at least two
     */
    SubjectEncoder(
            ImageEncoder images,
            @Nullable TextEncoder texts,
            String classPrompt,
            List<RgbImage> pictures,
            TaskControl control) {
        this.images = images;
        this.texts = texts;
        this.classPrompt = classPrompt;
        this.control = control;
        this.subject = new EncodedSubject(images.id(), embed(pictures));
    }

    EncodedImages encode(ScoredImages scored) {
        float[][] embedded = embed(scored.images());
        return new EncodedImages(
                subject,
                embedded,
                texts == null || scored.prompts().isEmpty() ? EncodedPrompts.NONE : embed(texts, scored.prompts()));
    }

    private EncodedPrompts embed(TextEncoder encoder, List<String> prompts) {
        List<String> different = List.copyOf(new LinkedHashSet<>(prompts));
        return new EncodedPrompts(
                encoder.embed(different),
                prompts.stream().mapToInt(different::indexOf).toArray(),
                encoder.embed(List.of(classPrompt))[0]);
    }

    private float[][] embed(List<RgbImage> pictures) {
        List<float[]> embeddings = new ArrayList<>();
        for (int from = 0; from < pictures.size(); from += BATCH) {
            control.check();
            List<RgbImage> some = pictures.subList(from, Math.min(from + BATCH, pictures.size()));
            embeddings.addAll(Arrays.asList(images.embed(some)));
        }
        return embeddings.toArray(float[][]::new);
    }
}
