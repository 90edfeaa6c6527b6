package dev.likeness.diffusion.method;

import dev.likeness.diffusion.adapter.AdapterDesign;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.plan.KeptActivations;
import dev.likeness.diffusion.plan.MethodMemory;
import dev.likeness.diffusion.plan.ModelSize;
import dev.likeness.diffusion.plan.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * DreamBooth with low-rank adapters: the base is frozen, and adapters beside its layers are trained (Hu et al. 2021,
 * arXiv:2106.09685).
 *
 * @param textEncoder whether the text encoders' attention gets adapters too
 */
public record Lora(Settings settings, boolean textEncoder) implements Method {

    /** The description of the method. */
    public static final MethodType TYPE = new Type();

    @Override
    public MethodType type() {
        return TYPE;
    }

    /** Checkpoints contain this text. */
    @Override
    public String toString() {
        String plain = "Lora[rank=%s, alpha=%s, dropout=%s, targets=%s, textEncoder=%s]"
                .formatted(settings.rank(), settings.alpha(), settings.dropout(), settings.targets(), textEncoder);
        return isPlain(settings) ? plain : plain + settings.design();
    }

    /** Whether every adapter is a LoRA of the same rank, as before there were others. */
    private static boolean isPlain(Settings settings) {
        return settings.design().equals(AdapterDesign.lora(settings.rank(), settings.alpha()));
    }

    /**
     * The names of the layers that get an adapter, which begin with the model's part.
     *
     * @param textEncoder whether the text encoders' attention gets adapters too
     */
    public static List<String> layers(ModelSize model, LoraTargets targets, boolean textEncoder) {
        List<String> names = new ArrayList<>(names(model.denoiser(), targets));
        if (textEncoder) {
            model.textEncoders().forEach(it -> names.addAll(names(it, LoraTargets.ATTENTION)));
        }
        return names;
    }

    private static List<String> names(ModelSize.Network network, LoraTargets targets) {
        Parameters parameters = network.parameters();
        return layersOf(parameters, targets).keySet().stream()
                .map(layer -> parameters.part() + "." + layer)
                .toList();
    }

    private static Map<String, long[]> layersOf(Parameters network, LoraTargets targets) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        network.shapes()
                .forEach((name, shape) -> shapes.put(
                        name, shape.stream().mapToLong(Long::longValue).toArray()));
        return targets.layers(shapes, network.projections());
    }

    /** The section {@code lora} of a spec. */
    public interface Settings {

        /** r, at least 1. */
        int rank();

        /** The scale of the adapter is alpha / r. */
        double alpha();

        /** Dropout of the adapter's inputs in training, 0 to below 1. */
        double dropout();

        /** Layers of the denoiser that get an adapter. */
        LoraTargets targets();

        /** The adapter of each layer. */
        default AdapterDesign design() {
            return AdapterDesign.lora(rank(), alpha());
        }
    }

    private static final class Type extends MethodType {

        Type() {
            super("dreambooth_lora", "DreamBooth LoRA", TrainedKind.ADAPTER);
        }

        @Override
        public Method configured(MethodSettings settings, PromptWords words) {
            return new Lora(settings.lora(), settings.trainTextEncoder());
        }

        @Override
        public MethodMemory memory(MethodSettings settings) {
            return isPlain(settings.lora())
                    ? new Memory(settings.lora().rank(), settings.lora().targets() != LoraTargets.ATTENTION)
                    : new DesignedMemory(settings.lora());
        }
    }

    /**
     * @param rank r
     * @param everyLayer whether layers of the denoiser besides its attentions get adapters; text encoders have them only at
     *     their attentions
     */
    private record Memory(int rank, boolean everyLayer) implements MethodMemory {

        @Override
        public boolean trainsBase() {
            return false;
        }

        @Override
        public long denoiser(Parameters denoiser) {
            return rank * (everyLayer ? denoiser.fullAdapter() : denoiser.attentionAdapter());
        }

        @Override
        public long textEncoder(Parameters textEncoder) {
            return rank * textEncoder.attentionAdapter();
        }

        @Override
        public long fusedDenoiser(Parameters denoiser) {
            return everyLayer ? denoiser.all() - denoiser.tables() : denoiser.attention();
        }

        @Override
        public long fusedTextEncoder(Parameters textEncoder) {
            return textEncoder.attention();
        }

        @Override
        public KeptActivations kept() {
            return everyLayer ? KeptActivations.TRAINED : KeptActivations.ADAPTED;
        }
    }

    /** With a layer's tensors counted one by one. */
    private record DesignedMemory(Settings settings) implements MethodMemory {

        private long numbers(Parameters network, LoraTargets targets) {
            return settings.design().numbers(network.part() + ".", layersOf(network, targets));
        }

        @Override
        public boolean trainsBase() {
            return false;
        }

        @Override
        public long denoiser(Parameters denoiser) {
            return numbers(denoiser, settings.targets());
        }

        @Override
        public long textEncoder(Parameters textEncoder) {
            return numbers(textEncoder, LoraTargets.ATTENTION);
        }

        @Override
        public long fusedDenoiser(Parameters denoiser) {
            return plain().fusedDenoiser(denoiser);
        }

        @Override
        public long fusedTextEncoder(Parameters textEncoder) {
            return plain().fusedTextEncoder(textEncoder);
        }

        @Override
        public int copiesOfChangedWeights() {
            return settings.design().copies();
        }

        @Override
        public KeptActivations kept() {
            return plain().kept();
        }

        private Memory plain() {
            return new Memory(settings.rank(), settings.targets() != LoraTargets.ATTENTION);
        }
    }
}
