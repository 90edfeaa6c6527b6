package dev.likeness.diffusion.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.adapter.LayerTensor;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change of a layer's weight W to W + scale * D, where D is the product of low rank, the Hadamard product or the Kronecker product
 * of its tensors ({@link dev.likeness.diffusion.adapter.LayerKind}). With norms (DoRA, Liu et al. 2024, arXiv:2402.09353) each
 * output or input of that sum then gets its norm.
 *
 * @param tensors in fp32, with the shapes that {@link LayerTensor} says
 * @param scale alpha / r
 * @param share of the change that is used; 1 in training. The changed weight is W plus this share of the difference, as in
 *     ComfyUI. peft and LyCORIS scale the product before they set the norms, so they differ for a DoRA and a share other than 1
 */
public record WeightChange(Map<LayerTensor, NDArray> tensors, double scale, double share) {

    /** The least norm by which a weight is divided, as in the kernels. */
    private static final float LEAST_NORM = 1.1920928955078125e-07f;

    public WeightChange {
        tensors = Map.copyOf(tensors);
    }

    WeightChange scaled(double factor) {
        return new WeightChange(tensors, scale, share * factor);
    }

    /** Whether it is a DoRA with the norms of the outputs, from a low-rank product. */
    boolean isDoraOfOutputs() {
        NDArray norms = find(LayerTensor.DORA_SCALE);
        NDArray up = find(LayerTensor.LORA_UP);
        return norms != null
                && up != null
                && find(LayerTensor.LORA_MID) == null
                && norms.getShape().get(0) == up.getShape().get(0)
                && norms.getShape().get(1) == 1;
    }

    /** r; 1 if no factor is a product. */
    long rank() {
        return Stream.of(LayerTensor.LORA_DOWN, LayerTensor.HADA_W1_B, LayerTensor.LOKR_W2_B, LayerTensor.LOKR_W1_B)
                .filter(tensors::containsKey)
                .findFirst()
                .map(tensor -> get(tensor).getShape().get(0))
                .orElse(1L);
    }

    /** The numerator of the scale. */
    double alpha() {
        return scale * rank();
    }

    private @Nullable NDArray find(LayerTensor tensor) {
        return tensors.get(tensor);
    }

    NDArray get(LayerTensor tensor) {
        return Objects.requireNonNull(find(tensor), tensor.key());
    }

    /**
     * The changed weight.
     *
     * @param manager owns the result
     * @param weight in fp32; not changed
     */
    NDArray apply(NDManager manager, NDArray weight) {
        try (NDManager scope = manager.newSubManager()) {
            scope.tempAttachAll(weight);
            tensors.values().forEach(scope::tempAttachAll);
            NDArray sum =
                    weight.add(difference(weight).reshape(weight.getShape()).mul(scale));
            NDArray norms = find(LayerTensor.DORA_SCALE);
            NDArray whole = norms == null ? sum : renormed(sum, norms);
            NDArray changed = share == 1 ? whole : weight.add(whole.sub(weight).mul(share));
            changed.attach(manager);
            return changed;
        }
    }

    private static NDArray renormed(NDArray weight, NDArray norms) {
        boolean ofOutputs = norms.getShape().get(0) == weight.getShape().get(0)
                && norms.getShape().get(1) == 1;
        NDArray first = ofOutputs ? weight : weight.swapAxes(0, 1);
        NDArray own = first.reshape(first.getShape().get(0), -1)
                .square()
                .sum(new int[] {1})
                .sqrt()
                .maximum(LEAST_NORM);
        return weight.mul(norms.div(own.reshape(norms.getShape())));
    }

    private NDArray difference(NDArray weight) {
        if (find(LayerTensor.LORA_UP) != null) {
            NDArray up = rows(get(LayerTensor.LORA_UP));
            NDArray down = rows(get(LayerTensor.LORA_DOWN));
            NDArray core = find(LayerTensor.LORA_MID);
            return core == null ? up.matMul(down) : tucker(core, up.transpose(), down);
        }
        if (find(LayerTensor.HADA_W1_A) != null) {
            return product(LayerTensor.HADA_W1_A, LayerTensor.HADA_W1_B, LayerTensor.HADA_T1)
                    .mul(product(LayerTensor.HADA_W2_A, LayerTensor.HADA_W2_B, LayerTensor.HADA_T2));
        }
        return kronecker(weight.getShape().get(1));
    }

    private static NDArray rows(NDArray tensor) {
        return tensor.reshape(tensor.getShape().get(0), -1);
    }

    /** A matrix as a product of two, or in Tucker form. */
    private NDArray product(LayerTensor a, LayerTensor b, LayerTensor core) {
        NDArray middle = find(core);
        return middle == null ? get(a).matMul(get(b)) : tucker(middle, get(a), get(b));
    }

    /** A core [i, j, k, k] times a [i, O] and b [j, I]: [O, I, k * k]. */
    private static NDArray tucker(NDArray core, NDArray a, NDArray b) {
        NDArray outputs = a.transpose().matMul(rows(core));
        NDArray split = outputs.reshape(a.getShape().get(1), core.getShape().get(1), -1);
        return split.swapAxes(1, 2).matMul(b).swapAxes(1, 2);
    }

    private NDArray kronecker(long inputs) {
        NDArray first = find(LayerTensor.LOKR_W1);
        NDArray w1 = first == null ? get(LayerTensor.LOKR_W1_A).matMul(get(LayerTensor.LOKR_W1_B)) : first;
        NDArray second = find(LayerTensor.LOKR_W2);
        NDArray w2 =
                second == null ? product(LayerTensor.LOKR_W2_A, LayerTensor.LOKR_W2_B, LayerTensor.LOKR_T2) : second;
        long outputs = w1.getShape().get(0);
        long columns = w1.getShape().get(1);
        return w1.reshape(new Shape(outputs, 1, columns, 1, 1))
                .mul(w2.reshape(1, w2.getShape().get(0), 1, inputs / columns, -1));
    }
}
