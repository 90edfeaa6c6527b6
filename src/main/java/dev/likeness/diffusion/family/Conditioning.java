package dev.likeness.diffusion.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The encoded prompts as a denoiser's input, one row per prompt; or the gradients with respect to them.
 *
 * @param context text states [B, L, D]
 * @param pooled pooled text states [B, P]; null if the denoiser takes none
 */
public record Conditioning(NDArray context, @Nullable NDArray pooled) {

    /**
     * Concatenates the rows of several.
     *
     * @param scope frees the result
     * @param each with the same number of tokens L
     */
    public static Conditioning concat(NDManager scope, List<Conditioning> each) {
        NDList contexts = new NDList();
        List<NDArray> pooled = new ArrayList<>();
        for (Conditioning one : each) {
            contexts.add(one.context);
            if (one.pooled != null) {
                pooled.add(one.pooled);
            }
        }
        return new Conditioning(concat(scope, contexts), pooled.isEmpty() ? null : concat(scope, new NDList(pooled)));
    }

    private static NDArray concat(NDManager scope, NDList rows) {
        NDArray joined = NDArrays.concat(rows, 0);
        joined.attach(scope);
        return joined;
    }

    /** Zeros in the same shapes. */
    public Conditioning zeros() {
        return new Conditioning(context.zerosLike(), pooled == null ? null : pooled.zerosLike());
    }

    /** Transfers both to another owner, which frees them. */
    public void attach(NDManager owner) {
        context.attach(owner);
        if (pooled != null) {
            pooled.attach(owner);
        }
    }
}
