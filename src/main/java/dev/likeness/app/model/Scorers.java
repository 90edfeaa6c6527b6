package dev.likeness.app.model;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.app.hub.Hub;
import dev.likeness.app.hub.HubException;
import dev.likeness.diffusion.tensor.FileFaults;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.token.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What scores the images of base models that do not bring it themselves. */
@Component
public class Scorers {

    private static final Logger log = LoggerFactory.getLogger(Scorers.class);
    /** What transformers assumes where a configuration does not tell. */
    private static final int PUBLISHED_VOCABULARY = 49_408;

    private static final String CLIP = "likeness.scores.clip";
    private static final String DINO = "likeness.scores.dino";

    private final NetworkSource clip;
    private final NetworkSource dino;

    /** @throws UnusableModelException if a folder is named that holds no network */
    Scorers(ScoreSettings settings, Hub hub) {
        clip = new NetworkSource(CLIP, settings.clip(), hub);
        dino = new NetworkSource(DINO, settings.dino(), hub);
        clip.present().map(Scorers::flaw).ifPresent(reason -> log.warn("nothing will be scored by CLIP: {}", reason));
    }

    /** What is there: a network, or the reason why there is none. */
    public sealed interface Found {}

    /**
     * A network that makes embeddings.
     *
     * @param id its name in scores
     * @param folder in the layout of transformers
     */
    public record Network(String id, Path folder) implements Found {}

    /** @param reason may be shown to anybody */
    public record Missing(String reason) implements Found {}

    /**
     * A CLIPModel for the images of a base model. What a repository names is downloaded, but not for a bundled model, which
     * nobody has told that there is a network.
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

    /** A DINO, in the same way. */
    public Found dino(BaseModel model, DownloadWatch watch) {
        return find(DINO, dino, model, watch);
    }

    private static Found find(String property, NetworkSource source, BaseModel model, DownloadWatch watch) {
        if (model.source() == BaseModel.Source.BUNDLED && source.present().isEmpty()) {
            return new Missing(
                    "the one that %s names is not here: nothing is downloaded for a bundled model".formatted(property));
        }
        try {
            return new Network(source.name(), source.folder(watch));
        } catch (HubException e) {
            return new Missing("the one that %s names is not here: %s".formatted(property, e.reason()));
        }
    }

    /** Why a folder holds no CLIPModel that can be used; null if nothing is known to be wrong. */
    private static @Nullable String flaw(Path folder) {
        JsonNode config;
        try {
            config = ModelConfig.tree(folder.resolve("config.json"));
        } catch (InvalidModelException e) {
            return "its config.json cannot be read";
        }
        if (!config.path("text_config").isObject()) {
            return "it has no text tower";
        }
        return TokenizerFiles.isIn(folder) ? mismatch(folder, config.path("text_config")) : null;
    }

    /** Why a CLIPModel's tokenizer does not go with its text tower; null if it does. */
    private static @Nullable String mismatch(Path folder, JsonNode tower) {
        try {
            int rows = tower.path("vocab_size").asInt(PUBLISHED_VOCABULARY);
            TokenizerFiles files = TokenizerFiles.read(folder);
            files.requireWhole();
            return files.size() <= rows
                    ? null
                    : "its tokenizer has %d tokens, its text tower %d: they are not of one model"
                            .formatted(files.size(), rows);
        } catch (IOException | IllegalArgumentException | InvalidModelException e) {
            return "its tokenizer cannot be read: " + FileFaults.reason(e);
        } catch (RuntimeException e) {
            return "its tokenizer's files are not understood (%s)"
                    .formatted(e.getClass().getSimpleName());
        }
    }
}
