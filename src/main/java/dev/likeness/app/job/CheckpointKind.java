package dev.likeness.app.job;

import dev.likeness.app.score.WeightsKind;
import dev.likeness.diffusion.wire.Wire;
import jakarta.persistence.EnumeratedValue;
import org.jspecify.annotations.Nullable;

/** The purpose of a saved checkpoint. */
public enum CheckpointKind implements Wire {
    /**
     * Training resumes from it. Only the last few are kept. For a final job they are kept only if it failed and might
     * succeed another time.
     */
    RESUME,
    /** Weights to generate images with. Kept as long as the job. */
    WEIGHTS,
    /** What was trained itself, of a training whose {@link #WEIGHTS} are an average (EMA). Kept as long as the job. */
    RAW_WEIGHTS,
    /**
     * The state at the end of training, from which another job can continue. Kept for a time, and deleted earlier if its owner
     * has too many: {@link TrainingStates}.
     */
    STATE;

    @EnumeratedValue
    private final String wire = wire();

    /**
     * The kind of a training's weights.
     *
     * @param weights of a training with an average; null for one without
     */
    public static CheckpointKind of(@Nullable WeightsKind weights) {
        return weights == WeightsKind.RAW ? RAW_WEIGHTS : WEIGHTS;
    }
}
