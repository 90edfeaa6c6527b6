package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.tensor.SafeTensors;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A low-rank adapter in a file (Hu et al. 2021, arXiv:2106.09685). It adds alpha / r * up * down to the weight W of a
 * layer.
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
     * @param down [r, in], or [r, in, k, k]; both forms are read for a convolution of one pixel
     * @param up [out, r], or [out, r, 1, 1]
     * @param alpha the numerator of the scale
     */
    public record Layer(long[] weight, SafeTensors.Entry down, SafeTensors.Entry up, double alpha) {

        /** The rank r. */
        public long rank() {
            return down.shape()[0];
        }
    }

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

    /** The number of layers that it changes, by part of the model. */
    public Map<String, Integer> layersOfParts() {
        Map<String, Integer> counts = new TreeMap<>();
        layers.keySet().forEach(name -> counts.merge(name.substring(0, name.indexOf('.')), 1, Integer::sum));
        return counts;
    }
}
