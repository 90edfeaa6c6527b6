package dev.likeness.app.worker;

import dev.likeness.diffusion.tensor.LibTorchException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains in two lines why a worker cannot use its device, instead of a stack trace. */
final class LibTorchFailureAnalyzer extends AbstractFailureAnalyzer<LibTorchException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, LibTorchException cause) {
        return new FailureAnalysis(
                "The worker cannot compute. " + cause.getMessage(),
                "For a GPU, use the CUDA image, or set likeness.worker.libtorch to the folder of a libtorch"
                        + " 2.7.1 for CUDA 12.8, and check that nvidia-smi lists the GPU on the worker's machine. Or"
                        + " set likeness.worker.device to cpu.",
                cause);
    }
}
