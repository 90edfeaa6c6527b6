package dev.likeness.bench;

import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.plan.OptimizerKind;
import dev.likeness.diffusion.training.TrainingSettings;
import java.time.Duration;

/** The settings of a workload's training steps: what workloads differ in, and for the rest AdamW as jobs have it. */
record StepSettings(
        int steps,
        double learningRate,
        int batchSize,
        int resolution,
        Precision precision,
        boolean gradientCheckpointing)
        implements TrainingSettings {

    @Override
    public OptimizerKind optimizer() {
        return OptimizerKind.ADAMW;
    }

    @Override
    public double beta1() {
        return 0.9;
    }

    @Override
    public double beta2() {
        return 0.999;
    }

    @Override
    public double weightDecay() {
        return 0.01;
    }

    @Override
    public double epsilon() {
        return 1e-8;
    }

    @Override
    public double maxGradNorm() {
        return 1;
    }

    @Override
    public String learningRateSchedule() {
        return "constant";
    }

    @Override
    public int warmupSteps() {
        return 0;
    }

    @Override
    public int gradientAccumulation() {
        return 1;
    }

    @Override
    public boolean randomCrop() {
        return false;
    }

    @Override
    public boolean randomFlip() {
        return false;
    }

    @Override
    public double snrGamma() {
        return 0;
    }

    @Override
    public double noiseOffset() {
        return 0;
    }

    @Override
    public long seed() {
        return 0;
    }

    @Override
    public int checkpointEverySeconds() {
        return (int) Duration.ofDays(1).toSeconds();
    }
}
