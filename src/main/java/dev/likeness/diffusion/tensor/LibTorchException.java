package dev.likeness.diffusion.tensor;

import org.jspecify.annotations.Nullable;

/** libtorch cannot be loaded, or does not have the device that is asked for. The message says which, and is a sentence. */
public final class LibTorchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LibTorchException(String message) {
        this(message, null);
    }

    LibTorchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
