package dev.likeness.app.memory;

import java.util.List;

/** A job takes more memory than there is, whatever may be changed about it is changed. */
public final class PlanDoesNotFitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    PlanDoesNotFitException(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }

    /**
     * The numbers.
     *
     * @param plans from the one that was asked for to the smallest
     * @param device with the most memory
     * @param deviceBytes that a task may take of it
     * @param message what is too large, and what to do
     */
    public record Refusal(List<Plan> plans, String device, long deviceBytes, String message) {

        public Refusal {
            plans = List.copyOf(plans);
        }
    }

    /**
     * A plan that does not fit.
     *
     * @param economies what is changed in it, in words
     * @param bytes that it takes
     */
    public record Plan(List<String> economies, long bytes) {

        public Plan {
            economies = List.copyOf(economies);
        }
    }
}
