package dev.likeness.diffusion.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.graph.Kernels;
import dev.likeness.diffusion.graph.Precision;

/** Kernels as on a processor that has faster matrix products in oneDNN, or in MKL. */
final class OneDnnKernels {

    private OneDnnKernels() {}

    static String in(Precision precision, String text, boolean oneDnn) {
        String function = "def onednn_is_faster() -> bool:\n  return " + (oneDnn ? "True" : "False");
        String kernels = Kernels.in(precision, text)
                .replaceFirst("def onednn_is_faster\\(\\) -> bool:\\n  return \\w+", function);
        assertThat(kernels).contains(function);
        return kernels;
    }
}
