package dev.likeness.diffusion.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.graph.Adapters;
import dev.likeness.diffusion.lora.LoraAdapter;
import dev.likeness.diffusion.lora.UntrainedAdapter;
import dev.likeness.diffusion.lora.WeightChange;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import dev.likeness.diffusion.training.TokenEmbeddings;
import dev.likeness.diffusion.training.TrainableParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Trains an adapter beside a frozen base. */
final class LoraTraining extends MethodTraining {

    private final TrainableParameters trainable;
    private final LoraAdapter adapter;
    private final TokenEmbeddings tokens;
    private final ModelParts parts;
    private final double dropout;

    LoraTraining(NDManager manager, ModelParts parts, Lora method, RandomDraws draws) {
        this.parts = parts;
        dropout = method.settings().dropout();
        Map<String, LoraAdapter.Layer> layers = new LinkedHashMap<>();
        Map<String, List<WeightChange>> changes = new LinkedHashMap<>();
        Map<String, Set<String>> names = new LinkedHashMap<>();
        int[] networks = {0};
        parts.trainable().forEach((prefix, network) -> {
            boolean isDenoiser = prefix.equals(parts.denoiserPrefix());
            LoraTargets targets = isDenoiser ? method.settings().targets() : LoraTargets.ATTENTION;
            Map<String, long[]> wanted =
                    isDenoiser || method.textEncoder() ? new TreeMap<>(parts.layers(prefix, targets)) : Map.of();
            int number = networks[0]++;
            UntrainedAdapter untrained = new UntrainedAdapter(
                    manager,
                    method.settings().design(),
                    prefix,
                    (layer, length) -> draws.normal(Purpose.ADAPTER, number, layer, length));
            LoraAdapter made = untrained.of(wanted, (layer, shape) -> network.norms(manager, layer, shape));
            Map<String, NDArray> tensors = made.tensors(manager, prefix);
            layers.putAll(made.layers());
            changes.putAll(made.changes());
            network.setAdapter(tensors);
            network.setDropout(method.settings().dropout());
            names.put(prefix, Adapters.trained(tensors.keySet()));
        });
        adapter = new LoraAdapter(layers, changes);
        tokens = TokenEmbeddings.fixed(manager, parts.tokens().rows());
        List<Set<String>> textEncoders = new ArrayList<>(names.values());
        trainable = new TrainableParameters(textEncoders.remove(0), textEncoders, tokens);
    }

    @Override
    public TrainableParameters trainable() {
        return trainable;
    }

    @Override
    public TrainedWeights trainedWeights(NDManager owner) {
        return TrainedWeights.adapter(adapter);
    }

    @Override
    public void useForSampling() {
        drop(0);
    }

    @Override
    public void resumeTraining() {
        drop(dropout);
    }

    private void drop(double share) {
        parts.trainable().values().forEach(network -> network.setDropout(share));
    }

    @Override
    public void close() {
        drop(0);
        tokens.close();
    }
}
