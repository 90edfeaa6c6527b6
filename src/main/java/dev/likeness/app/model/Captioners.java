package dev.likeness.app.model;

import dev.likeness.diffusion.caption.CaptionLists;
import dev.likeness.diffusion.token.WordPieceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Who describes pictures for a base model: what the operator has named for it, else the model's own CLIP if it brings
 * lists for it, else what the operator has named for all.
 */
@Component
public class Captioners {

    private static final String FOR_ALL = "likeness.captions.model";

    /** As on the Hugging Face Hub. */
    static final Pattern REPOSITORY = Pattern.compile("[\\w.-]+/[\\w.-]+");

    private final ModelCatalogue models;
    private final Setting forAll;
    private final Map<String, Setting> forOne = new HashMap<>();

    /** @throws UnusableModelException if a folder is named that is none, or a base model that there is not */
    Captioners(ModelCatalogue models, CaptionSettings settings) {
        this.models = models;
        this.forAll = new Setting(FOR_ALL, settings.model());
        settings.models().forEach((id, value) -> {
            if (models.find(id).isEmpty()) {
                throw new UnusableModelException(id, "likeness.captions.models names it, but there is no such model");
            }
            forOne.put(id, new Setting("likeness.captions.models.[%s]".formatted(id), value));
        });
    }

    /**
     * Who describes pictures for a base model.
     *
     * @throws UnknownModelException if there is no such model
     * @throws NoCaptionerException if that one is not on this machine
     */
    public ModelCaptioner of(String modelId) {
        CaptionLists lists = models.get(modelId).captionLists();
        Setting own = forOne.get(modelId);
        if (own == null && lists != null) {
            return new ModelCaptioner.OwnClip(lists);
        }
        return (own == null ? forAll : own).captioner();
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
    private record Setting(String property, String value) {

        Setting {
            boolean isFolder = Files.isDirectory(Path.of(value));
            if (isFolder && !Files.isRegularFile(Path.of(value).resolve("config.json"))) {
                throw new UnusableModelException(value, "%s names it, but it has no config.json".formatted(property));
            }
            if (!isFolder && !REPOSITORY.matcher(value).matches()) {
                throw new UnusableModelException(value, "%s names it, but there is no such folder".formatted(property));
            }
        }

        ModelCaptioner captioner() {
            Path folder = Path.of(value).toAbsolutePath().normalize();
            if (!Files.isDirectory(folder)) {
                throw new NoCaptionerException(
                        ("nothing describes pictures for this model yet: %s is not on the server,"
                                        + " and repositories are not downloaded; the operator has to set %s to a local folder of it")
                                .formatted(value, property));
            }
            return new ModelCaptioner.Blip(folder);
        }
    }
}
