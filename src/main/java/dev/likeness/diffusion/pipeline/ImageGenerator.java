package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.pipeline.GeneratedImage.Recipe;
import dev.likeness.diffusion.sampling.GenerationListener;
import dev.likeness.diffusion.sampling.GuidedSampling;
import dev.likeness.diffusion.sampling.GuidedSampling.Text;
import dev.likeness.diffusion.sampling.LatentDecoder;
import dev.likeness.diffusion.sampling.Sampler;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import dev.likeness.diffusion.schedule.SchedulerConfig;
import dev.likeness.diffusion.schedule.Solver;
import dev.likeness.diffusion.text.TextTowers;
import dev.likeness.diffusion.text.TextTowers.Conditioning;
import dev.likeness.diffusion.vae.VaeConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Draws a request's images: texts, latents, pixels. */
final class ImageGenerator {

    private final NDManager manager;
    private final ModelParts parts;
    private final SchedulerConfig scheduler;
    private final ModelInfo info;

    ImageGenerator(NDManager manager, ModelParts parts, SchedulerConfig scheduler, ModelInfo info) {
        this.manager = manager;
        this.parts = parts;
        this.scheduler = scheduler;
        this.info = info;
    }

    List<GeneratedImage> generate(GenerationRequest request, GenerationListener listener) {
        requireSize(request);
        parts.use(Precision.FP32);
        Counter counter = new Counter(request, listener, solver(request).timesteps().length);
        List<GeneratedImage> images = new ArrayList<>();
        try (NDManager scope = manager.newSubManager()) {
            Map<String, Text> texts = texts(scope, request);
            int size = Math.max(1, request.batchSize());
            for (int start = 0; start < request.images().size(); start += size) {
                int end = Math.min(start + size, request.images().size());
                images.addAll(batch(request, request.images().subList(start, end), texts, counter));
            }
        }
        return images;
    }

    private void requireSize(GenerationRequest request) {
        int multiple = info.sizeMultiple();
        if (request.width() % multiple != 0 || request.height() % multiple != 0) {
            throw new IllegalArgumentException("%dx%d: both sides have to be multiples of %d"
                    .formatted(request.width(), request.height(), multiple));
        }
    }

    private Solver solver(GenerationRequest request) {
        return Sampler.of(request.sampler()).solver(scheduler, request.steps(), request.eta());
    }

    /** What every text of the request says, each encoded once. */
    private Map<String, Text> texts(NDManager scope, GenerationRequest request) {
        Map<String, Text> texts = new HashMap<>();
        for (GenerationRequest.Image image : request.images()) {
            for (String text : List.of(image.prompt(), image.negativePrompt())) {
                texts.computeIfAbsent(text, prompt -> text(scope, prompt));
            }
        }
        return texts;
    }

    private Text text(NDManager scope, String prompt) {
        TextTowers towers = parts.towers();
        Conditioning found = towers.encode(
                scope, List.of(parts.tokens().expand(prompt)), parts.tokens().rows());
        NDArray pooled = found.pooled();
        NDArray row = pooled == null ? null : pooled.get(0);
        NDArray context = found.context().get(0);
        // SDXL's base was trained with zeros where there is no text.
        return towers.zeroes(prompt)
                ? new Text(context.zerosLike(), row == null ? null : row.zerosLike())
                : new Text(context, row);
    }

    private List<GeneratedImage> batch(
            GenerationRequest request,
            List<GenerationRequest.Image> images,
            Map<String, Text> texts,
            GuidedSampling.Watch watch) {
        VaeConfig vae = parts.vae().config();
        Shape shape = new Shape(vae.latentChannels(), request.height() / vae.factor(), request.width() / vae.factor());
        List<GuidedSampling.Image> starts = new ArrayList<>();
        for (GenerationRequest.Image image : images) {
            RandomDraws draws = new RandomDraws(image.seed());
            starts.add(new GuidedSampling.Image(
                    draws.normal(Purpose.INITIAL_LATENT, 0, 0, (int) shape.size()),
                    Objects.requireNonNull(texts.get(image.prompt())),
                    Objects.requireNonNull(texts.get(image.negativePrompt())),
                    solver(request),
                    (step, length) -> draws.normal(Purpose.SAMPLER_NOISE, step, 0, length)));
        }
        List<float[]> latents =
                new GuidedSampling(parts.unet(), vae.factor(), request.guidance()).run(manager, starts, shape, watch);
        List<GeneratedImage> drawn = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            drawn.add(new GeneratedImage(pixels(request, latents.get(i), shape), recipe(request, images.get(i))));
        }
        return drawn;
    }

    private RgbImage pixels(GenerationRequest request, float[] latent, Shape shape) {
        float[] decoded = LatentDecoder.decode(manager, parts.vae(), latent, shape);
        return new RgbImage(request.width(), request.height(), LatentDecoder.toRgb(decoded));
    }

    private Recipe recipe(GenerationRequest request, GenerationRequest.Image image) {
        return new Recipe(
                image.prompt(),
                image.negativePrompt(),
                image.seed(),
                request.sampler(),
                request.steps(),
                request.guidance(),
                request.eta(),
                request.width(),
                request.height(),
                info.hash());
    }

    /** Counts network steps over all batches. */
    private static final class Counter implements GuidedSampling.Watch {

        private final GenerationListener listener;
        private final int total;
        private int done;

        Counter(GenerationRequest request, GenerationListener listener, int stepsPerBatch) {
            int size = Math.max(1, request.batchSize());
            int batches = (request.images().size() + size - 1) / size;
            this.listener = listener;
            this.total = batches * stepsPerBatch;
        }

        @Override
        public void stepDone() {
            listener.onStep(++done, total);
        }

        @Override
        public boolean stopRequested() {
            return listener.stopRequested();
        }
    }
}
