package dev.likeness.app.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What scores the images of base models that do not bring it themselves. */
@Component
public class Scorers {

    private final @Nullable Network clip;
    private final @Nullable Network dino;

    /** @throws UnusableModelException if a folder is named that holds no network */
    Scorers(ScoreSettings settings) {
        clip = network("likeness.scores.clip", settings.clip());
        if (clip != null && !readConfig(clip.folder()).has("text_config")) {
            throw new UnusableModelException(
                    settings.clip(),
                    "likeness.scores.clip names it, but it has no text tower: it has to be a CLIPModel");
        }
        dino = network("likeness.scores.dino", settings.dino());
    }

    /** A CLIPModel. Empty if what is named is not on this machine. */
    public Optional<Network> clip() {
        return Optional.ofNullable(clip);
    }

    /** A DINO. Empty if what is named is not on this machine. */
    public Optional<Network> dino() {
        return Optional.ofNullable(dino);
    }

    /**
     * A network that makes embeddings.
     *
     * @param id its name in scores
     * @param folder in the layout of transformers
     */
    public record Network(String id, Path folder) {}

    /** As a repository's on the Hub: two parts, without where they are on the server. */
    private static String name(Path folder) {
        int parts = folder.getNameCount();
        return folder.subpath(Math.max(0, parts - 2), parts).toString();
    }

    private static JsonNode readConfig(Path folder) {
        try {
            return JsonMapper.shared().readTree(Files.readString(folder.resolve("config.json")));
        } catch (IOException | JacksonException e) {
            throw new UnusableModelException(folder.toString(), "its config.json cannot be read");
        }
    }

    private static @Nullable Network network(String property, String value) {
        Path folder = Path.of(value).toAbsolutePath().normalize();
        if (Files.isDirectory(folder)) {
            if (!Files.isRegularFile(folder.resolve("config.json"))) {
                throw new UnusableModelException(value, "%s names it, but it has no config.json".formatted(property));
            }
            return new Network(name(folder), folder);
        }
        if (!Captioners.REPOSITORY.matcher(value).matches()) {
            throw new UnusableModelException(value, "%s names it, but there is no such folder".formatted(property));
        }
        return null;
    }
}
