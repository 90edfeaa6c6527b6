package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.plan.OptimizerKind;
import dev.likeness.diffusion.schedule.HuberSchedule;
import dev.likeness.diffusion.training.LossType;
import dev.likeness.diffusion.training.TrainingSettings;
import dev.likeness.diffusion.wire.Wire;
import java.time.Duration;
import java.util.function.Consumer;

/** Training settings, by default those recommended in the bundled model's documentation. Each change makes a copy. */
public class TinySettings implements TrainingSettings, Cloneable {

    private int steps = 400;
    private String schedule = "constant";
    private int warmup;
    private double rate = 7e-4;
    private OptimizerKind optimizer = OptimizerKind.ADAMW;
    private double decay = 0.01;
    private int batchSize = 4;
    private int accumulation = 1;
    private int resolution = TinyWorld.SIDE;
    private Precision precision = Precision.FP32;
    private boolean checkpointing;
    private boolean randomCrop;
    private boolean randomFlip;
    private boolean buckets;
    private long seed;
    private int clipSkip;
    private Duration checkpointEvery = Duration.ofHours(1);

    public TinySettings steps(int value) {
        return with(it -> it.steps = value);
    }

    public TinySettings rate(double value) {
        return with(it -> it.rate = value);
    }

    public TinySettings schedule(String value) {
        return with(it -> it.schedule = value);
    }

    public TinySettings warmup(int value) {
        return with(it -> it.warmup = value);
    }

    public TinySettings optimizer(String value) {
        return with(it -> it.optimizer = Wire.of(OptimizerKind.class, value).orElseThrow());
    }

    public TinySettings clipSkip(int value) {
        return with(it -> it.clipSkip = value);
    }

    public TinySettings withoutDecay() {
        return with(it -> it.decay = 0);
    }

    public TinySettings batch(int size, int passes) {
        return with(it -> {
            it.batchSize = size;
            it.accumulation = passes;
        });
    }

    public TinySettings resolution(int value) {
        return with(it -> it.resolution = value);
    }

    public TinySettings precision(String value) {
        return with(it -> it.precision = Wire.of(Precision.class, value).orElseThrow());
    }

    public TinySettings withGradientCheckpointing() {
        return with(it -> it.checkpointing = true);
    }

    public TinySettings withRandomCrop() {
        return with(it -> it.randomCrop = true);
    }

    public TinySettings withRandomFlip() {
        return with(it -> it.randomFlip = true);
    }

    public TinySettings withBuckets() {
        return with(it -> it.buckets = true);
    }

    public TinySettings seed(long value) {
        return with(it -> it.seed = value);
    }

    public TinySettings checkpointEvery(Duration value) {
        return with(it -> it.checkpointEvery = value);
    }

    private TinySettings with(Consumer<TinySettings> change) {
        try {
            TinySettings copy = (TinySettings) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public int steps() {
        return steps;
    }

    @Override
    public double learningRate() {
        return rate;
    }

    @Override
    public String learningRateSchedule() {
        return schedule;
    }

    @Override
    public int warmupSteps() {
        return warmup;
    }

    @Override
    public OptimizerKind optimizer() {
        return optimizer;
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
        return decay;
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
    public int batchSize() {
        return batchSize;
    }

    @Override
    public int gradientAccumulation() {
        return accumulation;
    }

    @Override
    public int resolution() {
        return resolution;
    }

    @Override
    public boolean randomCrop() {
        return randomCrop;
    }

    @Override
    public boolean randomFlip() {
        return randomFlip;
    }

    @Override
    public boolean buckets() {
        return buckets;
    }

    @Override
    public int clipSkip() {
        return clipSkip;
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
    public boolean debiasedEstimation() {
        return false;
    }

    @Override
    public LossType lossType() {
        return LossType.L2;
    }

    @Override
    public HuberSchedule huberSchedule() {
        return HuberSchedule.SNR;
    }

    @Override
    public double huberC() {
        return 0.1;
    }

    @Override
    public boolean zeroTerminalSnr() {
        return false;
    }

    @Override
    public int multiresNoiseIterations() {
        return 0;
    }

    @Override
    public double multiresNoiseDiscount() {
        return 0.3;
    }

    @Override
    public double inputPerturbation() {
        return 0;
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public boolean gradientCheckpointing() {
        return checkpointing;
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public int checkpointEverySeconds() {
        return (int) checkpointEvery.toSeconds();
    }

    @Override
    public Duration checkpointEvery() {
        return checkpointEvery;
    }
}
