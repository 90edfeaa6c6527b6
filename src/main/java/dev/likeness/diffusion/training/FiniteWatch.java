package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.graph.Watch;
import dev.likeness.diffusion.training.NotFinite.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the first tensor of a pass that is not finite, and the terms of the loss that are not finite. */
final class FiniteWatch {

    private final NDManager scope;
    private final TrainingKernels kernels;
    private final Set<LossPart> parts = EnumSet.noneOf(LossPart.class);
    private @Nullable NotFinite first;

    FiniteWatch(NDManager scope, TrainingKernels kernels) {
        this.scope = scope;
        this.kernels = kernels;
    }

    /** The watch of one network. */
    Watch of(String network) {
        return new Watch() {
            @Override
            public void onWeight(String name, NDArray weight) {
                see(Kind.WEIGHT, network, name, weight);
            }

            @Override
            public void onOutput(String block, NDArray output) {
                see(Kind.OUTPUT, network, block, output);
            }

            @Override
            public void onInputGradient(String block, NDArray gradient) {
                see(Kind.INPUT_GRADIENT, network, block, gradient);
            }

            @Override
            public void onWeightGradient(String name, NDArray gradient) {
                see(Kind.WEIGHT_GRADIENT, network, name, gradient);
            }
        };
    }

    void see(Kind kind, String network, String tensor, NDArray array) {
        if (first == null && !kernels.isFinite(scope, array)) {
            first = new NotFinite(kind, network, tensor);
        }
    }

    /** @param prediction of the network for each example, [B, Z, h, w] */
    void seeParts(DenoisingObjective.Batch batch, NDArray prediction) {
        List<Example> examples = batch.examples;
        for (int i = 0; i < examples.size(); i++) {
            String row = i + ":" + (i + 1);
            try (NDArray of = prediction.get(row);
                    NDArray to = batch.target.get(row);
                    NDArray weight = batch.weights.get(row);
                    NDArray threshold = batch.thresholds == null ? null : batch.thresholds.get(row)) {
                double loss =
                        kernels.loss(scope, of, to, weight, threshold).loss().getFloat();
                if (!Double.isFinite(loss)) {
                    parts.add(examples.get(i).part());
                }
            }
        }
    }

    Diagnosis diagnosis() {
        return new Diagnosis(parts, first);
    }
}
