package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.adapter.KeyProblem.Kind;
import dev.likeness.diffusion.adapter.LoraKey.Role;
import dev.likeness.diffusion.tensor.Excerpt;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.SafeTensors.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one file, and collects every problem. */
final class LoraReader {

    private final BaseLayers base;
    private final List<KeyProblem> problems = new ArrayList<>();
    private final Map<String, Entry> bundled = new LinkedHashMap<>();

    LoraReader(BaseLayers base) {
        this.base = base;
    }

    /** A tensor of a layer with its name in the file. */
    private record Found(String key, Entry entry) {}

    LoraFile read(SafeTensors file) {
        if (file.entries().isEmpty()) {
            throw new UnusableAdapterException(KeyProblem.file(Kind.NO_ADAPTER, "the file contains no tensors"));
        }
        LoraMetadata metadata = LoraMetadata.of(file);
        Set<AdapterFormat> formats = EnumSet.noneOf(AdapterFormat.class);
        Map<String, LoraFile.Layer> layers = new LinkedHashMap<>();
        gather(file, formats)
                .forEach((name, parts) -> layer(name, parts, metadata).ifPresent(layer -> layers.put(name, layer)));
        List<EmbeddingFile> embeddings = new EmbeddingReader(base, problems).bundled(bundled);
        if (!problems.isEmpty()) {
            // Other problems follow from the kind of the adapter.
            problems.sort(Comparator.comparing(problem -> problem.kind() != Kind.UNSUPPORTED));
            throw new UnusableAdapterException(problems);
        }
        if (layers.isEmpty()) {
            return new LoraFile(embeddings.get(0).format(), layers, base.targets(layers), embeddings);
        }
        requireEffect(layers.values());
        return new LoraFile(formats.iterator().next(), layers, base.targets(layers), embeddings);
    }

    /** The tensors of each layer; other tensors are problems. */
    private Map<String, Map<Role, Found>> gather(SafeTensors file, Set<AdapterFormat> formats) {
        Map<String, Map<Role, Found>> layers = new LinkedHashMap<>();
        file.entries().forEach((key, entry) -> {
            if (EmbeddingReader.isBundled(key)) {
                bundled.put(key, entry);
                return;
            }
            Optional<LoraKey> parsed = LoraKey.parse(key);
            Optional<String> layer = parsed.flatMap(it -> base.find(it.layer()));
            if (parsed.isEmpty()) {
                problems.add(LoraKey.problem(key));
            } else if (layer.isEmpty()) {
                problems.add(new KeyProblem(key, Kind.UNKNOWN_LAYER, "is for a layer that this model does not have"));
            } else {
                if (parsed.get().role() != Role.ALPHA) {
                    formats.add(parsed.get().format());
                }
                Found former = layers.computeIfAbsent(layer.get(), name -> new EnumMap<>(Role.class))
                        .putIfAbsent(parsed.get().role(), new Found(key, entry));
                if (former != null) {
                    problems.add(new KeyProblem(
                            key, Kind.UNKNOWN_KEY, "has the same meaning as %s".formatted(Excerpt.of(former.key()))));
                }
            }
        });
        return layers;
    }

    private Optional<LoraFile.Layer> layer(String name, Map<Role, Found> parts, LoraMetadata metadata) {
        Found down = parts.get(Role.DOWN);
        Found up = parts.get(Role.UP);
        if (down == null || up == null) {
            Found there = parts.values().iterator().next();
            String missing = down == null ? up == null ? "down or up" : "down" : "up";
            problems.add(new KeyProblem(there.key(), Kind.INCOMPLETE, "has no matching %s".formatted(missing)));
            return Optional.empty();
        }
        long[] weight = Objects.requireNonNull(base.shape(name));
        int before = problems.size();
        requireShapes(weight, down, up);
        requireFloating(down);
        requireFloating(up);
        if (problems.size() > before) {
            return Optional.empty();
        }
        double alpha = alpha(name, down.entry().shape()[0], parts.get(Role.ALPHA), metadata);
        return Optional.of(new LoraFile.Layer(weight, down.entry(), up.entry(), alpha));
    }

    private void requireShapes(long[] weight, Found down, Found up) {
        long[] downShape = down.entry().shape();
        long rank = downShape.length == 0 ? 0 : downShape[0];
        long[] wantedDown = weight.clone();
        wantedDown[0] = rank;
        if (rank < 1 || !same(downShape, wantedDown)) {
            problems.add(wrongShape(down, "[r, " + inputs(weight) + "]", weight));
        } else if (!same(up.entry().shape(), new long[] {weight[0], rank})) {
            problems.add(wrongShape(up, "[%d, %d]".formatted(weight[0], rank), weight));
        }
    }

    private static KeyProblem wrongShape(Found tensor, String wanted, long[] weight) {
        return new KeyProblem(
                tensor.key(),
                Kind.WRONG_SHAPE,
                "is %s, but must be %s for the layer's weight %s"
                        .formatted(
                                Excerpt.of(Arrays.toString(tensor.entry().shape())), wanted, Arrays.toString(weight)));
    }

    private static String inputs(long[] weight) {
        String text = Arrays.toString(Arrays.copyOfRange(weight, 1, weight.length));
        return text.substring(1, text.length() - 1);
    }

    /** A linear layer and a convolution of one pixel are equivalent. */
    private static boolean same(long[] found, long[] wanted) {
        return Arrays.equals(withoutPixel(found), withoutPixel(wanted));
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

    private double alpha(String name, long rank, @Nullable Found tensor, LoraMetadata metadata) {
        if (tensor == null) {
            Double said = metadata.alpha(name, rank);
            return said == null ? rank : said;
        }
        long count = Arrays.stream(tensor.entry().shape()).reduce(1, (a, b) -> a * b);
        double alpha = count == 1 ? TensorValues.first(tensor.entry()) : Double.NaN;
        if (!Double.isFinite(alpha)) {
            problems.add(new KeyProblem(tensor.key(), Kind.WRONG_VALUE, "is not a single finite number"));
        }
        return alpha;
    }

    private static void requireEffect(Iterable<LoraFile.Layer> layers) {
        for (LoraFile.Layer layer : layers) {
            if (layer.alpha() != 0
                    && !TensorValues.summary(layer.up()).zero()
                    && !TensorValues.summary(layer.down()).zero()) {
                return;
            }
        }
        throw new UnusableAdapterException(
                KeyProblem.file(Kind.NO_EFFECT, "the file has no effect: up, down or alpha is zero everywhere"));
    }
}
