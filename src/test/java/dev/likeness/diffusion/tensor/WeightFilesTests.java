package dev.likeness.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightFilesTests {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "model.safetensors, TRANSFORMERS",
        "model.safetensors.index.json, TRANSFORMERS",
        "diffusion_pytorch_model.safetensors, DIFFUSERS",
        "diffusion_pytorch_model.safetensors.index.json, DIFFUSERS"
    })
    void areKnownByTheFilesOfAFolder(String file, WeightFiles expected) throws IOException {
        Files.createFile(folder.resolve(file));

        assertThat(WeightFiles.in(folder)).isEqualTo(expected);
    }

    @Test
    void areKnownByTheConfigurationInAFolderWithoutWeights() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"_class_name\": \"FluxTransformer2DModel\"}");
        assertThat(WeightFiles.in(folder)).isEqualTo(WeightFiles.DIFFUSERS);

        Files.writeString(folder.resolve("config.json"), "{\"architectures\": [\"CLIPTextModel\"]}");
        assertThat(WeightFiles.in(folder)).isEqualTo(WeightFiles.TRANSFORMERS);
    }
}
