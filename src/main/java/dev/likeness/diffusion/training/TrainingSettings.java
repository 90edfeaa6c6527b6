package dev.likeness.diffusion.training;

import dev.likeness.diffusion.data.CropMode;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.plan.OptimizerKind;
import dev.likeness.diffusion.schedule.LearningRate;
import dev.likeness.diffusion.schedule.RateSchedule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a training run. The section {@code training} of a job's spec is one, so a setting has one name from the
 * request to the formula that uses it. Each formula declares the settings it reads. This interface declares the others.
 *
 * <p>A further setting takes an accessor in the interface of the class that uses it, and a component of the same name in the
 * section, with its bounds. A setting that changes the losses also goes into
 * {@code TrainingFingerprint}, because otherwise a run resumes from a checkpoint of another
 * training. {@code src/docs/development.md} lists all files to change.
 */
public interface TrainingSettings
        extends TrainingLoop.Settings, PictureExamples.Settings, LossFunction.Settings, AdamW.Settings {

    /** Of the other constants, Adafactor takes the weight decay. */
    OptimizerKind optimizer();

    /** The rate; the highest one where a schedule changes it. */
    double learningRate();

    /**
     * The name of a {@link RateSchedule}, or rates with the steps they last to, as {@link LearningRate#parse} reads
     * them.
     */
    String learningRateSchedule();

    /** Steps in which the rate rises from zero; unused with listed rates. */
    int warmupSteps();

    /**
     * Whether the noise is rescaled so that the last timestep is pure noise, in training and in sampling with the result (Lin et al.
     * 2023, arXiv:2305.08891). A model whose scheduler says so has it in any case.
     */
    boolean zeroTerminalSnr();

    /** Layers at the end of the text encoders that their states skip: {@link dev.likeness.diffusion.token.PromptEncoding}. */
    int clipSkip();

    /** Training picture side in pixels. */
    int resolution();

    /** Whether instance pictures are cropped at random. */
    boolean randomCrop();

    /** Which part of an instance picture is cropped. */
    default CropMode crop() {
        return randomCrop() ? CropMode.RANDOM : CropMode.CENTER;
    }

    /** Whether instance pictures are flipped at random. */
    boolean randomFlip();

    /** Precision of the forward pass. */
    Precision precision();

    /** Whether activations are computed twice instead of kept. */
    boolean gradientCheckpointing();

    /** {@link #checkpointEvery} in seconds. */
    int checkpointEverySeconds();

    @Override
    default Duration checkpointEvery() {
        return Duration.ofSeconds(checkpointEverySeconds());
    }

    /** Cycles of a schedule that restarts. */
    default int cycles() {
        return 1;
    }

    /** The learning rate of a part of what is trained: that of the run, unless the part has its own. */
    default PartRate rate(TrainedPart part) {
        return new PartRate(learningRate(), learningRateSchedule(), warmupSteps(), cycles());
    }

    /** The rate of an adapter's matrix B is that of A multiplied by this (LoRA+); 1 for the same rate. */
    default double upRatio() {
        return 1;
    }

    /** The average of what is trained, which then is the result; null for none. */
    default AveragedObjective.@Nullable Settings average() {
        return null;
    }

    /** The run's learning rate of each step. */
    default LearningRate learningRates() {
        return over(new PartRate(learningRate(), learningRateSchedule(), warmupSteps(), cycles()));
    }

    /**
     * The rate of every step of the run. With a schedule-free optimizer it is constant after its own kind of warm-up.
     *
     * @throws IllegalArgumentException as {@link LearningRate#of}
     */
    default LearningRate over(PartRate rate) {
        return over(rate, steps());
    }

    /**
     * The rate of every step of a part that is trained in some steps only.
     *
     * @param count of these steps, at least 1
     * @throws IllegalArgumentException as {@link LearningRate#of}
     */
    default LearningRate over(PartRate rate, int count) {
        return optimizer() == OptimizerKind.ADAMW_SCHEDULE_FREE
                ? LearningRate.scheduleFree(rate.learningRate(), rate.warmupSteps())
                : rate.over(count);
    }

    /**
     * The most prompts whose states a run keeps, so that it encodes them once: not more than it has examples, and 128. The
     * states of one prompt of SDXL take 0.6 MB.
     */
    default int mostKeptPrompts() {
        return (int) Math.min(128, (long) steps() * batchSize() * gradientAccumulation());
    }
}
