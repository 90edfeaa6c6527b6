package dev.likeness.diffusion.pipeline;

import static dev.likeness.diffusion.pipeline.PipelineRuns.SILENT;
import static dev.likeness.diffusion.pipeline.PipelineRuns.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.Momentum;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.tensor.StoppedException;
import dev.likeness.diffusion.training.Checkpoint;
import dev.likeness.diffusion.training.TrainingSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training run that generates images in between, or stops and resumes, has the losses of an uninterrupted one. */
class PipelineInterruptionTests {

    @TempDir
    private Path temp;

    @Test
    @Tag("acceptance")
    void drawsWhileItTrainsInReducedPrecision() throws Exception {
        drawsWhileItTrains(new DreamBooth(true), "bf16");
    }

    /** A preview between two steps equals the image of a run that ends there, and does not affect the run. */
    @ParameterizedTest
    @MethodSource("samplingMethods")
    void drawsWhileItTrains(Method method, String precision) throws Exception {
        TinyWorld.with(pipeline -> {
            GenerationRequest drawing = TinyWorld.request("a photo of a <sks> bird", 1, 4, 1);
            TinySettings settings = TinyWorld.settings().batch(1, 1).rate(0.01).precision(precision);
            pipeline.train(request(method, settings.steps(2), null), new TinyWorld.Losses());
            RgbImage afterTwo = pipeline.generate(drawing, SILENT).get(0).image();
            pipeline.useBaseWeights();
            TinyWorld.Losses undisturbed = new TinyWorld.Losses();
            pipeline.train(request(method, settings.steps(4), null), undisturbed);
            pipeline.useBaseWeights();

            List<RgbImage> drawn = new ArrayList<>();
            TinyWorld.Losses disturbed = new TinyWorld.Losses() {
                @Override
                public void onStep(int step, int total, double loss, double learningRate) {
                    super.onStep(step, total, loss, learningRate);
                    if (step == 2) {
                        drawn.addAll(TinyWorld.pixels(pipeline.generate(drawing, SILENT)));
                    }
                }
            };
            pipeline.train(request(method, settings.steps(4), null), disturbed);

            assertThat(drawn.get(0).rgb()).isEqualTo(afterTwo.rgb());
            assertThat(disturbed.values).isEqualTo(undisturbed.values);
        });
    }

    static Stream<Arguments> samplingMethods() {
        return Stream.of(
                Arguments.of(new DreamBooth(true), "fp32"),
                Arguments.of(new Lora(new LoraSettings(2, 4, 0.5, LoraTargets.ATTENTION), true), "fp32"),
                Arguments.of(new TextualInversion("<sks>", 2, "bird", null), "fp32"),
                Arguments.of(
                        new TextualInversion("<sks>", 1, "bird", new Momentum(0.5, MomentumMode.EMA, "bird")), "fp32"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsDroppedOutIsTheSameWithCheckpointingAndAfterAResume(boolean checkpointing) throws Exception {
        TinyWorld.with(pipeline -> {
            Method method = new Lora(new LoraSettings(4, 4, 0.5, LoraTargets.ATTENTION), true);
            TinySettings builder = TinyWorld.settings().steps(2).batch(1, 2).rate(0.01);
            TrainingSettings settings = (checkpointing ? builder.withGradientCheckpointing() : builder);
            TinyWorld.Losses first = new TinyWorld.Losses();
            pipeline.train(request(method, settings, null), first);
            pipeline.useBaseWeights();

            TinyWorld.Losses second = new TinyWorld.Losses();
            pipeline.train(request(method, settings, null), second);

            assertThat(second.values).isEqualTo(first.values);
        });
    }

    @Test
    void resumesWithTheSameLosses() throws Exception {
        TinyWorld.with(pipeline -> {
            TrainingSettings settings = TinyWorld.settings().steps(5).batch(2, 1);
            TinyWorld.Losses whole = new TinyWorld.Losses();
            pipeline.train(request(settings, null), whole);
            pipeline.useBaseWeights();
            Path file = temp.resolve("checkpoint");
            TinyWorld.Losses first = new TinyWorld.Losses() {
                @Override
                public Signal signal() {
                    return values.size() == 3 ? Signal.CHECKPOINT_AND_STOP : Signal.CONTINUE;
                }

                @Override
                public void onCheckpoint(Checkpoint checkpoint) throws IOException {
                    try (OutputStream out = Files.newOutputStream(file)) {
                        checkpoint.writeTo(out);
                    }
                }
            };
            assertThatExceptionOfType(StoppedException.class)
                    .isThrownBy(() -> pipeline.train(request(settings, null), first));

            TinyWorld.Losses second = new TinyWorld.Losses();
            pipeline.useBaseWeights();
            pipeline.train(request(settings, file), second);

            List<Double> losses = new ArrayList<>(first.values);
            losses.addAll(second.values);
            assertThat(losses).isEqualTo(whole.values);
        });
    }
}
