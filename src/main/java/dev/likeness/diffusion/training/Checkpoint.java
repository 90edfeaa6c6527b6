package dev.likeness.diffusion.training;

import java.io.IOException;
import java.io.OutputStream;

/** The state that a run needs to resume with the same result as without a stop: weights, optimizer state, step. */
public interface Checkpoint {

    /** Number of completed optimizer steps. */
    int step();

    /** Bytes of its tensors, which are nearly all of the file. */
    long bytes();

    /** Writes the checkpoint as one safetensors file. Can be called several times, but only during the callback that received it. */
    void writeTo(OutputStream out) throws IOException;
}
