package dev.likeness.diffusion.training;

import java.io.IOException;
import java.io.OutputStream;

/** Everything a training run needs to go on as if it had never stopped: weights, optimizer state, step. */
public interface Checkpoint {

    /** Optimizer steps done. */
    int step();

    /** Writes the checkpoint as one safetensors file. May be called, again too, during the callback that got it. */
    void writeTo(OutputStream out) throws IOException;
}
