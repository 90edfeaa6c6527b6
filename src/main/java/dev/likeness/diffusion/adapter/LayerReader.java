package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.adapter.KeyProblem.Kind;
import dev.likeness.diffusion.adapter.LayerParts.Found;
import dev.likeness.diffusion.tensor.Excerpt;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the tensors of one layer: whether they are complete, and whether they fit the layer's weight. */
final class LayerReader {

    private final List<KeyProblem> problems;
    private final LoraMetadata metadata;

    /** @param problems receives every problem */
    LayerReader(List<KeyProblem> problems, LoraMetadata metadata) {
        this.problems = problems;
        this.metadata = metadata;
    }

    /**
     * Reads a layer.
     *
     * @param weight shape of its weight
     * @return empty if there are problems
     */
    Optional<LoraFile.Layer> read(String name, long[] weight, LayerParts parts) {
        int before = problems.size();
        LayerKind kind = kind(parts);
        if (kind == null) {
            return Optional.empty();
        }
        LayerShapes shapes = LayerShapes.of(kind, weight, parts);
        Map<LayerTensor, long[]> all = shapes.isPossible() ? shapes.all() : Map.of();
        Map<LayerTensor, LoraFile.Tensor> tensors = new EnumMap<>(LayerTensor.class);
        parts.tensors().forEach((tensor, found) -> {
            boolean isNorms = tensor == LayerTensor.DORA_SCALE;
            long[] wanted = isNorms ? DoraShapes.shape(found, weight) : all.get(tensor);
            if (wanted == null || !isNorms && !fits(tensor, found.shape(), wanted)) {
                // Without possible factors, only the tensors that determine them are wrong.
                if (isNorms || !all.isEmpty() || determines(tensor)) {
                    refuseShape(
                            found,
                            weight,
                            isNorms ? DoraShapes.description(found, weight) : wanted(tensor, wanted, weight));
                }
            } else {
                requireFloating(found);
                tensors.put(tensor, new LoraFile.Tensor(found.entry(), wanted));
            }
        });
        long rank = shapes.rank();
        double alpha = problems.size() > before ? Double.NaN : alpha(name, kind, rank, parts);
        return problems.size() > before
                ? Optional.empty()
                : Optional.of(new LoraFile.Layer(kind, weight, tensors, alpha, rank));
    }

    /** The only kind whose tensors a layer has, if they are complete. */
    private @Nullable LayerKind kind(LayerParts parts) {
        Map<LayerKind, LayerTensor> kinds = new EnumMap<>(LayerKind.class);
        parts.tensors()
                .keySet()
                .forEach(tensor -> LayerKind.of(tensor).ifPresent(kind -> kinds.putIfAbsent(kind, tensor)));
        if (kinds.isEmpty()) {
            problems.add(new KeyProblem(parts.any().key(), Kind.INCOMPLETE, "has no matching down or up"));
            return null;
        }
        if (kinds.size() > 1) {
            LayerTensor second = List.copyOf(kinds.values()).get(1);
            problems.add(new KeyProblem(
                    parts.get(second).key(),
                    Kind.UNSUPPORTED,
                    "is for a layer with tensors of another kind of adapter, %s"
                            .formatted(Excerpt.of(
                                    parts.get(kinds.values().iterator().next()).key()))));
            return null;
        }
        Map.Entry<LayerKind, LayerTensor> first = kinds.entrySet().iterator().next();
        LayerKind kind = first.getKey();
        Set<LayerTensor> missing = kind.missing(parts);
        if (!missing.isEmpty()) {
            String names = missing.stream().map(LayerReader::readable).collect(Collectors.joining(" or "));
            problems.add(new KeyProblem(
                    parts.get(first.getValue()).key(), Kind.INCOMPLETE, "has no matching %s".formatted(names)));
            return null;
        }
        return hasOneOfEach(parts) ? kind : null;
    }

    private static String readable(LayerTensor tensor) {
        return tensor.key().replace("lora_", "");
    }

    /** A factor of LoKr is whole or a product, not both. */
    private boolean hasOneOfEach(LayerParts parts) {
        boolean one = true;
        for (LayerTensor whole : EnumSet.of(LayerTensor.LOKR_W1, LayerTensor.LOKR_W2)) {
            LayerTensor product = whole == LayerTensor.LOKR_W1 ? LayerTensor.LOKR_W1_A : LayerTensor.LOKR_W2_A;
            if (parts.has(whole) && parts.has(product)) {
                problems.add(new KeyProblem(
                        parts.get(product).key(), Kind.UNKNOWN_KEY, LayerParts.sameAs(parts.get(whole))));
                one = false;
            }
        }
        return one;
    }

    private void refuseShape(Found found, long[] weight, String wanted) {
        problems.add(new KeyProblem(
                found.key(),
                Kind.WRONG_SHAPE,
                "is %s, but must be %s for the layer's weight %s"
                        .formatted(Excerpt.of(Arrays.toString(found.shape())), wanted, Arrays.toString(weight))));
    }

    /** Whether the rank or a factor is read from a tensor's shape. */
    private static boolean determines(LayerTensor tensor) {
        return switch (tensor) {
            case LORA_DOWN, LORA_MID, HADA_W1_B, HADA_T1, LOKR_W1, LOKR_W1_A, LOKR_W1_B, LOKR_W2_B, LOKR_T2 -> true;
            default -> false;
        };
    }

    private static String wanted(LayerTensor tensor, long @Nullable [] shape, long[] weight) {
        return switch (tensor) {
            case LORA_DOWN, HADA_W1_B -> "[r, %s]".formatted(shape == null ? inputs(weight) : inputs(shape));
            case LOKR_W1 -> "[l, m] with divisors of the first two sizes";
            case LOKR_W1_A -> "[l, r] with a divisor of the first size";
            case LOKR_W1_B -> "[r, m] with a divisor of the second size";
            default -> shape == null ? "of a convolution and a rank of at least 1" : Arrays.toString(shape);
        };
    }

    private static String inputs(long[] shape) {
        String text = Arrays.toString(Arrays.copyOfRange(shape, 1, shape.length));
        return text.substring(1, text.length() - 1);
    }

    /** A linear layer and a convolution of one pixel are equivalent. Products can have their second factor's inputs in one dimension or in three. */
    private static boolean fits(LayerTensor tensor, long[] found, long[] wanted) {
        if (Arrays.equals(withoutPixel(found), withoutPixel(wanted))) {
            return true;
        }
        return switch (tensor) {
            case HADA_W1_B, HADA_W2_B, LOKR_W2_B ->
                found.length == 4 && found[0] == wanted[0] && found[1] * found[2] * found[3] == wanted[1];
            default -> false;
        };
    }

    private static long[] withoutPixel(long[] shape) {
        return shape.length == 4 && shape[2] == 1 && shape[3] == 1 ? Arrays.copyOf(shape, 2) : shape;
    }

    private void requireFloating(Found tensor) {
        if (!TensorValues.isFloating(tensor.entry())) {
            problems.add(new KeyProblem(
                    tensor.key(),
                    Kind.WRONG_VALUE,
                    "has the type %s, but must have F32, F16 or BF16"
                            .formatted(tensor.entry().element())));
        } else if (!TensorValues.summary(tensor.entry()).finite()) {
            problems.add(new KeyProblem(tensor.key(), Kind.WRONG_VALUE, "contains infinite values or NaN"));
        }
    }

    private double alpha(String name, LayerKind kind, long rank, LayerParts parts) {
        Found tensor = parts.alpha();
        if (tensor == null) {
            Double said = kind == LayerKind.LORA ? metadata.alpha(name, rank) : null;
            return said == null ? rank : said;
        }
        long count = Arrays.stream(tensor.shape()).reduce(1, (a, b) -> a * b);
        double alpha = count == 1 ? TensorValues.first(tensor.entry()) : Double.NaN;
        if (!Double.isFinite(alpha)) {
            problems.add(new KeyProblem(tensor.key(), Kind.WRONG_VALUE, "is not a single finite number"));
        }
        boolean isWhole = parts.has(LayerTensor.LOKR_W1) && parts.has(LayerTensor.LOKR_W2);
        return isWhole ? rank : alpha;
    }
}
