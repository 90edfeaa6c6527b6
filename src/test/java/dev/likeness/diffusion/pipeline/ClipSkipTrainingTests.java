package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.StoppedException;
import dev.likeness.diffusion.training.Checkpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Training with text encoders that skip their last layer, with class images. */
class ClipSkipTrainingTests {

    @TempDir
    private Path temp;

    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of("tiny-sd1", new DreamBooth(true), false),
                Arguments.of("tiny-sd2", new TextualInversion("<sks>", 2, "dog", null), true),
                Arguments.of("tiny-sdxl", new Lora(new LoraSettings(2, 4, 0.5, LoraTargets.ATTENTION), true), true));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void resumesWithTheSameLosses(String family, Method method, boolean checkpointing) throws Exception {
        TinySettings plain = new TinySettings().steps(3).batch(2, 2).rate(1e-3);
        TinySettings skipping = (checkpointing ? plain.withGradientCheckpointing() : plain).clipSkip(1);
        on(family, pipeline -> {
            TinyWorld.Losses whole = new TinyWorld.Losses();
            pipeline.train(PipelineRuns.request(method, skipping, null), whole);
            pipeline.useBaseWeights();
            Path file = temp.resolve("checkpoint");
            TinyWorld.Losses first = new StopsAfterTwo(file);
            assertThatExceptionOfType(StoppedException.class)
                    .isThrownBy(() -> pipeline.train(PipelineRuns.request(method, skipping, null), first));
            TinyWorld.Losses second = new TinyWorld.Losses();
            pipeline.useBaseWeights();
            pipeline.train(PipelineRuns.request(method, skipping, file), second);
            TinyWorld.Losses otherwise = new TinyWorld.Losses();
            pipeline.useBaseWeights();
            pipeline.train(PipelineRuns.request(method, plain.steps(1), null), otherwise);

            List<Double> losses = new ArrayList<>(first.values);
            losses.addAll(second.values);
            assertThat(losses).isEqualTo(whole.values).doesNotHaveDuplicates().allMatch(Double::isFinite);
            assertThat(otherwise.values).doesNotContain(whole.values.get(0));
        });
    }

    private static final class StopsAfterTwo extends TinyWorld.Losses {

        private final Path file;

        StopsAfterTwo(Path file) {
            this.file = file;
        }

        @Override
        public Signal signal() {
            return values.size() == 2 ? Signal.CHECKPOINT_AND_STOP : Signal.CONTINUE;
        }

        @Override
        public void onCheckpoint(Checkpoint checkpoint) throws IOException {
            try (OutputStream out = Files.newOutputStream(file)) {
                checkpoint.writeTo(out);
            }
        }
    }

    private static void on(String family, TinyWorld.Check check) throws Exception {
        Path folder = Path.of("src/test/resources/goldens/" + family + "/model");
        EngineTestThread.run(() -> {
            try (Pipeline pipeline = TorchEngine.start(new EngineOptions("cpu", 0, null, null, true))
                    .open(folder, ScoreEncoders.in(folder))) {
                check.on(pipeline);
            }
        });
    }
}
