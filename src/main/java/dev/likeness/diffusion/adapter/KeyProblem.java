package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.tensor.Excerpt;
import dev.likeness.diffusion.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * Why an adapter file cannot be used.
 *
 * @param key name of the tensor, or the beginning of a long name; null for a problem of the whole file
 * @param message continues after the key: "is for a layer that this model does not have"
 */
public record KeyProblem(@Nullable String key, Kind kind, String message) {

    public KeyProblem {
        key = key == null ? null : Excerpt.of(key);
    }

    /** The kinds of problems. */
    public enum Kind implements Wire {
        /** The model lacks this layer. */
        UNKNOWN_LAYER,
        /** No known naming scheme has the key. */
        UNKNOWN_KEY,
        /** It belongs to a kind of adapter that is not supported. */
        UNSUPPORTED,
        /** Another tensor that belongs to it is missing. */
        INCOMPLETE,
        /** Its shape does not match the layer. */
        WRONG_SHAPE,
        /** Its values are not finite, or of another type. */
        WRONG_VALUE,
        /** The file has no effect. */
        NO_EFFECT,
        /** The file is not a safetensors file, or has no adapter. */
        NO_ADAPTER
    }

    static KeyProblem file(Kind kind, String message) {
        return new KeyProblem(null, kind, message);
    }

    @Override
    public String toString() {
        return key == null ? message : key + " " + message;
    }
}
