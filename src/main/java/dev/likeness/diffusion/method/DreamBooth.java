package dev.likeness.diffusion.method;

import dev.likeness.diffusion.plan.KeptActivations;
import dev.likeness.diffusion.plan.MethodMemory;
import dev.likeness.diffusion.plan.Parameters;

/**
 * DreamBooth: all weights of the UNet are trained (Ruiz et al. 2022, arXiv:2208.12242).
 *
 * @param textEncoder whether the text encoders are trained too
 */
public record DreamBooth(boolean textEncoder) implements Method {

    /** The description of the method. */
    public static final MethodType TYPE = new Type();

    @Override
    public MethodType type() {
        return TYPE;
    }

    private static final class Type extends MethodType {

        Type() {
            super("dreambooth", "DreamBooth", TrainedKind.WEIGHTS);
        }

        @Override
        public Method configured(MethodSettings settings, PromptWords words) {
            return new DreamBooth(settings.trainTextEncoder());
        }

        @Override
        public MethodMemory memory(MethodSettings settings) {
            return new Memory();
        }
    }

    private record Memory() implements MethodMemory {

        @Override
        public boolean trainsBase() {
            return true;
        }

        @Override
        public long denoiser(Parameters denoiser) {
            return denoiser.all();
        }

        @Override
        public long textEncoder(Parameters textEncoder) {
            return textEncoder.all();
        }

        @Override
        public KeptActivations kept() {
            return KeptActivations.TRAINED;
        }
    }
}
