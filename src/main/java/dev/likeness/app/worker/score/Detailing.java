package dev.likeness.app.worker.score;

import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.DetailEncoder;
import dev.likeness.diffusion.pipeline.Pipeline.ImageEncoder;
import java.util.List;

/** Small squares of pictures in place of embeddings. */
final class Detailing implements ImageEncoder {

    @Override
    public String id() {
        return DetailEncoder.ID;
    }

    @Override
    public float[][] embed(List<RgbImage> pictures) {
        return DetailEncoder.embed(pictures);
    }
}
