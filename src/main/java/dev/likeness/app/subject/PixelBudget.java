package dev.likeness.app.subject;

/** What decoding may cost. */
@FunctionalInterface
interface PixelBudget {

    /**
     * Counts pixels that are about to be decoded.
     *
     * @throws TooManyPixelsException if the present owner has had too many of late; nothing is counted then
     */
    void take(long pixels);
}
