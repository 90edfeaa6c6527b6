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
 * Who describes pictures for a base model: what the operator has named for it, else the model's own CLIP if it brings
 * lists for it, else what the operator has named for all.
 */
@Component
public class Captioners {

    private static final String FOR_ALL = "likeness.captions.model";

    private final ModelCatalogue models;
    private final Setting forAll;
    private final Map<String, Setting> forOne = new HashMap<>();

    /** @throws UnusableModelException if a folder is named that is none, or a base model that there is not */
    Captioners(ModelCatalogue models, CaptionSettings settings, Hub hub) {
        this.models = models;
        this.forAll = setting(FOR_ALL, settings.model(), hub);
        settings.models().forEach((id, value) -> {
            if (!models.offers(id)) {
                throw new UnusableModelException(id, "likeness.captions.models names it, but there is no such model");
            }
            forOne.put(id, setting("likeness.captions.models.[%s]".formatted(id), value, hub));
        });
    }

    private static Setting setting(String property, String value, Hub hub) {
        return new Setting(property, new NetworkSource(property, value, hub));
    }

    /**
     * Who describes pictures for a base model. Of a repository that is not here, all but the weights is downloaded.
     *
     * @throws UnknownModelException if there is no such model
     * @throws NoCaptionerException if that one is not to be had
     */
    public ModelCaptioner of(String modelId) {
        return of(modelId, NetworkSource::documents);
    }

    /**
     * The same, ready to be used: of a repository that is not here, the weights are downloaded too.
     *
     * @throws UnknownModelException if there is no such model
     * @throws NoCaptionerException if that one is not to be had
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
     * How many tokens of a caption words take that it is to begin with.
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
            throw new NoCaptionerException("the tokenizer of what describes pictures is missing or damaged");
        }
    }

    /**
     * What the operator has named.
     *
     * @param property where
     */
    private record Setting(String property, NetworkSource source) {

        ModelCaptioner captioner(Function<NetworkSource, Path> files) {
            try {
                return new ModelCaptioner.Blip(files.apply(source));
            } catch (HubException e) {
                throw new NoCaptionerException(
                        "nothing describes pictures for this model: the one that %s names is not here: %s"
                                .formatted(property, e.reason()));
            }
        }
    }
}
