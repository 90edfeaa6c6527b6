package dev.likeness.bench;

import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.WeightSpec;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Runs a topology on sizes instead of values, and counts what its forward and backward pass compute and move. Gradients are
 * counted where something that is trained needs them.
 */
final class CountingPass implements Ops<CountingPass.Value> {

    /** Length of a prompt in CLIP's text encoders. */
    static final long TOKENS = 77;

    private static final Pattern ATTENTION_LAYER =
            Pattern.compile("attn[12]\\.to_(q|k|v|out\\.0)|self_attn\\.(q|k|v|out)_proj");

    /** Layers whose input is not the value that flows through the block, but the time's embedding or the prompt. */
    private static final Pattern SECOND_INPUT = Pattern.compile("time_emb_proj\\.|attn2\\.to_[kv]\\.");

    private static final Pattern QUERIES = Pattern.compile("(to_q|q_proj)\\.weight$");

    /** Their input is that of the queries. */
    private static final Pattern SELF_KEYS_AND_VALUES = Pattern.compile("(attn1\\.to_[kv]|[kv]_proj)\\.");

    /** The layer after attention. */
    private static final Pattern ATTENDED = Pattern.compile("(attn[12]\\.to_out\\.0|self_attn\\.out_proj)\\.weight$");

    private static final Pattern NORM = Pattern.compile("norm[^.]*\\.weight$");

    /** Each position and each feature takes part in two products, of two operations each. */
    private static final long ATTENTION_FLOPS = 4;

    /**
     * A value between blocks.
     *
     * @param places positions of one sample
     * @param learns whether it depends on something trained
     */
    record Value(long places, boolean learns) {}

    /** What is trained in a network. */
    enum Trained {
        NOTHING,
        WEIGHTS,
        /** LoRA on the attention layers. */
        ADAPTERS
    }

    private final long samples;
    private final Trained trained;
    private final long rank;
    private final int forwardPasses;
    private double flops;
    private double numbers;
    private long trainedNumbers;

    /**
     * @param samples of the batch
     * @param rank of adapters
     * @param again whether the backward pass runs the forward pass again
     */
    CountingPass(long samples, Trained trained, long rank, boolean again) {
        this.samples = samples;
        this.trained = trained;
        this.rank = rank;
        forwardPasses = again ? 2 : 1;
    }

    StepWork work() {
        return new StepWork(flops, numbers * Float.BYTES);
    }

    /** How many numbers the optimizer changes. */
    long trainedNumbers() {
        return trainedNumbers;
    }

    @Override
    public Value apply(Block block, List<Value> inputs) {
        Value in = inputs.get(0);
        Value second = inputs.get(inputs.size() - 1);
        long places = places(block, in.places());
        // Whether the value so far depends on something trained; the same of the queries' input, and of the queries.
        boolean learns = in.learns() || block.kernel().equals("clip_text_embedding") && second.learns();
        boolean attending = false;
        boolean queries = false;
        for (WeightSpec weight : block.weights()) {
            String name = weight.name();
            boolean ofSecond = SECOND_INPUT.matcher(name).find();
            boolean inputLearns = ofSecond
                    ? second.learns()
                    : SELF_KEYS_AND_VALUES.matcher(name).find() ? attending : learns;
            long at = ofSecond ? positionsOfSecond(name) : places;
            boolean outputLearns = layer(weight, at, stride(block), inputLearns);
            if (QUERIES.matcher(name).find()) {
                attending = inputLearns;
                queries = outputLearns;
            }
            learns = outputLearns || learns;
            if (ATTENDED.matcher(name).find()) {
                attention(weight.shape()[1], places, name.contains("attn2") ? TOKENS : places, queries, learns);
            }
        }
        return new Value(places, learns || inputs.stream().anyMatch(Value::learns));
    }

    private static long places(Block block, long before) {
        return switch (block.kernel()) {
            case "conv3" -> before / stride(block) / stride(block);
            case "upsample" -> 4 * before;
            case "clip_pooled" -> 1;
            default -> before;
        };
    }

    private static long stride(Block block) {
        return block.kernel().equals("conv3") ? (Integer) block.constants().get(0) : 1;
    }

    private static long positionsOfSecond(String weight) {
        return weight.contains(".time_emb_proj.") ? 1 : TOKENS;
    }

    /**
     * Counts one layer.
     *
     * @param positions of its output, in one sample
     * @return whether its output depends on something trained
     */
    private boolean layer(WeightSpec weight, long positions, long stride, boolean inputLearns) {
        long size = Arrays.stream(weight.shape()).reduce(1, (a, b) -> a * b);
        boolean trains = trained == Trained.WEIGHTS;
        trainedNumbers += trains ? size : 0;
        if (weight.shape().length == 1) {
            norm(weight, positions, inputLearns || trains);
            return trains || inputLearns;
        }
        if (weight.name().endsWith("_embedding.weight")) {
            return trains || inputLearns;
        }
        int passes = forwardPasses + (inputLearns ? 1 : 0) + (trains ? 1 : 0);
        product(
                size,
                weight.shape()[1] * positions * stride * stride,
                weight.shape()[0] * positions,
                positions,
                passes);
        boolean adapted = trained == Trained.ADAPTERS
                && ATTENTION_LAYER.matcher(weight.name()).find();
        if (adapted) {
            adapter(weight.shape()[1], weight.shape()[0], positions, inputLearns);
        }
        return trains || adapted || inputLearns;
    }

    /** A matrix product or convolution, once in each pass. */
    private void product(long weights, long in, long out, long positions, int passes) {
        flops += 2.0 * passes * weights * positions * samples;
        numbers += (double) passes * (weights + (in + out) * samples);
    }

    private void adapter(long in, long out, long positions, boolean inputLearns) {
        product(rank * in, in * positions, rank * positions, positions, forwardPasses + 1 + (inputLearns ? 1 : 0));
        product(rank * out, rank * positions, out * positions, positions, forwardPasses + 2);
        trainedNumbers += rank * (in + out);
    }

    /** The backward pass reads the input and the output's gradient, and writes the input's. */
    private void norm(WeightSpec weight, long positions, boolean backward) {
        if (NORM.matcher(weight.name()).find()) {
            numbers += (2.0 * forwardPasses + (backward ? 3 : 0)) * weight.shape()[0] * positions * samples;
        }
    }

    /**
     * Counts two products, of queries with keys and of probabilities with values, whose backward pass has two products each.
     * The probabilities need no memory.
     */
    private void attention(long features, long queries, long keys, boolean queriesLearn, boolean backward) {
        double passes = forwardPasses + (backward ? queriesLearn ? 2 : 1.5 : 0);
        flops += passes * ATTENTION_FLOPS * features * queries * keys * samples;
        numbers += 2 * passes * features * (queries + keys) * samples;
    }
}
