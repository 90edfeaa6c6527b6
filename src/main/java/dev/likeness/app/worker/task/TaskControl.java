package dev.likeness.app.worker.task;

import dev.likeness.app.task.Signal;
import dev.likeness.diffusion.sampling.GenerationListener;
import dev.likeness.diffusion.tensor.StoppedException;
import dev.likeness.diffusion.training.TrainingListener;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether to go on with a task, and if not, why. Asked every step; the first reason to stop stays. */
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

    /** Goes on, or not. */
    public void check() {
        if (ask() != Verdict.GO_ON) {
            throw new StoppedException();
        }
    }

    /** The same as training understands it: only who leaves saves the state for another one. */
    public TrainingListener.Signal askInTraining() {
        return switch (ask()) {
            case GO_ON -> TrainingListener.Signal.CONTINUE;
            case CANCEL, ABANDON -> TrainingListener.Signal.STOP;
            case LEAVE -> TrainingListener.Signal.CHECKPOINT_AND_STOP;
        };
    }

    /** The same as sampling understands it. */
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

    /** What to do. */
    enum Verdict {
        GO_ON,
        /** Somebody asked for it. */
        CANCEL,
        /** Somebody else has the task. */
        ABANDON,
        /** This process is about to end. */
        LEAVE
    }

    /** Hears of steps. */
    public interface StepReport {
        void onStep(int done, int total);
    }
}
