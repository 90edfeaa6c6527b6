package dev.likeness.diffusion.training;

/**
 * The result of computing a whole step a second time, without a watch.
 *
 * @param loss of the step
 * @param finiteGradients whether all values of all gradients are finite
 * @param norm the gradients' common 2-norm, summed in fp32
 */
public record Recomputed(double loss, boolean finiteGradients, double norm) {

    /** Whether loss, gradients and norm are finite. */
    boolean isFinite() {
        return Double.isFinite(loss) && Double.isFinite(norm);
    }

    /** Whether only the norm overflows in fp32, which it does for values above 1.8e19. */
    boolean normOverflows() {
        return Double.isFinite(loss) && finiteGradients && !Double.isFinite(norm);
    }
}
