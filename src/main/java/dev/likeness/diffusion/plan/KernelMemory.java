package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.WeightSpec;
import java.util.Arrays;
import java.util.List;

/**
 * The result's size and the memory of a kernel, by the kernel's name. All counts are numbers of one sample.
 *
 * @param channels of the result
 * @param places positions of the result
 * @param counts whether the kernel's memory is significant
 * @param kept numbers for the gradient
 * @param work further numbers during the computation of the gradient
 * @param inference numbers inside the kernel without gradient
 */
record KernelMemory(long channels, long places, boolean counts, long kept, long work, long inference) {

    /** Number of positions after upsampling, per position before. */
    private static final int UPSAMPLED = 4;

    /**
     * The memory of a block's kernel.
     *
     * @throws IllegalArgumentException if the kernel is unknown
     */
    static KernelMemory of(Block block, List<Sized> inputs, KeptActivations kept) {
        Sized in = inputs.get(0);
        return switch (block.kernel()) {
            case "conv1" -> convolution(outputs(block, ".weight"), in.places());
            case "conv3" ->
                convolution(
                        outputs(block, ".weight"),
                        in.places() / squared(block.constants().get(0)));
            case "upsample" -> upsample(outputs(block, ".weight"), in);
            case "resnet", "vae_resnet" -> resnet(outputs(block, ".conv1.weight"), in, kept);
            case "transformer" -> transformer((Integer) block.constants().get(1), in, kept);
            case "concatenate" -> concatenated(inputs);
            case "norm_silu" ->
                new KernelMemory(in.channels(), in.places(), true, 2 * in.numbers(), 2 * in.numbers(), 0);
            case "clip_layer", "masked_clip_layer" -> clipLayer(outputs(block, ".mlp.fc1.weight"), in);
            case "clip_text_embedding" ->
                free(inputs(block, ".token_embedding.weight"), outputs(block, ".position_embedding.weight"));
            // Values with one position, and kernels without a value of their own.
            case "time_embedding", "added_embedding", "sum", "clip_pooled", "linear" -> free(0, 0);
            case "to_float", "layer_norm", "vae_attention" -> free(in.channels(), in.places());
            default ->
                throw new IllegalArgumentException(
                        "how much memory the kernel %s takes is not known".formatted(block.kernel()));
        };
    }

    /** The block's memory, before later blocks are known. */
    BlockMemory block(Block block) {
        return new BlockMemory(kept, channels * places, 0, 0, work, inference, weights(block));
    }

    private static KernelMemory free(long channels, long places) {
        return new KernelMemory(channels, places, false, 0, 0, 0);
    }

    /** The input is the previous block's output, and is counted there. */
    private static KernelMemory convolution(long out, long places) {
        return new KernelMemory(out, places, true, 0, 2 * out * places, 0);
    }

    /** The convolution keeps its input, which is larger than the block's input. */
    private static KernelMemory upsample(long out, Sized in) {
        long places = UPSAMPLED * in.places();
        return new KernelMemory(out, places, true, in.channels() * places, 2 * out * places, 0);
    }

    private static KernelMemory resnet(long out, Sized in, KeptActivations kept) {
        long numbers = (in.channels() + out) * in.places();
        return new KernelMemory(
                out,
                in.places(),
                true,
                kept.resnet * numbers,
                Coefficients.RESNET_WORK * numbers,
                Coefficients.INFERENCE_WORK * out * in.places());
    }

    private static KernelMemory transformer(int depth, Sized in, KeptActivations kept) {
        long numbers = in.numbers();
        return new KernelMemory(
                in.channels(),
                in.places(),
                true,
                (kept.attention + (long) kept.transformer * depth) * numbers,
                Coefficients.TRANSFORMER_WORK * numbers,
                Coefficients.INFERENCE_WORK * numbers);
    }

    private static KernelMemory concatenated(List<Sized> inputs) {
        long channels = inputs.stream().mapToLong(Sized::channels).sum();
        long places = inputs.get(0).places();
        return new KernelMemory(channels, places, true, 0, channels * places, 0);
    }

    private static KernelMemory clipLayer(long hidden, Sized in) {
        long kept = Coefficients.TEXT_STATE * in.channels() + Coefficients.TEXT_HIDDEN * hidden;
        return new KernelMemory(in.channels(), in.places(), true, kept * in.places(), 0, 0);
    }

    private static long squared(Object stride) {
        return (long) (Integer) stride * (Integer) stride;
    }

    /** Rows of a weight. */
    private static long outputs(Block block, String suffix) {
        return shape(block, suffix)[0];
    }

    /** Columns of a weight. */
    private static long inputs(Block block, String suffix) {
        return shape(block, suffix)[1];
    }

    private static long[] shape(Block block, String suffix) {
        String name = block.prefix() + suffix;
        return block.weights().stream()
                .filter(weight -> weight.name().equals(name))
                .map(WeightSpec::shape)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the block has no weight " + name));
    }

    private static long weights(Block block) {
        return block.weights().stream()
                .mapToLong(weight -> Arrays.stream(weight.shape()).reduce(1, (a, b) -> a * b))
                .sum();
    }
}
