package dev.likeness.diffusion.training;

/**
 * Dynamic loss scaling for fp16 (Micikevicius et al. 2018, arXiv:1710.03740), by the rule of torch.amp.GradScaler: the
 * loss is multiplied by the scale, so that small gradients do not vanish, and the gradients are divided by it; where
 * they overflow, the optimizer's step is left out and the scale halves; after 2000 steps without that it doubles.
 */
public final class LossScaler {

    private static final float INITIAL = 65536;
    private static final float GROWTH = 2;
    private static final float BACKOFF = 0.5f;
    private static final int GROWTH_INTERVAL = 2000;

    private float scale;
    private int goodSteps;

    /**
     * What has to be kept to go on later.
     *
     * @param scale a positive finite number
     * @param goodSteps 0 to 1999, since the scale last changed
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

    /** Goes on from a state. */
    public LossScaler(State state) {
        scale = state.scale();
        goodSteps = state.goodSteps();
    }

    /** What to multiply the next step's loss by, and to divide its gradients by. */
    public float scale() {
        return scale;
    }

    /** What the scale and its growth depend on. */
    public State state() {
        return new State(scale, goodSteps);
    }

    /**
     * Adapts the scale after a step.
     *
     * @param finite no gradient of the step was infinite or not a number; if one was, its optimizer step has to be left
     *     out
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
