package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.method.ExportFormat;
import dev.likeness.diffusion.method.Exports;
import dev.likeness.diffusion.method.ModelOverlay;
import dev.likeness.diffusion.method.TrainedKind;
import dev.likeness.diffusion.method.TrainedWeights;
import dev.likeness.diffusion.method.TrainedWeightsFile;
import dev.likeness.diffusion.model.ModelFolder;
import dev.likeness.diffusion.model.ModelInfo;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.sampling.GenerationListener;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.tensor.EngineThreads;
import dev.likeness.diffusion.training.TrainingListener;
import dev.likeness.diffusion.training.TrainingSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A Stable Diffusion model on libtorch. */
final class TorchPipeline implements Pipeline {

    private final NDManager manager;
    private final ModelFolder folder;
    private final ModelParts parts;
    private final ScoreEncoders encoders;
    private @Nullable ModelInfo info;
    private @Nullable ClipModel clip;
    private @Nullable DinoModel dino;
    private @Nullable ModelOverlay overlay;
    private @Nullable TrainedWeights trained;
    private @Nullable TrainingRun running;
    private boolean fused;

    /** Whether the weights in use were trained with zero terminal SNR by a job. The folder may say so in addition. */
    private boolean zeroTerminalSnr;

    TorchPipeline(NDManager parent, Path folder, ScoreEncoders encoders) {
        this(parent, folder, encoders, ModelParts::new);
    }

    /** @param open of a manager and a folder */
    TorchPipeline(
            NDManager parent,
            Path folder,
            ScoreEncoders encoders,
            BiFunction<NDManager, ModelFolder, ModelParts> open) {
        this.folder = new ModelFolder(folder);
        this.encoders = encoders;
        manager = parent.newSubManager();
        parts = open.apply(manager, this.folder);
    }

    @Override
    public ModelInfo info() {
        if (info == null) {
            info = folder.describe();
        }
        return info;
    }

    @Override
    public List<GeneratedImage> generate(GenerationRequest request, GenerationListener listener) {
        EngineThreads.requireCurrent();
        ImageGenerator generator = new ImageGenerator(
                manager, parts, running == null ? noise(zeroTerminalSnr) : running.noise(), info(), fused);
        if (running != null) {
            return running.whileSampling(() -> generator.generate(request, listener));
        }
        if (overlay != null) {
            overlay.use(request.adapterScales(), fused);
        }
        return generator.generate(request, listener);
    }

    @Override
    public TrainingSummary train(TrainingRequest request, TrainingListener listener) {
        EngineThreads.requireCurrent();
        trained = null;
        ModelOverlay current = overlay();
        // A new adapter runs beside the weights, so earlier ones are fused, and so are changes of frozen weights, which
        // would be
        // computed at each step. Weights that train must not have adapters fused.
        TrainedKind yields = request.method().type().yields();
        current.use(AdapterScales.FULL, yields.hasAdapter() || !yields.changesBase() && current.changesWeights());
        boolean zero = zeroTerminalSnr || request.settings().zeroTerminalSnr();
        TrainingRun run = new TrainingRun(parts, noise(zero), info(), request, current.canRestore());
        try {
            TrainingRun.Result result = run(run, current, listener);
            if (run.castsFrozenWeights()) {
                parts.reload();
                current.restore();
            }
            current.add(result.weights());
            trained = result.weights();
            zeroTerminalSnr = zero;
            return result.summary();
        } finally {
            current.forgetUse();
        }
    }

    private NoiseProcess noise(boolean zeroTerminalSnr) {
        NoiseProcess own = folder.noise();
        return zeroTerminalSnr ? own.withZeroTerminalSnr() : own;
    }

    private TrainingRun.Result run(TrainingRun run, ModelOverlay current, TrainingListener listener) {
        boolean done = false;
        running = run;
        try {
            TrainingRun.Result result = run.train(current.manager(), listener);
            done = true;
            return result;
        } finally {
            running = null;
            if (!done && run.castsFrozenWeights()) {
                useBaseWeights();
            }
        }
    }

    @Override
    public void saveWeights(OutputStream out) throws IOException {
        if (running == null) {
            TrainedWeightsFile.write(out, requireTrained(), info(), zeroTerminalSnr);
        } else {
            running.saveWeights(manager, out, zeroTerminalSnr || running.hasZeroTerminalSnr());
        }
    }

    @Override
    public void useAverage(boolean average) {
        if (running != null) {
            running.useAverage(average);
        }
    }

    @Override
    public void loadWeights(Path file) {
        EngineThreads.requireCurrent();
        trained = overlay().load(file);
        zeroTerminalSnr |= TrainedWeightsFile.hasZeroTerminalSnr(file);
    }

    @Override
    public void loadAdapter(Path file, AdapterScales scales, @Nullable String word) {
        EngineThreads.requireCurrent();
        overlay().addFile(file, scales, word);
    }

    @Override
    public void fuseAdapters(boolean wanted) {
        fused = wanted;
    }

    @Override
    public List<ExportFormat> exportFormats() {
        return Exports.formats(requireTrained());
    }

    @Override
    public void export(ExportFormat format, OutputStream out) throws IOException {
        exports().write(out, format, requireTrained());
    }

    @Override
    public void verifyExport(ExportFormat format, Path file) {
        exports().verify(file, format, requireTrained());
    }

    private Exports exports() {
        EngineThreads.requireCurrent();
        return new Exports(manager, parts, folder, zeroTerminalSnr);
    }

    private TrainedWeights requireTrained() {
        if (trained == null) {
            throw new IllegalStateException("no weights were trained or loaded");
        }
        return trained;
    }

    @Override
    public void useBaseWeights() {
        trained = null;
        zeroTerminalSnr = false;
        if (overlay != null) {
            parts.dropTrained();
            overlay.close();
            overlay = null;
        }
    }

    private ModelOverlay overlay() {
        if (overlay == null) {
            overlay = new ModelOverlay(manager, parts, info());
        }
        return overlay;
    }

    @Override
    public Optional<ImageEncoder> imageEncoder() {
        return clip().map(ClipModel::imageEncoder);
    }

    @Override
    public Optional<ImageEncoder> dinoEncoder() {
        if (dino == null && encoders.dino() != null) {
            dino = new DinoModel(manager, encoders.dino());
        }
        return Optional.ofNullable(dino);
    }

    @Override
    public Optional<TextEncoder> textEncoder() {
        return clip().map(ClipModel::textEncoder);
    }

    private Optional<ClipModel> clip() {
        if (clip == null && encoders.clip() != null) {
            clip = new ClipModel(manager, encoders.clip(), folder.part("tokenizer"));
        }
        return Optional.ofNullable(clip);
    }

    @Override
    public void close() {
        if (info != null) {
            info.files().cancel();
        }
        useBaseWeights();
        parts.close();
        if (clip != null) {
            clip.close();
        }
        if (dino != null) {
            dino.close();
        }
        manager.close();
    }
}
