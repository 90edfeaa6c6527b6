package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.tensor.SafeTensors;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An adapter in a file, which changes the weights of layers as {@link LayerKind} says.
 *
 * @param format naming scheme of its tensors
 * @param layers by name, which begins with the model's part: {@code unet.} or {@code text_encoder.}; empty if the file has
 *     only the embeddings of several words
 * @param targets the smallest set of targets with all of the layers
 * @param embeddings that the file bundles, each with its word
 */
public record LoraFile(
        AdapterFormat format, Map<String, Layer> layers, LoraTargets targets, List<EmbeddingFile> embeddings)
        implements AdapterFile {

    public LoraFile {
        embeddings = List.copyOf(embeddings);
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
    }

    /**
     * The adapter of one layer.
     *
     * @param weight shape of the layer's weight: [out, in], or [out, in, k, k] for a convolution
     * @param tensors that it has
     * @param alpha the numerator of the scale
     * @param rank r, the denominator; of a LoKr with whole factors 1
     */
    public record Layer(LayerKind kind, long[] weight, Map<LayerTensor, Tensor> tensors, double alpha, long rank) {

        /** Whether the norms of the changed weight are replaced (Liu et al. 2024, arXiv:2402.09353). */
        public boolean isDora() {
            return tensors.containsKey(LayerTensor.DORA_SCALE);
        }
    }

    /**
     * A tensor of a layer.
     *
     * @param entry in the file, whose shape can have further dimensions of size 1
     * @param shape as {@link LayerShapes} has it
     */
    public record Tensor(SafeTensors.Entry entry, long[] shape) {}

    /**
     * Reads an adapter in any known naming scheme.
     *
     * @throws UnusableAdapterException naming every tensor that is unknown or does not fit the model
     */
    public static LoraFile read(SafeTensors file, BaseLayers base) {
        return new LoraReader(base).read(file);
    }

    /** The largest rank of a layer; 0 without layers. */
    public int rank() {
        return Math.toIntExact(
                layers.values().stream().mapToLong(Layer::rank).max().orElse(0));
    }

    /** The kinds of its layers, each once. */
    public List<LayerKind> kinds() {
        return layers.values().stream().map(Layer::kind).distinct().sorted().toList();
    }

    /** Whether a layer has norms. */
    public boolean isDora() {
        return layers.values().stream().anyMatch(Layer::isDora);
    }

    /** The number of layers that it changes, by part of the model. */
    public Map<String, Integer> layersOfParts() {
        Map<String, Integer> counts = new TreeMap<>();
        layers.keySet().forEach(name -> counts.merge(name.substring(0, name.indexOf('.')), 1, Integer::sum));
        return counts;
    }
}
