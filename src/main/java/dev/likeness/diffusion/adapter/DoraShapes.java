package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.adapter.LayerParts.Found;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The norms of DoRA in files: in LyCORIS of each output or of each input, in peft always of each output. */
final class DoraShapes {

    private static final String PEFT = ".lora_magnitude_vector";

    private DoraShapes() {}

    /**
     * The shape of the norms: [O, 1, ...] or [1, I, ...].
     *
     * @return null if the tensor has another shape
     */
    static long @Nullable [] shape(Found found, long[] weight) {
        long[] outputs = LayerShapes.outputNorms(weight);
        if (isSame(found.shape(), outputs)) {
            return outputs;
        }
        if (found.key().contains(PEFT)) {
            return isOfPeft(found.shape(), weight) ? outputs : null;
        }
        long[] inputs = LayerShapes.inputNorms(weight);
        return isSame(found.shape(), inputs) ? inputs : null;
    }

    static String description(Found found, long[] weight) {
        return found.key().contains(PEFT)
                ? "[%d]".formatted(weight[0])
                : "[%d, 1] or [1, %d]".formatted(weight[0], weight[1]);
    }

    /** [O] at a linear layer, [1, O, 1, 1] at a convolution. */
    private static boolean isOfPeft(long[] shape, long[] weight) {
        return Arrays.equals(shape, new long[] {weight[0]}) || Arrays.equals(shape, new long[] {1, weight[0], 1, 1});
    }

    /** A linear layer and a convolution of one pixel are equivalent. */
    private static boolean isSame(long[] found, long[] wanted) {
        return Arrays.equals(found, wanted)
                || found.length == 2 && wanted.length == 4 && Arrays.equals(found, Arrays.copyOf(wanted, 2))
                || wanted.length == 2
                        && found.length == 4
                        && found[2] * found[3] == 1
                        && Arrays.equals(Arrays.copyOf(found, 2), wanted);
    }
}
