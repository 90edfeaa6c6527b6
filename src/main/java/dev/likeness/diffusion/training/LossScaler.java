package dev.likeness.diffusion.training;

/**
 * Dynamic loss scaling for fp16 (Micikevicius et al. 2018, arXiv:1710.03740), by the rule of torch.amp.GradScaler: the
 * loss is multiplied by the scale, so that small gradients do not vanish, and the gradients are divided by it; where
 * they overflow, the optimizer's step is skipped and the scale halves; after 2000 steps without an overflow it doubles.
 */
public final class LossScaler {

    private static final float INITIAL = 65536;
    private static final float GROWTH = 2;
    private static final float BACKOFF = 0.5f;
    private static final int GROWTH_INTERVAL = 2000;

    private float scale;
    private int goodSteps;

    /**
     * The state that a checkpoint keeps.
     *
     * @param scale a positive finite number
     * @param goodSteps steps since the scale last changed, 0 to 1999
     */
    public record State(float scale, int goodSteps) {

        /** A run's first scale: 65536. */
        public static State initial() {
            return new State(INITIAL, 0);
        }

        public State {
            if (!Float.isFinite(scale) || scale <= 0 || goodSteps < 0 || goodSteps >= GROWTH_INTERVAL) {
                throw new IllegalArgumentException("scale %s after %d good steps".formatted(scale, goodSteps));
            }
        }
    }

    /** Continues from a state. */
    public LossScaler(State state) {
        scale = state.scale();
        goodSteps = state.goodSteps();
    }

    /** The factor of the next step's loss, by which its gradients are divided. */
    public float scale() {
        return scale;
    }

    /** The state, for a checkpoint. */
    public State state() {
        return new State(scale, goodSteps);
    }

    /**
     * Adapts the scale after a step.
     *
     * @param finite whether all gradients of the step were finite; otherwise its optimizer step must be skipped
     */
    public void update(boolean finite) {
        if (!finite) {
            goodSteps = 0;
            // A scale of zero would never grow again.
            scale = Math.max(scale * BACKOFF, Float.MIN_NORMAL);
        } else if (++goodSteps == GROWTH_INTERVAL) {
            goodSteps = 0;
            scale = Float.isFinite(scale * GROWTH) ? scale * GROWTH : scale;
        }
    }
}
