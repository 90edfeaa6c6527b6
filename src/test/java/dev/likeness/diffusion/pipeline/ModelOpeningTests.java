package dev.likeness.diffusion.pipeline;

import static dev.likeness.diffusion.pipeline.PipelineRuns.PROMPT;
import static dev.likeness.diffusion.pipeline.PipelineRuns.SILENT;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that cannot be opened. */
class ModelOpeningTests {

    @TempDir
    private Path temp;

    @Test
    void refusesAFolderWithoutAPart() throws Exception {
        Path folder = copyOfTheModel();
        try (Stream<Path> files = Files.list(folder.resolve("vae"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder.resolve("vae"));

        onEngine(engine -> assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> engine.open(folder, ScoreEncoders.in(folder)))
                .withMessageContaining("no vae"));
    }

    @Test
    void saysWhichWeightsDoNotMatch() throws Exception {
        Path folder = copyOfTheModel();
        Path config = folder.resolve("unet/config.json");
        Files.writeString(
                config, Files.readString(config).replace("\"layers_per_block\": 1", "\"layers_per_block\": 2"));

        onEngine(engine -> {
            try (Pipeline pipeline = engine.open(folder, ScoreEncoders.in(folder))) {
                assertThatExceptionOfType(InvalidModelException.class)
                        .isThrownBy(() -> pipeline.generate(TinyWorld.request(PROMPT, 1, 2, 1), SILENT))
                        .withMessageContaining("unet: the weights do not match")
                        .withMessageContaining("missing: down_blocks.0.resnets.1.");
            }
        });
    }

    @Test
    void namesWhatItDoesNotSupport() throws Exception {
        Path folder = copyOfTheModel();
        Path index = folder.resolve("model_index.json");
        Files.writeString(index, Files.readString(index).replace("\"StableDiffusionPipeline\"", "\"FluxPipeline\""));

        onEngine(engine -> assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> engine.open(folder, ScoreEncoders.in(folder)))
                .withMessageContaining("FluxPipeline is not supported"));
    }

    private interface EngineCheck {
        void on(DiffusionEngine engine) throws Exception;
    }

    private static void onEngine(EngineCheck check) throws Exception {
        EngineTestThread.run(() -> {
            try (DiffusionEngine engine = TorchEngine.start(new EngineOptions("cpu", 0, null, null, true))) {
                check.on(engine);
            }
        });
    }

    private Path copyOfTheModel() throws IOException {
        Path copy = temp.resolve("model");
        try (Stream<Path> files = Files.walk(TinyWorld.folder())) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, copy.resolve(TinyWorld.folder().relativize(file).toString()));
            }
        }
        return copy;
    }
}
