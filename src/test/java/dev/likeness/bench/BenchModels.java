package dev.likeness.bench;

import dev.likeness.diffusion.pipeline.RandomModel;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The models that can be measured: the bundled one, those with random weights, and every folder in the diffusers layout. */
public final class BenchModels {

    /** The bundled model. */
    static final String BUNDLED = "tiny-world";

    private final Path home;

    /** @param home folder for models with random weights */
    BenchModels(Path home) {
        this.home = home;
    }

    /** Writes models with random weights: {@code BenchModels HOME NAME...}. */
    public static void main(String[] arguments) throws Exception {
        BenchModels models = new BenchModels(Path.of(arguments[0]));
        for (String name : List.of(arguments).subList(1, arguments.length)) {
            models.folder(name);
        }
    }

    /** The usual size of a workload on a model. */
    static Task.Size size(String name) {
        return switch (name) {
            case BUNDLED -> new Task.Size(64, 4, 4, 4, Opened.PICTURES);
            case "sdxl" -> new Task.Size(512, 1, 4, 4, Opened.PICTURES);
            default -> new Task.Size(256, 1, 4, 4, Opened.PICTURES);
        };
    }

    /** The folder of a model, whose random weights are written at the first use. */
    Path folder(String name) throws Exception {
        return switch (name) {
            case BUNDLED -> bundled();
            case "sd15" -> made(name, RandomModel::stableDiffusion15);
            case "sdxl" -> made(name, RandomModel::stableDiffusionXl);
            default -> existing(Path.of(name));
        };
    }

    private static Path bundled() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(BenchModels.class.getResource("/models/likeness/" + BUNDLED))
                .toURI());
    }

    private static Path existing(Path folder) {
        if (!Files.exists(folder.resolve("model_index.json"))) {
            throw new IllegalArgumentException("%s is no model: name %s, sd15, sdxl or a folder with a model_index.json"
                    .formatted(folder, BUNDLED));
        }
        return folder.toAbsolutePath();
    }

    /** Writes a model's folder. */
    private interface Maker {

        void write(Path folder) throws Exception;
    }

    private Path made(String name, Maker maker) throws Exception {
        Path folder = home.resolve(name);
        if (!Files.exists(folder)) {
            Files.createDirectories(home);
            // An interrupted run must not leave half a model under the name of a whole one.
            Path partial = Files.createTempDirectory(home, name + "-");
            maker.write(partial);
            Files.move(partial, folder);
        }
        return folder.toAbsolutePath();
    }
}
