package dev.likeness.diffusion.method;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.plan.KeptActivations;
import dev.likeness.diffusion.plan.MethodMemory;
import dev.likeness.diffusion.plan.Parameters;

/**
 * DreamBooth with low-rank adapters: the base is frozen, and an adapter beside its layers learns (Hu et al. 2021,
 * arXiv:2106.09685).
 *
 * @param rank r, at least 1
 * @param alpha the scale of the adapter is alpha / r
 * @param dropout dropout of the adapter's inputs in training, 0 to below 1
 * @param targets layers of the denoiser that get an adapter
 * @param textEncoder whether the text encoders' attention gets adapters too
 */
public record Lora(int rank, double alpha, double dropout, LoraTargets targets, boolean textEncoder) implements Method {

    /** The method by itself. */
    public static final MethodType TYPE = new Type();

    @Override
    public MethodType type() {
        return TYPE;
    }

    /** The section of a spec. */
    private record Section(int rank, double alpha, double dropout, LoraTargets targets) {}

    private static final class Type extends MethodType {

        Type() {
            super("dreambooth_lora", "DreamBooth LoRA", "lora", TrainedKind.ADAPTER);
        }

        @Override
        public Method configured(MethodSettings settings, PromptWords words) {
            Section lora = settings.section(Section.class);
            return new Lora(lora.rank, lora.alpha, lora.dropout, lora.targets, settings.trainTextEncoder());
        }

        @Override
        public MethodMemory memory(MethodSettings settings) {
            Section lora = settings.section(Section.class);
            return new Memory(lora.rank, lora.targets != LoraTargets.ATTENTION);
        }
    }

    /**
     * @param rank r
     * @param everyLayer whether layers of the denoiser besides its attentions get adapters; text encoders have them at their
     *     attentions alone
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
}
