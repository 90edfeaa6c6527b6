package dev.likeness.app.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What scores the images of base models that do not bring it themselves. */
@Component
public class Scorers {

    private final @Nullable Network clip;
    private final @Nullable Network dino;

    /** @throws UnusableModelException if a folder is named that holds no network */
    Scorers(ScoreSettings settings) {
        clip = network("likeness.scores.clip", settings.clip());
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

    private static @Nullable Network network(String property, String value) {
        Path folder = Path.of(value).toAbsolutePath().normalize();
        if (Files.isDirectory(folder)) {
            if (!Files.isRegularFile(folder.resolve("config.json"))) {
                throw new UnusableModelException(value, "%s names it, but it has no config.json".formatted(property));
            }
            return new Network(folder.getFileName().toString(), folder);
        }
        if (!Captioners.REPOSITORY.matcher(value).matches()) {
            throw new UnusableModelException(value, "%s names it, but there is no such folder".formatted(property));
        }
        return null;
    }
}
