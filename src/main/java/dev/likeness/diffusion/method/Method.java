package dev.likeness.diffusion.method;

/** A training method with its settings. A checkpoint of a run is only resumed by a method with an equal {@code toString}. */
public interface Method {

    /** Which method it is. */
    MethodType type();
}
