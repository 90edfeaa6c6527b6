package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.pipeline.EngineCounts.Counting;
import dev.likeness.diffusion.sampling.GenerationListener;
import dev.likeness.diffusion.sampling.GuidanceInterval;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a step asks of libtorch. The counts depend on neither the machine nor its load. A count that grows costs time in
 * every step of every job. A change that lowers a count lowers it here too, so that the count stays low.
 */
class StepCountTests {

    private static final int STEPS = 3;

    /** A sampling step of two images: four rows for the denoiser, of 8196 bytes. */
    private static final EngineCounts GUIDED = new EngineCounts(14, 4, 32_788);

    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of(new DreamBooth(false), new EngineCounts(384, 346, 65_636)),
                Arguments.of(
                        new Lora(new LoraSettings(4, 4, 0, LoraTargets.ATTENTION), false),
                        new EngineCounts(170, 132, 65_636)),
                Arguments.of(new TextualInversion("sks", 4, "bird", null), new EngineCounts(100, 38, 66_948)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void takesItsCallsForTraining(Method method, EngineCounts expected) throws Exception {
        List<EngineCounts> steps = new ArrayList<>();
        TinyWorld.with(pipeline -> {
            try (Counting counting = new Counting()) {
                EngineCounts[] last = {EngineCounts.now()};
                pipeline.train(
                        PipelineRuns.request(method, new TinySettings().steps(STEPS), null), new TinyWorld.Losses() {
                            @Override
                            public Signal signal() {
                                last[0] = EngineCounts.now();
                                return super.signal();
                            }

                            @Override
                            public void onStep(int step, int total, double loss, double learningRate) {
                                steps.add(EngineCounts.now().since(last[0]));
                            }
                        });
            }
        });

        assertThat(steps).hasSize(STEPS);
        assertThat(steps.get(STEPS - 1)).isEqualTo(expected);
    }

    @Test
    void takesItsCallsForSampling() throws Exception {
        List<EngineCounts> steps = sampling(null);

        assertThat(steps).hasSize(STEPS);
        assertThat(steps.get(STEPS - 1)).isEqualTo(GUIDED);
    }

    /** The noise levels are 6.7, 1.6 and 0.3. */
    @Test
    void givesTheDenoiserHalfTheRowsOutsideTheIntervalOfGuidance() throws Exception {
        List<EngineCounts> steps = sampling(new GuidanceInterval(0.5, 5));

        // The first step also reads the weights.
        assertThat(steps.subList(1, STEPS)).extracting(EngineCounts::bytes).containsExactly(GUIDED.bytes(), 16_396L);
    }

    private static List<EngineCounts> sampling(@Nullable GuidanceInterval interval) throws Exception {
        List<EngineCounts> steps = new ArrayList<>();
        TinyWorld.with(pipeline -> {
            try (Counting counting = new Counting()) {
                EngineCounts[] last = {EngineCounts.now()};
                GenerationRequest request = TinyWorld.request("a photo of a bird", 2, STEPS, 2);
                SamplingSettings settings =
                        new SamplingSettings(Sampler.DDIM, STEPS, 5, interval, 0, TinyWorld.SIDE, TinyWorld.SIDE);
                pipeline.generate(
                        new GenerationRequest(request.images(), settings, request.adapterScales(), 2),
                        new GenerationListener() {
                            @Override
                            public boolean stopRequested() {
                                last[0] = EngineCounts.now();
                                return false;
                            }

                            @Override
                            public void onStep(int done, int total) {
                                steps.add(EngineCounts.now().since(last[0]));
                            }
                        });
            }
        });
        return steps;
    }
}
