package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.data.CropMode;
import dev.likeness.diffusion.data.Framing;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.method.MethodTraining;
import dev.likeness.diffusion.method.TrainedWeights;
import dev.likeness.diffusion.method.TrainedWeightsFile;
import dev.likeness.diffusion.model.ModelInfo;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.model.ModelParts.Part;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.tensor.NativeHeap;
import dev.likeness.diffusion.token.PromptSyntax;
import dev.likeness.diffusion.training.Adafactor;
import dev.likeness.diffusion.training.AdamW;
import dev.likeness.diffusion.training.AdamW8bit;
import dev.likeness.diffusion.training.AveragedObjective;
import dev.likeness.diffusion.training.CheckpointFile;
import dev.likeness.diffusion.training.DenoisingObjective;
import dev.likeness.diffusion.training.Lion;
import dev.likeness.diffusion.training.LossFunction;
import dev.likeness.diffusion.training.LossScaler;
import dev.likeness.diffusion.training.Objective;
import dev.likeness.diffusion.training.Optimizer;
import dev.likeness.diffusion.training.ParameterGroups;
import dev.likeness.diffusion.training.PictureExamples;
import dev.likeness.diffusion.training.Prodigy;
import dev.likeness.diffusion.training.Prompts;
import dev.likeness.diffusion.training.ScheduleFreeAdamW;
import dev.likeness.diffusion.training.TrainingListener;
import dev.likeness.diffusion.training.TrainingLoop;
import dev.likeness.diffusion.training.TrainingSettings;
import dev.likeness.diffusion.training.TrainingSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the training that a request describes. */
final class TrainingRun {

    private final ModelParts parts;
    private final NoiseProcess noise;
    private final ModelInfo info;
    private final TrainingRequest request;
    private final TrainingSettings settings;
    private final boolean mayCast;
    /** Parts besides the denoiser that the steps use. */
    private final Set<Part> needed = EnumSet.noneOf(Part.class);

    private @Nullable MethodTraining training;
    private @Nullable ParameterGroups groups;
    private @Nullable AveragedObjective average;
    private boolean usesAverage = true;

    /** @param mayCast whether the fp32 weights can be loaded again after frozen weights were cast */
    TrainingRun(ModelParts parts, NoiseProcess noise, ModelInfo info, TrainingRequest request, boolean mayCast) {
        this.mayCast = mayCast;
        this.parts = parts;
        this.noise = noise;
        this.info = info;
        this.request = request;
        this.settings = request.settings();
        if (settings.crop() == CropMode.RANDOM) {
            needed.add(Part.PICTURE_ENCODER);
        }
    }

    /** The noise of the run, also of the images that are sampled during it. */
    NoiseProcess noise() {
        return noise;
    }

    /** Whether the request asks for zero terminal SNR. */
    boolean hasZeroTerminalSnr() {
        return settings.zeroTerminalSnr();
    }

    /** The outcome of a run. */
    record Result(TrainingSummary summary, TrainedWeights weights) {}

    /** @param manager owns the trained weights */
    Result train(NDManager manager, TrainingListener listener) {
        requireTrainable();
        // Gradient checkpointing trades time for memory, so freed memory goes back to the system at once.
        NativeHeap.returnAtOnce(settings.gradientCheckpointing());
        try {
            return run(manager, listener);
        } finally {
            NativeHeap.returnAtOnce(false);
        }
    }

    private Result run(NDManager manager, TrainingListener listener) {
        parts.use(precision());
        if (castsFrozenWeights()) {
            parts.castFrozenWeights();
        }
        parts.keepOnly(Set.of());
        try (NDManager scope = manager.newSubManager();
                MethodTraining setup = MethodTraining.of(manager, parts, request.method(), settings.seed());
                DenoisingObjective denoising = denoising(scope, setup);
                ParameterGroups trained = ParameterGroups.of(
                        scope,
                        denoising.parameters(),
                        settings,
                        setup.trainable().phases(),
                        this::optimizer)) {
            training = setup;
            groups = trained;
            encodeText(denoising);
            setup.report(listener);
            try (AveragedObjective averaged = averaged(scope, denoising)) {
                average = averaged;
                TrainingSummary summary = loop(scope, averaged == null ? denoising : averaged, trained, listener);
                useAverage(true);
                showResult();
                return new Result(summary, setup.trainedWeights(manager));
            }
        }
    }

    private TrainingSummary loop(
            NDManager scope, Objective objective, ParameterGroups trained, TrainingListener listener) {
        String fingerprint = TrainingFingerprint.of(info.hash(), request);
        CheckpointFile.Notes start = request.resumeFrom() == null
                ? new CheckpointFile.Notes(0, fingerprint, firstLossScale())
                : CheckpointFile.restoreInPlace(request.resumeFrom(), objective, trained, fingerprint);
        try (TrainingLoop loop = new TrainingLoop(scope, objective, trained, settings, start)) {
            return loop.run(listener);
        }
    }

    private @Nullable AveragedObjective averaged(NDManager scope, Objective objective) {
        AveragedObjective.Settings ema = settings.average();
        return ema == null ? null : new AveragedObjective(scope, objective, ema);
    }

    /** Whether samples and files during the run are of the average, if there is one. */
    void useAverage(boolean wanted) {
        usesAverage = wanted;
    }

    /** Puts what training results in into the parameters: an average, if there is one. */
    private void showResult() {
        Objects.requireNonNull(groups).evaluate();
        if (average != null && usesAverage) {
            average.exchange();
        }
    }

    /** Undoes {@link #showResult}. */
    private void hideResult() {
        if (average != null && usesAverage) {
            average.exchange();
        }
        Objects.requireNonNull(groups).resume();
    }

    /** The pictures are encoded by now. Without prompts to encode during the run, the text encoders are not needed either. */
    private void encodeText(DenoisingObjective denoising) {
        Set<Part> now = EnumSet.of(Part.TEXT_ENCODERS);
        now.addAll(needed);
        parts.keepOnly(now);
        if (!denoising.encodePrompts(settings.mostKeptPrompts())) {
            needed.add(Part.TEXT_ENCODERS);
        }
        parts.keepOnly(needed);
        parts.denoiser().network().prepare();
    }

    /** Samples between two steps with the weights trained so far. */
    <T> T whileSampling(Supplier<T> sampling) {
        MethodTraining current = Objects.requireNonNull(training);
        showResult();
        current.useForSampling();
        try {
            return sampling.get();
        } finally {
            current.resumeTraining();
            parts.use(precision());
            parts.keepOnly(needed);
            hideResult();
        }
    }

    /**
     * Writes the weights trained so far.
     *
     * @param manager frees what is made for it
     */
    void saveWeights(NDManager manager, OutputStream out, boolean zeroTerminalSnr) throws IOException {
        showResult();
        try (NDManager scope = manager.newSubManager()) {
            TrainedWeightsFile.write(
                    out, Objects.requireNonNull(training).trainedWeights(scope), info, zeroTerminalSnr);
        } finally {
            hideResult();
        }
    }

    /** Whether the base is frozen and kept in the precision that it computes in. */
    boolean castsFrozenWeights() {
        return mayCast
                && precision() != Precision.FP32
                && !request.method().type().yields().changesBase();
    }

    private Precision precision() {
        return settings.precision();
    }

    /** In fp16 gradients vanish without a loss scale. */
    private LossScaler.@Nullable State firstLossScale() {
        return precision() == Precision.FP16 ? LossScaler.State.initial() : null;
    }

    private void requireTrainable() {
        if (settings.resolution() % info.sizeMultiple() != 0) {
            throw new IllegalArgumentException(
                    "resolution %d is not a multiple of %d".formatted(settings.resolution(), info.sizeMultiple()));
        }
    }

    private DenoisingObjective denoising(NDManager scope, MethodTraining setup) {
        int side = settings.resolution();
        return new DenoisingObjective(
                scope,
                new DenoisingObjective.Networks(
                        parts.denoiser(), parts.conditioner().skipping(settings.clipSkip()), noise),
                setup.trainable(),
                new DenoisingObjective.Options(
                        parts.latentCodec().shape(side, side),
                        settings.gradientCheckpointing(),
                        settings.seed(),
                        LossFunction.of(settings)),
                examples(scope));
    }

    private PictureExamples examples(NDManager scope) {
        TrainingRequest.Prior prior = request.prior();
        TrainingRequest.Faces faces = request.subject().faces();
        TrainingPictures pictures = new TrainingPictures(scope, parts.latentCodec(), framing(), settings.randomFlip());
        PictureExamples.Sources sources = new PictureExamples.Sources(
                pictures.instance(request.subject()),
                expanded(request.subject().prompts()),
                prior == null ? List.of() : pictures.prior(prior.images()),
                expanded(prior == null ? Prompts.fixed("") : prior.prompts()),
                prior == null ? 0 : prior.weight(),
                faces == null ? 0 : faces.weight());
        return new PictureExamples(parts.latentCodec(), sources, noise, settings);
    }

    private Framing framing() {
        return new Framing(
                settings.resolution(),
                settings.buckets() ? info.sizeMultiple() : 0,
                settings.crop() == CropMode.RANDOM);
    }

    /** Prompts without emphasis, in which placeholder tokens are replaced by all of their tokens. */
    private Prompts expanded(Prompts prompts) {
        return new Prompts(
                expanded(prompts.templates()),
                expanded(prompts.captions()),
                expanded(prompts.words()),
                prompts.wordProbability());
    }

    private List<String> expanded(List<String> prompts) {
        return prompts.stream()
                .map(prompt -> parts.tokens().expand(PromptSyntax.text(prompt)))
                .toList();
    }

    private Optimizer optimizer(NDManager scope, Map<String, NDArray> parameters) {
        return switch (settings.optimizer()) {
            case ADAMW -> new AdamW(scope, parameters, settings);
            case ADAMW_8BIT -> new AdamW8bit(scope, parameters, settings);
            case ADAFACTOR -> new Adafactor(scope, parameters, Adafactor.Settings.of(settings.weightDecay()));
            case LION -> new Lion(scope, parameters, settings);
            case PRODIGY -> new Prodigy(scope, parameters, settings);
            case ADAMW_SCHEDULE_FREE -> new ScheduleFreeAdamW(scope, parameters, settings);
        };
    }
}
