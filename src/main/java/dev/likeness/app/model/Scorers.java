package dev.likeness.app.model;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.app.hub.Hub;
import dev.likeness.app.hub.HubException;
import dev.likeness.diffusion.plan.ModelSize;
import dev.likeness.diffusion.tensor.FileFaults;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.token.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The encoders that score images of base models without their own. */
@Component
public class Scorers {

    private static final Logger log = LoggerFactory.getLogger(Scorers.class);
    /** The default of transformers for a missing setting. */
    private static final int PUBLISHED_VOCABULARY = 49_408;

    /** The name of a network's weight files, as transformers writes them. */
    private static final String WEIGHTS = "model";

    private static final String CLIP = "likeness.scores.clip";
    private static final String DINO = "likeness.scores.dino";

    private final NetworkSource clip;
    private final NetworkSource dino;

    /** @throws UnusableModelException if a setting names a folder without a network */
    Scorers(ScoreSettings settings, Hub hub) {
        clip = new NetworkSource(CLIP, settings.clip(), hub);
        dino = new NetworkSource(DINO, settings.dino(), hub);
        clip.present().map(Scorers::flaw).ifPresent(reason -> log.warn("CLIP scores are not available: {}", reason));
    }

    /** The result: a network, or the reason why it is missing. */
    public sealed interface Found {}

    /**
     * A network that computes embeddings.
     *
     * @param id its name in scores
     * @param folder in the layout of transformers
     */
    public record Network(String id, Path folder) implements Found {}

    /** @param reason safe to show to any caller */
    public record Missing(String reason) implements Found {}

    /**
     * A CLIPModel for the images of a base model. A repository is downloaded, except for a bundled model, which must
     * work without a network.
     */
    public Found clip(BaseModel model, DownloadWatch watch) {
        Found found = find(CLIP, clip, model, watch);
        if (!(found instanceof Network network)) {
            return found;
        }
        String flaw = flaw(network.folder());
        return flaw == null
                ? found
                : new Missing("%s names %s, which cannot be used: %s".formatted(CLIP, network.id(), flaw));
    }

    /** A DINO, in the same manner. */
    public Found dino(BaseModel model, DownloadWatch watch) {
        return find(DINO, dino, model, watch);
    }

    /**
     * Numbers in the weights of the networks, by kind: {@code clip}, {@code dino}. One that is not downloaded yet, or cannot
     * be read, is missing.
     */
    public Map<String, Long> sizes() {
        Map<String, Long> sizes = new HashMap<>();
        Map.of("clip", clip, "dino", dino)
                .forEach((kind, source) ->
                        source.present().flatMap(Scorers::numbers).ifPresent(numbers -> sizes.put(kind, numbers)));
        return sizes;
    }

    private static Optional<Long> numbers(Path folder) {
        try {
            Map<String, long[]> shapes = new HashMap<>();
            SafeTensors.openModel(folder, WEIGHTS).entries().forEach((name, entry) -> shapes.put(name, entry.shape()));
            return Optional.of(ModelSize.numbers(shapes));
        } catch (InvalidModelException e) {
            return Optional.empty();
        }
    }

    private static Found find(String property, NetworkSource source, BaseModel model, DownloadWatch watch) {
        if (model.source() == BaseModel.Source.BUNDLED && source.present().isEmpty()) {
            return new Missing("the one in %s is not downloaded for a bundled model".formatted(property));
        }
        try {
            return new Network(source.name(), source.folder(watch));
        } catch (HubException e) {
            return new Missing("the one in %s is not available: %s".formatted(property, e.reason()));
        }
    }

    /** The reason why a folder has no usable CLIPModel; null without a known fault. */
    private static @Nullable String flaw(Path folder) {
        JsonNode config;
        try {
            config = ModelConfig.tree(folder.resolve("config.json"));
        } catch (InvalidModelException e) {
            return "its config.json cannot be read";
        }
        if (!config.path("text_config").isObject()) {
            return "it has no text encoder";
        }
        return TokenizerFiles.isIn(folder) ? mismatch(folder, config.path("text_config")) : null;
    }

    /** The reason why a CLIPModel's tokenizer does not fit its text encoder; null if it fits. */
    private static @Nullable String mismatch(Path folder, JsonNode tower) {
        try {
            int rows = tower.path("vocab_size").asInt(PUBLISHED_VOCABULARY);
            TokenizerFiles files = TokenizerFiles.read(folder);
            files.requireWhole();
            return files.size() <= rows
                    ? null
                    : "its tokenizer has %d tokens and its text encoder %d: they belong to different models"
                            .formatted(files.size(), rows);
        } catch (IOException | IllegalArgumentException | InvalidModelException e) {
            return "its tokenizer cannot be read: " + FileFaults.reason(e);
        } catch (RuntimeException e) {
            return "its tokenizer's files cannot be read (%s)"
                    .formatted(e.getClass().getSimpleName());
        }
    }
}
