package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.tensor.Excerpt;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why an adapter file cannot be used.
 *
 * @param key the tensor that is at fault, or the beginning of a long name; null if it is the file as a whole
 * @param message goes on after the key: "is for a layer that this model does not have"
 */
public record KeyProblem(@Nullable String key, Kind kind, String message) {

    public KeyProblem {
        key = key == null ? null : Excerpt.of(key);
    }

    /** What kind of wrong. */
    public enum Kind {
        /** The model has no such layer. */
        UNKNOWN_LAYER,
        /** The key is in none of the known naming schemes. */
        UNKNOWN_KEY,
        /** It belongs to a kind of adapter that is not supported. */
        UNSUPPORTED,
        /** Another tensor that belongs to it is missing. */
        INCOMPLETE,
        /** It has another shape than the layer asks for. */
        WRONG_SHAPE,
        /** It holds numbers that cannot be computed with. */
        WRONG_VALUE,
        /** The file would change nothing. */
        NO_EFFECT,
        /** It is not a safetensors file, or holds no adapter. */
        NO_ADAPTER;

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static KeyProblem file(Kind kind, String message) {
        return new KeyProblem(null, kind, message);
    }

    @Override
    public String toString() {
        return key == null ? message : key + " " + message;
    }
}
