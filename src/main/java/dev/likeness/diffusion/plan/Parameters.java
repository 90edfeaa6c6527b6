package dev.likeness.diffusion.plan;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * The counts of a network's parameters.
 *
 * @param part the network's folder in the model; empty if only the counts are known
 * @param all all parameters
 * @param attentionAdapter numbers of a LoRA of rank 1 at the projections of attentions
 * @param fullAdapter numbers of a LoRA of rank 1 at every linear layer and convolution
 * @param tables parameters of embedding tables
 * @param attention parameters of the projections of attentions
 * @param shapes of all tensors, by name; empty if only the counts are known
 * @param projections names of the projections of attentions
 */
public record Parameters(
        String part,
        long all,
        long attentionAdapter,
        long fullAdapter,
        long tables,
        long attention,
        Map<String, List<Long>> shapes,
        Set<String> projections) {

    /** Positions are numbered, not trained. */
    private static final String POSITION_IDS = "position_ids";

    private static final Pattern EMBEDDING = Pattern.compile(".*_embedding\\.weight");

    Parameters(long all, long attentionAdapter, long fullAdapter, long tables, long attention) {
        this("", all, attentionAdapter, fullAdapter, tables, attention, Map.of(), Set.of());
    }

    /**
     * Counts the tensors of a weight file by their names and shapes.
     *
     * @param part the network's folder in the model
     * @param projections names of the projections of attentions
     */
    static Parameters of(String part, Map<String, long[]> shapes, Set<String> projections) {
        long all = 0;
        long attention = 0;
        long attentionWeights = 0;
        long full = 0;
        long tables = 0;
        for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
            String name = tensor.getKey();
            if (name.endsWith(POSITION_IDS)) {
                continue;
            }
            long[] shape = tensor.getValue();
            long count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            all += count;
            if (EMBEDDING.matcher(name).matches()) {
                tables += count;
            } else if (shape.length > 1) {
                // Down has the layer's inputs, including the taps of a convolution, and up its outputs.
                long adapter = count / shape[0] + shape[0];
                full += adapter;
                if (projections.stream().anyMatch(each -> name.endsWith("." + each + ".weight"))) {
                    attention += adapter;
                    attentionWeights += count;
                }
            }
        }
        return new Parameters(part, all, attention, full, tables, attentionWeights, lists(shapes), projections);
    }

    /** Lists, unlike arrays, are equal if their numbers are. */
    private static Map<String, List<Long>> lists(Map<String, long[]> shapes) {
        Map<String, List<Long>> lists = new LinkedHashMap<>();
        shapes.forEach(
                (name, shape) -> lists.put(name, LongStream.of(shape).boxed().toList()));
        return lists;
    }
}
