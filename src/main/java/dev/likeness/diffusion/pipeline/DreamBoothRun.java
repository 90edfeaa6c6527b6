package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.data.TrainingPicture;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.schedule.NoiseSchedule;
import dev.likeness.diffusion.schedule.SchedulerConfig;
import dev.likeness.diffusion.training.AdamW;
import dev.likeness.diffusion.training.CheckpointFile;
import dev.likeness.diffusion.training.Denoising;
import dev.likeness.diffusion.training.DreamBoothExamples;
import dev.likeness.diffusion.training.TrainingListener;
import dev.likeness.diffusion.training.TrainingLoop;
import dev.likeness.diffusion.training.TrainingSummary;
import dev.likeness.diffusion.vae.VaeConfig;
import java.util.List;
import java.util.Locale;

/** Puts a DreamBooth run together from a request. */
final class DreamBoothRun {

    private final NDManager manager;
    private final ModelParts parts;
    private final NoiseSchedule schedule;
    private final ModelInfo info;

    DreamBoothRun(NDManager manager, ModelParts parts, SchedulerConfig scheduler, ModelInfo info) {
        this.manager = manager;
        this.parts = parts;
        this.schedule = NoiseSchedule.of(scheduler);
        this.info = info;
    }

    TrainingSummary train(TrainingRequest request, TrainingListener listener) {
        TrainingRequest.Settings settings = request.settings();
        requireTrainable(settings);
        Precision precision = Precision.valueOf(settings.precision().toUpperCase(Locale.ROOT));
        parts.unet().network().use(precision);
        parts.textEncoder().network().use(precision);
        try (NDManager scope = manager.newSubManager();
                Denoising method = denoising(scope, request);
                AdamW optimizer = new AdamW(scope, method.parameters(), adamW(settings));
                TrainingLoop loop = new TrainingLoop(scope, method, optimizer, loopSettings(request))) {
            int firstStep = request.resumeFrom() == null
                    ? 0
                    : CheckpointFile.restoreInPlace(
                            request.resumeFrom(), method.parameters(), optimizer, fingerprint(request));
            return loop.run(firstStep, listener);
        }
    }

    private void requireTrainable(TrainingRequest.Settings settings) {
        if (settings.resolution() % info.sizeMultiple() != 0) {
            throw new IllegalArgumentException(
                    "resolution %d is no multiple of %d".formatted(settings.resolution(), info.sizeMultiple()));
        }
    }

    private Denoising denoising(NDManager scope, TrainingRequest request) {
        TrainingRequest.Settings settings = request.settings();
        VaeConfig vae = parts.vae().config();
        int side = settings.resolution() / vae.factor();
        List<long[]> prompts = List.of(
                parts.tokenizer().encode(request.instancePrompt()),
                parts.tokenizer().encode(request.priorPrompt()));
        Denoising.Options options = new Denoising.Options(
                prompts,
                new Shape(vae.latentChannels(), side, side),
                settings.trainTextEncoder(),
                settings.gradientCheckpointing());
        return new Denoising(
                scope,
                new Denoising.Networks(parts.unet(), parts.textEncoder(), schedule),
                options,
                examples(scope, request));
    }

    private DreamBoothExamples examples(NDManager scope, TrainingRequest request) {
        TrainingRequest.Settings settings = request.settings();
        boolean flips = settings.randomFlip();
        DreamBoothExamples.Sources sources = new DreamBoothExamples.Sources(
                prepare(request.instanceImages(), settings.resolution(), false),
                flips ? prepare(request.instanceImages(), settings.resolution(), true) : List.of(),
                prepare(request.priorImages(), settings.resolution(), false),
                settings.resolution());
        return new DreamBoothExamples(
                scope,
                parts.vae(),
                sources,
                schedule,
                new DreamBoothExamples.Settings(
                        settings.batchSize(),
                        settings.gradientAccumulation(),
                        settings.priorLossWeight(),
                        settings.snrGamma(),
                        flips,
                        settings.seed()));
    }

    private static List<float[]> prepare(List<RgbImage> pictures, int side, boolean mirrored) {
        return pictures.stream()
                .map(picture -> TrainingPicture.prepare(picture, side, mirrored))
                .toList();
    }

    private static AdamW.Settings adamW(TrainingRequest.Settings settings) {
        return new AdamW.Settings(settings.beta1(), settings.beta2(), settings.weightDecay(), settings.epsilon());
    }

    private TrainingLoop.Settings loopSettings(TrainingRequest request) {
        TrainingRequest.Settings settings = request.settings();
        return new TrainingLoop.Settings(
                settings.steps(),
                settings.learningRate(),
                settings.gradientAccumulation(),
                settings.maxGradientNorm(),
                settings.checkpointEvery(),
                fingerprint(request));
    }

    /** What a checkpoint has to agree with: everything that the losses depend on. */
    private String fingerprint(TrainingRequest request) {
        TrainingRequest.Settings s = request.settings();
        return String.join(
                "|",
                List.of(
                        info.hash(),
                        request.instancePrompt(),
                        request.priorPrompt(),
                        request.instanceImages().size() + "+"
                                + request.priorImages().size(),
                        "batch " + s.batchSize() + "x" + s.gradientAccumulation(),
                        "rate " + s.learningRate(),
                        "resolution " + s.resolution() + (s.randomFlip() ? " flip" : ""),
                        s.precision() + (s.trainTextEncoder() ? " text" : ""),
                        "lambda " + s.priorLossWeight() + " clip " + s.maxGradientNorm() + " snr " + s.snrGamma(),
                        "adamw %s %s %s %s".formatted(s.beta1(), s.beta2(), s.weightDecay(), s.epsilon()),
                        "seed " + s.seed()));
    }
}
