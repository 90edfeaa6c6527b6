package dev.likeness.diffusion.model;

import dev.likeness.diffusion.families.ModelFamilies;
import dev.likeness.diffusion.family.ModelFamily;
import dev.likeness.diffusion.family.ModelIndex;
import dev.likeness.diffusion.family.ModelOutline;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelHeaders;
import dev.likeness.diffusion.tensor.WeightFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A base model's folder in the diffusers layout. */
public final class ModelFolder {

    private static final int BUFFER = 1 << 20;

    private final Path folder;
    private final ModelHeaders headers;
    private final ModelFamily family;
    private @Nullable ModelOutline outline;

    /**
     * Reads the index of a folder.
     *
     * @throws InvalidModelException if its family is unknown, or a part is missing or not supported
     */
    public ModelFolder(Path folder) {
        this.folder = folder;
        headers = ModelHeaders.of(folder);
        family = ModelFamilies.ofWhole(headers);
    }

    private Set<String> parts() {
        return family.parts().keySet();
    }

    /**
     * The model's networks and their configuration.
     *
     * @throws InvalidModelException if a configuration is not supported
     */
    ModelOutline outline() {
        if (outline == null) {
            outline = family.outline(headers);
        }
        return outline;
    }

    Path root() {
        return folder;
    }

    /** Whether a file, by its path in the folder, belongs to the pipeline. */
    boolean owns(String file) {
        return file.equals(ModelIndex.FILE) || parts().stream().anyMatch(part -> file.startsWith(part + "/"));
    }

    /** The names of a part's weight files. */
    WeightFiles weightFiles(String part) {
        return Objects.requireNonNull(
                Objects.requireNonNull(family.parts().get(part), part).weights(), part);
    }

    public Path part(String name) {
        return folder.resolve(name);
    }

    /** The noise schedule that the model was trained with. */
    public NoiseProcess noise() {
        return family.noise(headers);
    }

    /** Facts about the model. A thread of its own reads all files for the hash from now on. */
    public ModelInfo describe() {
        ModelOutline facts = outline();
        return new ModelInfo(family.id(), ModelHash.start(this::hash), facts.resolution(), facts.sizeMultiple());
    }

    /** SHA-256 over the names and contents of the files that the images depend on. */
    private String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files()) {
                digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                update(digest, file);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new InvalidModelException("cannot read the model's folder", e);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file ->
                            parts().contains(folder.relativize(file).getName(0).toString()))
                    .sorted()
                    .toList();
        }
    }

    private static void update(MessageDigest digest, Path file) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }
}
