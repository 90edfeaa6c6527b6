package dev.likeness.app.worker.task;

import dev.likeness.app.task.Signal;
import dev.likeness.diffusion.sampling.GenerationListener;
import dev.likeness.diffusion.tensor.StoppedException;
import dev.likeness.diffusion.training.TrainingListener;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Says whether a task continues, and if not, why. It is asked at every step. The first reason to stop remains. */
public final class TaskControl {

    private final BooleanSupplier leaving;
    private final Supplier<Signal> signal;
    private Verdict verdict = Verdict.GO_ON;

    TaskControl(BooleanSupplier leaving, Supplier<Signal> signal) {
        this.leaving = leaving;
        this.signal = signal;
    }

    Verdict ask() {
        if (verdict == Verdict.GO_ON) {
            verdict = switch (signal.get()) {
                case CANCELED -> Verdict.CANCEL;
                case LEASE_LOST -> Verdict.ABANDON;
                case CONTINUE -> leaving.getAsBoolean() ? Verdict.LEAVE : Verdict.GO_ON;
            };
        }
        return verdict;
    }

    /** Stops the task if it must not continue. */
    public void check() {
        if (ask() != Verdict.GO_ON) {
            throw new StoppedException();
        }
    }

    /** The same for training. Only a process that shuts down saves the state for the next worker. */
    public TrainingListener.Signal askInTraining() {
        return switch (ask()) {
            case GO_ON -> TrainingListener.Signal.CONTINUE;
            case CANCEL, ABANDON -> TrainingListener.Signal.STOP;
            case LEAVE -> TrainingListener.Signal.CHECKPOINT_AND_STOP;
        };
    }

    /** The same for sampling. */
    public GenerationListener whileGenerating(StepReport report) {
        return new GenerationListener() {
            @Override
            public void onStep(int done, int total) {
                report.onStep(done, total);
            }

            @Override
            public boolean stopRequested() {
                return ask() != Verdict.GO_ON;
            }
        };
    }

    /** How the task continues. */
    enum Verdict {
        GO_ON,
        /** A client has canceled the task. */
        CANCEL,
        /** Another worker has the task. */
        ABANDON,
        /** This process is shutting down. */
        LEAVE
    }

    /** Receives steps. */
    public interface StepReport {
        void onStep(int done, int total);
    }
}
