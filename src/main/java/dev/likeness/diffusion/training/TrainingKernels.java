package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.tensor.Resources;
import dev.likeness.diffusion.tensor.ScriptModule;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A training step's computations outside the networks. */
public final class TrainingKernels implements AutoCloseable {

    private final ScriptModule module;

    /**
     * Compiles the kernels.
     *
     * @param parent owns the module
     */
    public TrainingKernels(NDManager parent) {
        module = new ScriptModule(parent, "", Resources.text(TrainingKernels.class, "kernels.py"));
    }

    /**
     * A loss and its gradient with respect to the prediction.
     *
     * @param loss a scalar
     */
    public record LossAndGradient(NDArray loss, NDArray gradient) {}

    /** Rows of a table [P, ...] by index [B]: [B, ...]. */
    NDArray selectRows(NDManager scope, NDArray table, NDArray index) {
        return module.call(scope, "select_rows", table, index).get(0);
    }

    /** Sums rows [B, ...] by index [B], in the shape of the given table: [P, ...]. */
    NDArray sumRows(NDManager scope, NDArray rows, NDArray index, NDArray like) {
        return module.call(scope, "sum_rows", rows, index, like).get(0);
    }

    /**
     * The sum over all values of weight times squared error.
     *
     * @param prediction [B, C, H, W]
     * @param target [B, C, H, W]
     * @param weight of each value, [B, 1, H, W] or [B, 1, 1, 1]
     */
    public LossAndGradient weightedMse(NDManager scope, NDArray prediction, NDArray target, NDArray weight) {
        NDList results = module.call(scope, "weighted_mse", prediction, target, weight);
        return new LossAndGradient(results.get(0), results.get(1));
    }

    /**
     * The sum over all values of weight times loss.
     *
     * @param prediction [B, C, H, W]
     * @param target [B, C, H, W]
     * @param weight of each value, [B, 1, H, W] or [B, 1, 1, 1]
     * @param threshold c of the loss 2 (sqrt(d^2 + c^2) - c), [B, 1, 1, 1]; null for the squared error
     */
    LossAndGradient loss(
            NDManager scope, NDArray prediction, NDArray target, NDArray weight, @Nullable NDArray threshold) {
        if (threshold == null) {
            return weightedMse(scope, prediction, target, weight);
        }
        NDList results = module.call(scope, "weighted_huber", prediction, target, weight, threshold);
        return new LossAndGradient(results.get(0), results.get(1));
    }

    /** Whether all values are finite. */
    boolean isFinite(NDManager scope, NDArray array) {
        return module.call(scope, "is_finite", array).get(0).getFloat() == 1;
    }

    /** Adds the second list to the first, element by element, in place. */
    void accumulateInPlace(NDManager scope, Collection<NDArray> sums, Collection<NDArray> more) {
        module.callLists(scope, "accumulate", List.copyOf(sums), List.copyOf(more));
    }

    /**
     * Divides gradients by the loss scale, and scales them so that their common 2-norm is at most the limit.
     *
     * @param lossScale factor of the loss
     * @param limit null for none
     * @return the norm before; not finite if a gradient is not
     */
    public double unscaleAndClipInPlace(
            NDManager scope, Collection<NDArray> gradients, double lossScale, @Nullable Double limit) {
        List<NDArray> all = List.copyOf(gradients);
        if (lossScale != 1) {
            module.callLists(scope, "multiply", all, List.of(scope.create((float) (1 / lossScale))));
        }
        float largest = limit == null ? Float.POSITIVE_INFINITY : limit.floatValue();
        return module.callLists(scope, "clip", all, List.of(scope.create(largest)))
                .get(0)
                .getFloat();
    }

    @Override
    public void close() {
        module.close();
    }
}
