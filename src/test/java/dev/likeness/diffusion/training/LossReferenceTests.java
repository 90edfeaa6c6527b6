package dev.likeness.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.LatentMoments;
import dev.likeness.diffusion.golden.GoldenTensors;
import dev.likeness.diffusion.schedule.HuberSchedule;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.schedule.SchedulerConfig;
import dev.likeness.diffusion.schedule.VariancePreserving;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights, losses and noise, compared with kohya's scripts and diffusers; reference.py beside the values made them. */
class LossReferenceTests {

    private static final GoldenTensors REFERENCE = read();
    private static final int[] TIMESTEPS = {0, 1, 100, 500, 998, 999};
    private static final double C = 0.1;

    @ParameterizedTest
    @ValueSource(strings = {"epsilon", "velocity", "velocity.zero"})
    void weighsTimesteps(String name) {
        NoiseProcess process = process(name);
        float[] minSnr = new float[TIMESTEPS.length];
        float[] debiased = new float[TIMESTEPS.length];
        for (int i = 0; i < TIMESTEPS.length; i++) {
            minSnr[i] = (float) process.lossWeight(TIMESTEPS[i], 5.0);
            debiased[i] = (float) process.debiasedWeight(TIMESTEPS[i]);
        }

        REFERENCE.get("min_snr.diffusers." + name).assertClose(minSnr, 1e-5);
        REFERENCE.get("min_snr.kohya." + name).assertClose(minSnr, 1e-5);
        REFERENCE.get("debiased." + name).assertClose(debiased, 1e-5);
    }

    /** The weight of an error of predicted noise, in terms of the clean sample's error, which is 1 / SNR of it. */
    @Test
    void weighsCleanSamplesAsTheirNoise() {
        NoiseProcess noise = process("epsilon");
        NoiseProcess sample = new VariancePreserving(SchedulerConfig.from(Map.of(
                "beta_schedule",
                "scaled_linear",
                "beta_start",
                0.00085,
                "beta_end",
                0.012,
                "prediction_type",
                "sample")));
        for (int t : new int[] {100, 500, 999}) {
            double snr = 1 / (noise.noiseLevel(t) * noise.noiseLevel(t));

            assertThat(sample.debiasedWeight(t)).isCloseTo(noise.debiasedWeight(t) * snr, byOneIn(1e-9));
            assertThat(sample.lossWeight(t, 5.0)).isCloseTo(noise.lossWeight(t, 5.0) * snr, byOneIn(1e-9));
        }
        assertThat(sample.withZeroTerminalSnr().debiasedWeight(999)).isZero();
        assertThat(sample.withZeroTerminalSnr().lossWeight(999, 5.0)).isZero();
    }

    private static Percentage byOneIn(double share) {
        return withPercentage(100 * share);
    }

    @ParameterizedTest
    @EnumSource
    void schedulesTheThreshold(HuberSchedule schedule) {
        for (String name : new String[] {"epsilon", "velocity", "velocity.zero"}) {
            float[] thresholds = new float[TIMESTEPS.length];
            for (int i = 0; i < TIMESTEPS.length; i++) {
                thresholds[i] = (float) schedule.threshold(C, process(name), TIMESTEPS[i]);
            }

            REFERENCE.get("threshold.%s.%s".formatted(schedule.wire(), name)).assertClose(thresholds, 1e-6);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HUBER", "SMOOTH_L1"})
    void losesLessWhereTheDifferenceIsLarge(LossType type) throws Exception {
        LossFunction function = new LossFunction(type, HuberSchedule.CONSTANT, C);
        float[] thresholds = REFERENCE.get("loss.threshold").values();
        float[] losses = new float[thresholds.length];
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    TrainingKernels kernels = new TrainingKernels(manager)) {
                for (int i = 0; i < losses.length; i++) {
                    float[] weight = {(float) (function.factor(thresholds[i]) / (4 * 8 * 8))};
                    TrainingKernels.LossAndGradient loss = kernels.loss(
                            manager,
                            row(manager, "loss.prediction", i),
                            row(manager, "loss.target", i),
                            manager.create(weight, new Shape(1, 1, 1, 1)),
                            manager.create(new float[] {thresholds[i]}, new Shape(1, 1, 1, 1)));

                    losses[i] = loss.loss().getFloat();
                    REFERENCE
                            .get("loss.%s.gradient".formatted(type.wire()))
                            .at(i)
                            .assertClose(loss.gradient().toFloatArray(), 1e-7);
                }
            }
        });

        REFERENCE.get("loss." + type.wire()).assertClose(losses, 1e-6);
    }

    private static NDArray row(NDManager manager, String name, int index) {
        return manager.create(REFERENCE.get(name).at(index).values(), new Shape(1, 4, 8, 8));
    }

    /** Also where the coarsest noise has a side of one position, and for noise of different sides. */
    @ParameterizedTest
    @CsvSource({"square, 6, 0.3", "wide, 10, 0.8", "once, 1, 0.5"})
    void addsCoarserNoise(String name, int iterations, double discount) {
        String prefix = "pyramid." + name;
        long[] shape = REFERENCE.shape(prefix);
        float[] ratios = REFERENCE.get(prefix + ".ratios").values();
        float[] coarse = REFERENCE.get(prefix + ".coarse").values();

        float[] noise = new PyramidNoise(iterations, discount)
                .of(
                        REFERENCE.get(prefix + ".noise").values(),
                        new LatentMoments.Size((int) shape[0], (int) shape[1], (int) shape[2]),
                        new PyramidNoise.Draws() {
                            @Override
                            public double uniform(int iteration) {
                                return ratios[iteration];
                            }

                            @Override
                            public float[] normal(int length) {
                                assertThat(length).isEqualTo(coarse.length);
                                return coarse;
                            }
                        });

        REFERENCE.get(prefix).assertClose(noise, 1e-5);
    }

    private static NoiseProcess process(String name) {
        String prediction = name.equals("epsilon") ? "epsilon" : "v_prediction";
        NoiseProcess process = new VariancePreserving(SchedulerConfig.from(Map.of(
                "beta_schedule",
                "scaled_linear",
                "beta_start",
                0.00085,
                "beta_end",
                0.012,
                "prediction_type",
                prediction)));
        return name.endsWith("zero") ? process.withZeroTerminalSnr() : process;
    }

    private static GoldenTensors read() {
        try {
            return GoldenTensors.read(Path.of("src/test/resources/losses/reference.safetensors"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
