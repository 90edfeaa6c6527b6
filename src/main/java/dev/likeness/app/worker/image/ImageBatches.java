package dev.likeness.app.worker.image;

import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.worker.task.ProgressMeter;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.diffusion.pipeline.GeneratedImage;
import dev.likeness.diffusion.pipeline.GenerationRequest;
import dev.likeness.diffusion.pipeline.Pipeline;
import dev.likeness.diffusion.plan.SamplingLoad;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
     * Generates the images of a plan that do not exist yet.
     *
     * @param prompt converts the plan's prompts to those to sample
     * @param present positions of the images that exist
     * @param done images of the phase that already existed, for the report
     * @param keeper receives each image with its position
     */
    public void generate(
            ImagePlan plan,
            UnaryOperator<String> prompt,
            Set<Integer> present,
            int done,
            BiConsumer<Integer, GeneratedImage> keeper) {
        generateTimed(plan, prompt, present, done, (position, image, seconds) -> keeper.accept(position, image));
    }

    /** @param keeper also receives the seconds per image */
    public void generateTimed(
            ImagePlan plan, UnaryOperator<String> prompt, Set<Integer> present, int done, TimedKeeper keeper) {
        generateTogether(List.of(new Series(plan, prompt, present, keeper)), done);
    }

    /**
     * Generates the missing images of several plans, whose images share batches. The plans differ only in their prompts and seeds.
     *
     * @param done images of the phase that already existed, for the report
     */
    public void generateTogether(List<Series> series, int done) {
        ImagePlan plan = series.get(0).plan();
        if (series.stream().anyMatch(it -> !it.plan().sharesBatchesWith(plan))) {
            throw new IllegalArgumentException("images of different settings cannot share batches");
        }
        List<PlannedImage> planned =
                series.stream().flatMap(ImageBatches::missing).toList();
        pipeline.fuseAdapters(plan.fused());
        int batch = new SamplingLoad(plan.settings().width(), plan.settings().height(), planned.size())
                .atOnce(imagesAtOnce);
        for (int from = 0; from < planned.size(); from += batch) {
            control.check();
            List<PlannedImage> some = planned.subList(from, Math.min(from + batch, planned.size()));
            int before = done + from;
            long start = System.nanoTime();
            List<GeneratedImage> generated = pipeline.generate(
                    request(plan, some),
                    control.whileGenerating((step, steps) -> meter.at(before + some.size() * step / (steps + 1))));
            double seconds = (System.nanoTime() - start) / 1e9 / generated.size();
            for (int i = 0; i < generated.size(); i++) {
                some.get(i).keeper().keep(some.get(i).position(), generated.get(i), seconds);
            }
            meter.forecast().imagesGenerated(some.size(), (System.nanoTime() - start) / 1e9);
            meter.now(before + some.size());
        }
    }

    private static Stream<PlannedImage> missing(Series series) {
        ImagePlan plan = series.plan();
        return IntStream.range(0, plan.images())
                .filter(position -> !series.present().contains(position))
                .mapToObj(position -> {
                    int prompt = position / plan.imagesPerPrompt();
                    return new PlannedImage(
                            position,
                            new GenerationRequest.Image(
                                    series.prompt().apply(plan.prompts().get(prompt)),
                                    plan.negativePrompt(),
                                    plan.seed(prompt, position % plan.imagesPerPrompt())),
                            series.keeper());
                });
    }

    private static GenerationRequest request(ImagePlan plan, List<PlannedImage> planned) {
        return new GenerationRequest(
                planned.stream().map(PlannedImage::image).toList(),
                plan.settings(),
                plan.adapterScales(),
                planned.size());
    }

    /**
     * The images of a plan that do not exist yet.
     *
     * @param prompt converts the plan's prompts to those to sample
     * @param present positions of the images that exist
     */
    public record Series(ImagePlan plan, UnaryOperator<String> prompt, Set<Integer> present, TimedKeeper keeper) {}

    /** Stores an image with its share of the seconds of its batch. */
    public interface TimedKeeper {
        void keep(int position, GeneratedImage image, double seconds);
    }

    /** An image at its position, with its prompt without placeholders. */
    private record PlannedImage(int position, GenerationRequest.Image image, TimedKeeper keeper) {}
}
