package dev.likeness.app.report;

import dev.likeness.diffusion.data.RgbImage;
import java.util.function.IntFunction;

/** Pictures as training sees them, as {@code data:} URLs. */
public final class TrainingThumbnails {

    private final Thumbnails thumbnails;
    private final IntFunction<RgbImage> views;

    TrainingThumbnails(Thumbnails thumbnails, IntFunction<RgbImage> views) {
        this.thumbnails = thumbnails;
        this.views = views;
    }

    /** @param position of the picture, from 0 */
    public String url(int position) {
        return thumbnails.url(views.apply(position));
    }
}
