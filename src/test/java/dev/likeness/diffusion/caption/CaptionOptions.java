package dev.likeness.diffusion.caption;

import dev.likeness.diffusion.caption.Captioner.Options;

/** Options of captions as transformers has them by default. */
public final class CaptionOptions {

    private static final int MAX_LENGTH = 20;

    private CaptionOptions() {}

    /** These, with a prompt and a number of beams. */
    public static Options options(String prompt, int beams) {
        return new Options(prompt, beams, MAX_LENGTH);
    }
}
