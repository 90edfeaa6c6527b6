package dev.likeness.diffusion.tensor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder of libtorch's libraries: {@code lib} of the official archive, or {@code torch/lib} of PyTorch's wheel. */
record LibTorchFolder(Path path) {

    /** @throws LibTorchException if the folder has no libtorch; DJL would silently use another one */
    LibTorchFolder {
        if (!Files.isRegularFile(path.resolve(System.mapLibraryName("torch")))) {
            throw new LibTorchException("There is no %s in %s.".formatted(System.mapLibraryName("torch"), path));
        }
    }

    /** What it is built for, in DJL's terms. */
    String flavor() {
        return forCuda() ? "cu128" : "cpu";
    }

    boolean forCuda() {
        return Files.exists(path.resolve(System.mapLibraryName("torch_cuda")));
    }

    /**
     * Where CUDA's run-time library may be: with the others, or in the separate wheel that PyTorch's wheel depends on.
     * NVIDIA's wheels for CUDA 13 share one folder.
     */
    List<Path> cudaRuntimes() {
        Path wheels = path.resolve("../../nvidia").normalize();
        return List.of(path, wheels.resolve("cuda_runtime/lib"), wheels.resolve("cu13/lib"));
    }
}
