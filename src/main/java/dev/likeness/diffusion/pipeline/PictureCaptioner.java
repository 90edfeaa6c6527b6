package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.caption.Captioner.Options;
import dev.likeness.diffusion.data.RgbImage;

/** A model that describes pictures. */
public interface PictureCaptioner extends AutoCloseable {

    /** The most tokens that a caption can have. */
    int maxLength();

    /**
     * Describes a picture of any size.
     *
     * @return words in lower case, with those that the caption begins with
     * @throws IllegalArgumentException if the length leaves no tokens after those words, or exceeds the maximum
     */
    String caption(RgbImage picture, Options options);

    /** Frees every weight. */
    @Override
    void close();
}
