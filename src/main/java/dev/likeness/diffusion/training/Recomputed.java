package dev.likeness.diffusion.training;

/**
 * What a whole step comes to when it is computed a second time, without a watch.
 *
 * @param loss of the step
 * @param finiteGradients whether every value of every gradient is a finite number
 * @param norm the gradients' common 2-norm, summed in fp32
 */
public record Recomputed(double loss, boolean finiteGradients, double norm) {

    /** Whether the step could be taken. */
    boolean isFinite() {
        return Double.isFinite(loss) && Double.isFinite(norm);
    }

    /** Whether nothing but the norm is too large for fp32, whose squares end at values of 1.8e19. */
    boolean normOverflows() {
        return Double.isFinite(loss) && finiteGradients && !Double.isFinite(norm);
    }
}
