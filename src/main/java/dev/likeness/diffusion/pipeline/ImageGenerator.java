package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.family.LatentCodec;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.model.ModelInfo;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.model.ModelParts.Part;
import dev.likeness.diffusion.pipeline.GeneratedImage.Recipe;
import dev.likeness.diffusion.sampling.GenerationListener;
import dev.likeness.diffusion.sampling.GuidedSampling;
import dev.likeness.diffusion.sampling.Pixels;
import dev.likeness.diffusion.sampling.PromptTexts;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import dev.likeness.diffusion.schedule.Solver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Generates a request's images: conditioning, latents, pixels. */
final class ImageGenerator {

    private final NDManager manager;
    private final ModelParts parts;
    private final NoiseProcess noise;
    private final ModelInfo info;
    private final boolean fused;

    /** @param fused whether adapters are fused with copies of the weights, for the recipe */
    ImageGenerator(NDManager manager, ModelParts parts, NoiseProcess noise, ModelInfo info, boolean fused) {
        this.manager = manager;
        this.parts = parts;
        this.noise = noise;
        this.info = info;
        this.fused = fused;
    }

    List<GeneratedImage> generate(GenerationRequest request, GenerationListener listener) {
        requireSize(request);
        parts.use(Precision.FP32);
        List<GeneratedImage> images = new ArrayList<>();
        try (NDManager scope = manager.newSubManager()) {
            parts.keepOnly(Set.of(Part.TEXT_ENCODERS));
            List<List<EncodedImage>> batches = batches(request, scope);
            Counter counter =
                    new Counter(listener, batches.size() * solver(request).timesteps().length);
            for (List<EncodedImage> batch : batches) {
                images.addAll(sample(request, batch, counter));
            }
        }
        return images;
    }

    /**
     * An image to generate.
     *
     * @param texts of its prompts for each call of the denoiser
     */
    private record EncodedImage(GenerationRequest.Image image, List<GuidedSampling.Text> texts) {

        /** Tokens of the texts of each call. */
        List<Long> lengths() {
            return texts.stream()
                    .map(text -> text.parts()
                            .get(0)
                            .conditional()
                            .context()
                            .getShape()
                            .get(1))
                    .toList();
        }
    }

    /**
     * Consecutive images that share a batch. Their conditioning has one length in each call: padding the shorter one would make an
     * image depend on the others of its batch.
     */
    private List<List<EncodedImage>> batches(GenerationRequest request, NDManager scope) {
        PromptTexts texts =
                new PromptTexts(scope, parts.conditioner(), parts.tokens(), parts.denoiser(), request.settings());
        int calls = solver(request).timesteps().length;
        List<List<EncodedImage>> batches = new ArrayList<>();
        for (GenerationRequest.Image image : request.images()) {
            EncodedImage encoded = new EncodedImage(image, texts.of(image.prompt(), image.negativePrompt(), calls));
            List<EncodedImage> last = batches.isEmpty() ? List.of() : batches.get(batches.size() - 1);
            boolean joins = !last.isEmpty()
                    && last.size() < request.batchSize()
                    && last.get(0).lengths().equals(encoded.lengths());
            if (joins) {
                last.add(encoded);
            } else {
                batches.add(new ArrayList<>(List.of(encoded)));
            }
        }
        return batches;
    }

    private void requireSize(GenerationRequest request) {
        int multiple = info.sizeMultiple();
        if (request.settings().width() % multiple != 0 || request.settings().height() % multiple != 0) {
            throw new IllegalArgumentException("%dx%d: both sides must be multiples of %d"
                    .formatted(request.settings().width(), request.settings().height(), multiple));
        }
    }

    private Solver solver(GenerationRequest request) {
        SamplingSettings settings = request.settings();
        Shape latents = parts.latentCodec().shape(settings.height(), settings.width());
        return noise.solver(settings.sampler(), settings.steps(), settings.eta(), latents.get(1) * latents.get(2));
    }

    private List<GeneratedImage> sample(
            GenerationRequest request, List<EncodedImage> batch, GuidedSampling.Watch watch) {
        LatentCodec codec = parts.latentCodec();
        Shape shape =
                codec.shape(request.settings().height(), request.settings().width());
        List<GuidedSampling.Image> starts = new ArrayList<>();
        for (EncodedImage encoded : batch) {
            RandomDraws draws = new RandomDraws(encoded.image().seed());
            starts.add(new GuidedSampling.Image(
                    draws.normal(Purpose.INITIAL_LATENT, 0, 0, (int) shape.size()),
                    encoded.texts()::get,
                    solver(request),
                    (step, length) -> draws.normal(Purpose.SAMPLER_NOISE, step, 0, length)));
        }
        parts.keepOnly(Set.of());
        SamplingSettings settings = request.settings();
        List<float[]> latents = new GuidedSampling(
                        parts.denoiser(),
                        codec.factor(),
                        settings::guidance,
                        settings.guided().guidanceRescale())
                .run(manager, starts, shape, watch);
        parts.keepOnly(Set.of(Part.PICTURE_DECODER));
        List<GeneratedImage> generated = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            generated.add(new GeneratedImage(
                    pixels(request, latents.get(i), shape),
                    recipe(request, batch.get(i).image())));
        }
        return generated;
    }

    private RgbImage pixels(GenerationRequest request, float[] latent, Shape shape) {
        float[] decoded = parts.latentCodec().decode(manager, latent, shape);
        return new RgbImage(request.settings().width(), request.settings().height(), Pixels.toRgb(decoded));
    }

    private Recipe recipe(GenerationRequest request, GenerationRequest.Image image) {
        return new Recipe(
                image.prompt(),
                image.negativePrompt(),
                image.seed(),
                request.settings(),
                info.hash(),
                request.adapterScales(),
                fused);
    }

    /** Counts calls of the denoiser over all batches. */
    private static final class Counter implements GuidedSampling.Watch {

        private final GenerationListener listener;
        private final int total;
        private int done;

        Counter(GenerationListener listener, int total) {
            this.listener = listener;
            this.total = total;
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
