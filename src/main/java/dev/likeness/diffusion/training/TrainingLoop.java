package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.tensor.StoppedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The training loop of every method: passes, clipping, the optimizer, checkpoints, stopping. */
public final class TrainingLoop implements AutoCloseable {

    /** Below this scale gradients are not too large for fp16, so they are not numbers. */
    private static final double SMALLEST_SCALE = 1;

    private final NDManager manager;
    private final TrainingKernels kernels;
    private final Objective method;
    private final StepPasses passes;
    private final ParameterGroups groups;
    private final Settings settings;
    private final CheckpointFile.Notes start;
    private final LongSupplier nanoTime;
    private final @Nullable LossScaler scaler;
    private final GradientNorms norms = new GradientNorms();

    /** The settings that the loop reads. */
    public interface Settings {

        /** Total number of optimizer steps. */
        int steps();

        /** Forward passes per optimizer step. */
        int gradientAccumulation();

        /** Limit of the gradient's 2-norm over all parameters; infinite for no clipping. */
        double maxGradNorm();

        /**
         * Shortest time between checkpoints; longer if checkpoints would take more than a twentieth of the training time.
         */
        Duration checkpointEvery();
    }

    /**
     * @param parent owns what is kept for the loop
     * @param start the state that the run starts from, with the text that its checkpoints carry
     */
    public TrainingLoop(
            NDManager parent, Objective method, ParameterGroups groups, Settings settings, CheckpointFile.Notes start) {
        this(parent, method, groups, settings, start, System::nanoTime);
    }

    TrainingLoop(
            NDManager parent,
            Objective method,
            ParameterGroups groups,
            Settings settings,
            CheckpointFile.Notes start,
            LongSupplier nanoTime) {
        this.manager = parent.newSubManager();
        this.kernels = new TrainingKernels(manager);
        this.method = method;
        this.passes = new StepPasses(method, kernels, settings.gradientAccumulation());
        this.groups = groups;
        this.settings = settings;
        this.start = start;
        this.nanoTime = nanoTime;
        scaler = start.lossScale() == null ? null : new LossScaler(start.lossScale());
    }

    /**
     * Trains.
     *
     * @throws StoppedException if the listener stops the run
     * @throws NanLossException if the loss is not finite; the parameters are those of the previous step
     * @throws UncheckedIOException if the listener cannot keep a checkpoint or the final state
     */
    public TrainingSummary run(TrainingListener listener) {
        CheckpointPolicy policy = new CheckpointPolicy(settings.checkpointEvery(), nanoTime);
        long training = 0;
        double loss = Double.NaN;
        int step = start.step();
        while (step < settings.steps() && !isFinished(listener, policy, step)) {
            long began = nanoTime.getAsLong();
            loss = step(step);
            training += nanoTime.getAsLong() - began;
            double rate = groups.rate(step);
            step++;
            listener.onStep(step, settings.steps(), loss, rate);
            if (policy.due() && step < settings.steps()) {
                keep(listener, policy, step);
            }
        }
        finish(listener, step);
        int stepsRun = step - start.step();
        double seconds = training / (double) Duration.ofSeconds(1).toNanos();
        return new TrainingSummary(step, stepsRun, stepsRun == 0 ? 0 : stepsRun / seconds, loss);
    }

    private boolean isFinished(TrainingListener listener, CheckpointPolicy policy, int step) {
        return switch (listener.signal()) {
            case CONTINUE -> false;
            case FINISH -> true;
            case STOP -> throw new StoppedException();
            case CHECKPOINT_AND_STOP -> {
                keep(listener, policy, step);
                throw new StoppedException();
            }
        };
    }

    /** Takes one optimizer step and frees its tensors. */
    private double step(int step) {
        double scale = scaler == null ? 1 : scaler.scale();
        Taken taken = take(step, scale);
        if (!taken.finite) {
            throw new LostStep(step, taken.loss, norms.all(), scale, scaler != null)
                    .explain(manager, method, kernels, passes);
        }
        return taken.loss;
    }

    /**
     * @param loss of the step
     * @param finite whether loss and gradients are finite, or can be at a smaller loss scale; otherwise the parameters did not
     *     change
     */
    private record Taken(double loss, boolean finite) {}

    private Taken take(int step, double scale) {
        try (NDManager scope = manager.newSubManager()) {
            Objective.Pass sum = passes.sum(scope, step, scale);
            return new Taken(sum.loss(), Double.isFinite(sum.loss()) && update(scope, sum.gradients(), step, scale));
        }
    }

    private boolean update(NDManager scope, Map<String, NDArray> gradients, int step, double scale) {
        double norm = kernels.unscaleAndClipInPlace(scope, gradients.values(), scale, settings.maxGradNorm());
        boolean finite = Double.isFinite(norm);
        if (scaler != null) {
            scaler.update(finite);
            if (!finite && scaler.scale() >= SMALLEST_SCALE) {
                // Too large for fp16 at this scale: the step is skipped, and the next one has a smaller scale.
                return true;
            }
        }
        if (finite) {
            norms.add(norm);
            groups.step(scope, gradients, step);
            method.afterStep();
        }
        return finite;
    }

    private LossScaler.@Nullable State scalerState() {
        return scaler == null ? null : scaler.state();
    }

    private void keep(TrainingListener listener, CheckpointPolicy policy, int step) {
        try {
            policy.keep(() -> listener.onCheckpoint(state(step)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void finish(TrainingListener listener, int step) {
        try {
            listener.onFinalState(state(step));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Checkpoint state(int step) {
        return new Checkpoint() {
            @Override
            public int step() {
                return step;
            }

            @Override
            public long bytes() {
                return CheckpointFile.bytes(method, groups);
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                CheckpointFile.write(out, method, groups, new CheckpointFile.Notes(step, start.run(), scalerState()));
            }
        };
    }

    @Override
    public void close() {
        kernels.close();
        manager.close();
    }
}
