package dev.likeness.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTests {

    @TempDir
    Path folder;

    Path file;

    @BeforeEach
    void nameFile() throws IOException {
        file = Files.createDirectory(folder.resolve("unet")).resolve("config.json");
    }

    @Test
    void readsWhatTheRecordHas() throws IOException {
        write("{'hidden_size': 8, 'norm_eps': 1e-6, 'block_types': 'A', 'head_dim': [2, 4], 'dropout': 0.5}");

        assertThat(ModelConfig.read(file, Config.class, Map.of()))
                .isEqualTo(new Config(8, 1e-6, List.of("A"), List.of(2, 4)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'hidden_size': 8, 'block_types': []}",
                "{'hidden_size': 8, 'norm_eps': null, 'block_types': []}"
            })
    void namesAFieldThatIsMissing(String json) throws IOException {
        write(json);

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> ModelConfig.read(file, Config.class, Map.of()))
                .withMessage("unet/config.json: norm_eps is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'hidden_size': 8, 'block_types': []}",
                "{'hidden_size': 8, 'norm_eps': null, 'block_types': []}"
            })
    void takesADefaultForIt(String json) throws IOException {
        write(json);

        Config config = ModelConfig.read(file, Config.class, Map.of("norm_eps", 1e-5, "hidden_size", 4));

        assertThat(config).isEqualTo(new Config(8, 1e-5, List.of(), null));
    }

    @Test
    void namesAnObjectThatIsMissing() throws IOException {
        write("{}");

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> ModelConfig.read(file, "vision_config", Config.class, Map.of()))
                .withMessage("unet/config.json: vision_config is not an object");
    }

    @Test
    void readsWhatPythonWritesForInfinity() throws IOException {
        Path scheduler =
                Files.writeString(folder.resolve("scheduler_config.json"), "{\"lambda_min_clipped\": -Infinity}");

        Map<?, ?> fields = ModelConfig.read(scheduler, Map.class, Map.of());

        assertThat(fields.get("lambda_min_clipped")).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    private void write(String json) throws IOException {
        Files.writeString(file, json.replace('\'', '"'));
    }

    record Config(
            int hiddenSize,
            double normEps,
            List<String> blockTypes,
            @Nullable List<Integer> headDim) {}
}
