package dev.likeness.app.model;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.app.hub.Hub;
import dev.likeness.app.hub.HubException;
import dev.likeness.diffusion.caption.CaptionLists;
import dev.likeness.diffusion.token.WordPieceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Selects the captioner of a base model: the operator's captioner for this model, otherwise the model's own CLIP if it
 * has lists, otherwise the operator's captioner for all models.
 */
@Component
public class Captioners {

    private static final String FOR_ALL = "likeness.captions.model";

    private final ModelCatalogue models;
    private final Setting forAll;
    private final Map<String, Setting> forOne = new HashMap<>();

    /** @throws UnusableModelException if a setting names an invalid folder or an unknown base model */
    Captioners(ModelCatalogue models, CaptionSettings settings, Hub hub) {
        this.models = models;
        this.forAll = setting(FOR_ALL, settings.model(), hub);
        settings.models().forEach((id, value) -> {
            if (!models.offers(id)) {
                throw new UnusableModelException(id, "likeness.captions.models names it, but the model does not exist");
            }
            forOne.put(id, setting("likeness.captions.models.[%s]".formatted(id), value, hub));
        });
    }

    private static Setting setting(String property, String value, Hub hub) {
        return new Setting(property, new NetworkSource(property, value, hub));
    }

    /**
     * The captioner of a base model. A missing repository is downloaded without its weights.
     *
     * @throws UnknownModelException if the model does not exist
     * @throws NoCaptionerException if it is not available
     */
    public ModelCaptioner of(String modelId) {
        return of(modelId, NetworkSource::documents);
    }

    /**
     * The same, ready for use: a missing repository is downloaded with its weights.
     *
     * @throws UnknownModelException if the model does not exist
     * @throws NoCaptionerException if it is not available
     */
    public ModelCaptioner ready(String modelId, DownloadWatch watch) {
        return of(modelId, source -> source.folder(watch));
    }

    private ModelCaptioner of(String modelId, Function<NetworkSource, Path> files) {
        CaptionLists lists = models.get(modelId).captionLists();
        Setting own = forOne.get(modelId);
        if (own == null && lists != null) {
            return new ModelCaptioner.OwnClip(lists);
        }
        return (own == null ? forAll : own).captioner(files);
    }

    /**
     * The number of tokens of a caption's initial words.
     *
     * @throws NoCaptionerException if the captioner's tokenizer cannot be read
     */
    public int tokens(ModelCaptioner.Blip captioner, String words) {
        if (words.isBlank()) {
            return 0;
        }
        try (WordPieceTokenizer tokenizer = WordPieceTokenizer.load(captioner.folder())) {
            return tokenizer.ids(words).length;
        } catch (IOException | IllegalArgumentException e) {
            throw new NoCaptionerException("the tokenizer of the captioner is missing or damaged");
        }
    }

    /**
     * The operator's captioner.
     *
     * @param property that names it
     */
    private record Setting(String property, NetworkSource source) {

        ModelCaptioner captioner(Function<NetworkSource, Path> files) {
            try {
                return new ModelCaptioner.Blip(files.apply(source));
            } catch (HubException e) {
                throw new NoCaptionerException("this model has no captioner, because the one in %s is not available: %s"
                        .formatted(property, e.reason()));
            }
        }
    }
}
