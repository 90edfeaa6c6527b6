package dev.likeness.app.upload;

/** The limit of decoded pixels. */
@FunctionalInterface
public interface PixelBudget {

    /**
     * Counts pixels that are about to be decoded.
     *
     * @throws TooManyPixelsException if the current owner has exceeded the limit; then nothing is counted
     */
    void take(long pixels);
}
