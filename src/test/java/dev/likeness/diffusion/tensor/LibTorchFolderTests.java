package dev.likeness.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibTorchFolderTests {

    @TempDir
    private Path site;

    @Test
    void refusesAFolderWithoutLibtorch() throws IOException {
        Path folder = folder("torch/lib", "libc10.so");

        assertThatExceptionOfType(LibTorchException.class)
                .isThrownBy(() -> new LibTorchFolder(folder))
                .withMessage("There is no libtorch.so in %s.", folder);
    }

    @Test
    void tellsLibtorchForTheCpuFromOneForCuda() throws IOException {
        assertThat(new LibTorchFolder(folder("cpu", "libtorch.so")).flavor()).isEqualTo("cpu");
        assertThat(new LibTorchFolder(folder("cuda", "libtorch.so", "libtorch_cuda.so")).flavor())
                .isEqualTo("cu128");
    }

    @Test
    void looksForTheCudaRuntimeWherePyTorchsWheelsHaveIt() throws IOException {
        Path torch = folder("torch/lib", "libtorch.so");

        assertThat(new LibTorchFolder(torch).cudaRuntimes())
                .containsExactly(torch, site.resolve("nvidia/cuda_runtime/lib"), site.resolve("nvidia/cu13/lib"));
    }

    private Path folder(String name, String... files) throws IOException {
        Path folder = Files.createDirectories(site.resolve(name));
        for (String file : files) {
            Files.createFile(folder.resolve(file));
        }
        return folder;
    }
}
