package dev.likeness.diffusion.method;

import dev.likeness.diffusion.plan.MethodMemory;
import dev.likeness.diffusion.training.Phases;
import dev.likeness.diffusion.training.TrainedPart;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Pivotal tuning: embeddings of a placeholder token and adapters are trained in one run, after Roich et al. 2021 (arXiv:2106.05744), who
 * invert a picture first and then tune the network around it. Both at once until the pivot as in diffusers' advanced DreamBooth
 * scripts, or one after the other as in {@code lora_pti} of cloneofsimo's lora.
 *
 * @param lora the adapters
 * @param inversion the placeholder token, without momentum
 * @param phases the steps that train each of them
 * @param rescaling power of {@link dev.likeness.diffusion.training.Rescaling}, 0 to 1
 */
public record PivotalTuning(Lora lora, TextualInversion inversion, Phases phases, double rescaling) implements Method {

    /** The description of the method. */
    public static final MethodType TYPE = new Type();

    @Override
    public MethodType type() {
        return TYPE;
    }

    /** The section {@code pivotal_tuning} of a spec. */
    public interface Settings {

        /** Share of the steps after which the embeddings are not trained any more, above 0 to 1. */
        double embeddingsUntil();

        /** Share of the steps after which adapters are trained, 0 to below 1. */
        double adapterFrom();

        /** Power of {@link dev.likeness.diffusion.training.Rescaling}, 0 to 1. */
        double rescaling();

        /**
         * The steps of a run that train each part.
         *
         * @throws IllegalArgumentException if the embeddings have no step, or a step trains nothing
         */
        default Phases phases(int steps) {
            return new Phases(
                    step(adapterFrom(), steps),
                    embeddingsUntil() == 1 ? Integer.MAX_VALUE : step(embeddingsUntil(), steps));
        }

        /** The nearest number of steps to a share of them. */
        static int step(double share, int steps) {
            return Math.toIntExact(Math.round(share * steps));
        }
    }

    private static final class Type extends MethodType {

        Type() {
            super("pivotal_tuning", "Pivotal tuning", TrainedKind.ADAPTER_WITH_EMBEDDINGS);
        }

        @Override
        public Method configured(MethodSettings settings, PromptWords words) {
            return new PivotalTuning(
                    new Lora(settings.lora(), settings.trainTextEncoder()),
                    TextualInversion.of(settings.textualInversion(), words, null),
                    settings.pivotalTuning().phases(settings.steps()),
                    settings.pivotalTuning().rescaling());
        }

        @Override
        public Set<TrainedPart> parts(MethodSettings settings) {
            return settings.trainTextEncoder()
                    ? EnumSet.allOf(TrainedPart.class)
                    : EnumSet.of(TrainedPart.DENOISER, TrainedPart.EMBEDDINGS);
        }

        /** A few embeddings are too small to count beside a network. */
        @Override
        public MethodMemory memory(MethodSettings settings) {
            return Lora.TYPE.memory(settings).withEmbeddings();
        }

        @Override
        public List<String> prompts(MethodSettings settings, String instancePrompt) {
            return TextualInversion.TYPE.prompts(settings, instancePrompt);
        }
    }
}
