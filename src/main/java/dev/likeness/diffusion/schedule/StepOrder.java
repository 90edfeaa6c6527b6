package dev.likeness.diffusion.schedule;

/**
 * Checks that the steps of a run are taken in order, each once. Otherwise, a multistep solver would silently give wrong
 * results.
 */
final class StepOrder {

    private final int steps;
    private int next;

    StepOrder(int steps) {
        this.steps = steps;
    }

    /** @throws IllegalStateException if another step is next, or the run is over */
    void take(int index) {
        if (next == steps) {
            throw new IllegalStateException("step %d after the last".formatted(index));
        }
        if (index != next) {
            throw new IllegalStateException("step %d where step %d was due".formatted(index, next));
        }
        next++;
    }
}
