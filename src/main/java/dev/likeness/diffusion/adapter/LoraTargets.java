package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.wire.Wire;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The layers of a network that get an adapter. */
public enum LoraTargets implements Wire {
    /** The projections of attention. */
    ATTENTION {
        @Override
        boolean includes(String layer, long[] weight, Set<String> attention) {
            return attention.stream().anyMatch(name -> layer.endsWith("." + name));
        }
    },
    /** Every linear layer. */
    LINEAR {
        @Override
        boolean includes(String layer, long[] weight, Set<String> attention) {
            return weight.length == 2 && !layer.endsWith("_embedding") && !layer.equals("text_projection");
        }
    },
    /** Every linear layer and every convolution. */
    ALL {
        @Override
        boolean includes(String layer, long[] weight, Set<String> attention) {
            return LINEAR.includes(layer, weight, attention) || weight.length == 4;
        }
    };

    private static final String WEIGHT = ".weight";

    abstract boolean includes(String layer, long[] weight, Set<String> attention);

    /** The wire name: checkpoints contain it. */
    @Override
    public String toString() {
        return wire();
    }

    /**
     * The shapes of the weights of the layers that get an adapter, by the layers' names.
     *
     * @param weights shapes of a network's weights by their names
     * @param attention names of the projections of its attentions: the last parts of their layers' names
     */
    public Map<String, long[]> layers(Map<String, long[]> weights, Set<String> attention) {
        return weights.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(WEIGHT))
                .map(entry -> Map.entry(
                        entry.getKey().substring(0, entry.getKey().length() - WEIGHT.length()), entry.getValue()))
                .filter(entry -> includes(entry.getKey(), entry.getValue(), attention))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }
}
