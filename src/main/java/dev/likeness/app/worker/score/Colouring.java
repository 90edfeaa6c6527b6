package dev.likeness.app.worker.score;

import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.ColourEncoder;
import dev.likeness.diffusion.pipeline.Pipeline.ImageEncoder;
import java.util.List;

/** Summaries of colours in place of embeddings. */
final class Colouring implements ImageEncoder {

    @Override
    public String id() {
        return ColourEncoder.ID;
    }

    @Override
    public float[][] embed(List<RgbImage> pictures) {
        return ColourEncoder.summarise(pictures);
    }
}
