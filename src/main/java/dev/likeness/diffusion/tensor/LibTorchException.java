package dev.likeness.diffusion.tensor;

import org.jspecify.annotations.Nullable;

/** libtorch cannot be loaded, or the requested device is missing. The message is a sentence that says which. */
public final class LibTorchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LibTorchException(String message) {
        this(message, null);
    }

    LibTorchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
