package dev.likeness.diffusion.schedule;

/** The noise levels of a run before the shift: evenly spaced, and after them 0. Pipelines of diffusers differ in it. */
public enum FlowGrid {

    /**
     * From the highest to the lowest level of training, as in the pipeline of Stable Diffusion 3. Those are shifted
     * already, so that the lowest level is shifted twice.
     */
    TRAINED {
        @Override
        double lowest(double trained, int steps) {
            return trained;
        }
    },

    /** From 1 to 1 / steps, as in FLUX's pipeline: all steps have equal length, the last one to 0 included. */
    EQUAL_STEPS {
        @Override
        double lowest(double trained, int steps) {
            return 1.0 / steps;
        }
    };

    /**
     * The last level above 0.
     *
     * @param trained the lowest level of training
     */
    abstract double lowest(double trained, int steps);
}
