package dev.likeness.app.task;

/** An owner has as many unfinished jobs as they may. */
public class QuotaExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int limit;

    public QuotaExceededException(int limit) {
        super("%d unfinished jobs".formatted(limit));
        this.limit = limit;
    }

    /** How many there may be. */
    public int limit() {
        return limit;
    }
}
