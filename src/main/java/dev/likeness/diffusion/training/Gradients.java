package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gradients as the inputs of optimizer kernels. */
final class Gradients {

    private Gradients() {}

    /** One gradient for each name, in the order of the names. */
    static List<NDArray> inOrder(List<String> names, Map<String, NDArray> gradients) {
        return names.stream()
                .map(name -> Objects.requireNonNull(gradients.get(name), name))
                .toList();
    }
}
