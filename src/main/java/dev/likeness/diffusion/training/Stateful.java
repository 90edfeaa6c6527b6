package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** Something whose state a checkpoint keeps. */
public interface Stateful {

    /** The state by name; the tensors themselves. */
    Map<String, NDArray> state();
}
