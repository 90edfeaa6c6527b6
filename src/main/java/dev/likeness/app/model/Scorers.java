package dev.likeness.app.model;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.app.hub.Hub;
import dev.likeness.app.hub.HubException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What scores the images of base models that do not bring it themselves. */
@Component
public class Scorers {

    private static final String CLIP = "likeness.scores.clip";
    private static final String DINO = "likeness.scores.dino";

    private final NetworkSource clip;
    private final NetworkSource dino;

    /** @throws UnusableModelException if a folder is named that holds no network */
    Scorers(ScoreSettings settings, Hub hub) {
        clip = new NetworkSource(CLIP, settings.clip(), hub);
        if (clip.isFolder() && !hasTextTower(clip.documents())) {
            throw new UnusableModelException(
                    settings.clip(), CLIP + " names it, but it has no text tower: it has to be a CLIPModel");
        }
        dino = new NetworkSource(DINO, settings.dino(), hub);
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
        return found instanceof Network network && !hasTextTower(network.folder())
                ? new Missing("%s names %s, which has no text tower".formatted(CLIP, network.id()))
                : found;
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

    private static boolean hasTextTower(Path folder) {
        try {
            return JsonMapper.shared()
                    .readTree(Files.readString(folder.resolve("config.json")))
                    .has("text_config");
        } catch (IOException | JacksonException e) {
            throw new UnusableModelException(folder.toString(), "its config.json cannot be read");
        }
    }
}
