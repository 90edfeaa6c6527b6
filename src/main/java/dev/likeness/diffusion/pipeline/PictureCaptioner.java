package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.caption.Captioner.Options;
import dev.likeness.diffusion.data.RgbImage;

/** A model that describes pictures. */
public interface PictureCaptioner extends AutoCloseable {

    /** Tokens that a caption may have at most, whatever is asked for. */
    int maxLength();

    /**
     * Describes a picture of any size.
     *
     * @return words in lower case, those that it was to begin with included
     * @throws IllegalArgumentException if the length asked for leaves no room behind those, or is more than there can be
     */
    String caption(RgbImage picture, Options options);

    /** Frees every weight. */
    @Override
    void close();
}
