package dev.likeness.app.worker.image;

import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.worker.task.ProgressMeter;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.pipeline.GeneratedImage;
import dev.likeness.diffusion.pipeline.GenerationRequest;
import dev.likeness.diffusion.pipeline.Pipeline;
import dev.likeness.diffusion.plan.SamplingLoad;
import dev.likeness.diffusion.sampling.SamplingSettings;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Generates images in batches and stores each batch as soon as it is finished. The loss of a worker then costs at most
 * one batch.
 */
public final class ImageBatches {

    private final Pipeline pipeline;
    private final TaskControl control;
    private final ProgressMeter meter;
    private final int imagesAtOnce;

    /** @param imagesAtOnce maximum number of images in a batch */
    public ImageBatches(Pipeline pipeline, TaskControl control, ProgressMeter meter, int imagesAtOnce) {
        this.pipeline = pipeline;
        this.control = control;
        this.meter = meter;
        this.imagesAtOnce = imagesAtOnce;
    }

    /**
     * @param done images of the phase that already existed, for the report
     * @param keeper receives each image with its position
     */
    public void generate(
            Style style, List<PlannedImage> planned, int done, BiConsumer<Integer, GeneratedImage> keeper) {
        generateTimed(style, planned, done, (position, image, seconds) -> keeper.accept(position, image));
    }

    /** @param keeper also receives the seconds per image */
    public void generateTimed(Style style, List<PlannedImage> planned, int done, TimedKeeper keeper) {
        pipeline.fuseAdapters(style.fused());
        int batch = new SamplingLoad(style.settings().width(), style.settings().height(), planned.size())
                .atOnce(imagesAtOnce);
        for (int from = 0; from < planned.size(); from += batch) {
            control.check();
            List<PlannedImage> some = planned.subList(from, Math.min(from + batch, planned.size()));
            int before = done + from;
            long start = System.nanoTime();
            List<GeneratedImage> generated = pipeline.generate(
                    style.request(some),
                    control.whileGenerating((step, steps) -> meter.at(before + some.size() * step / (steps + 1))));
            double seconds = (System.nanoTime() - start) / 1e9 / generated.size();
            for (int i = 0; i < generated.size(); i++) {
                keeper.keep(some.get(i).position(), generated.get(i), seconds);
            }
            meter.forecast().imagesGenerated(some.size(), (System.nanoTime() - start) / 1e9);
            meter.now(before + some.size());
        }
    }

    /** Stores an image with its share of the seconds of its batch. */
    public interface TimedKeeper {
        void keep(int position, GeneratedImage image, double seconds);
    }

    /** An image at its position, with its prompt without placeholders. */
    public record PlannedImage(int position, GenerationRequest.Image image) {}

    /** The common settings of a run's images. */
    public record Style(SamplingSettings settings, AdapterScales adapterScales, boolean fused) {

        public static Style of(ImagePlan plan) {
            return new Style(plan.settings(), plan.adapterScales(), plan.fused());
        }

        GenerationRequest request(List<PlannedImage> planned) {
            return new GenerationRequest(
                    planned.stream().map(PlannedImage::image).toList(), settings, adapterScales, planned.size());
        }
    }
}
