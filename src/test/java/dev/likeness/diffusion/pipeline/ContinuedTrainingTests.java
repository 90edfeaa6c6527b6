package dev.likeness.diffusion.pipeline;

import static dev.likeness.diffusion.pipeline.PipelineRuns.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.Momentum;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.training.Checkpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A training that ends and continues from its state has the losses of one with all steps, with prior preservation, several
 * passes a step, and a warm-up that is not over when it ends.
 */
class ContinuedTrainingTests {

    private static final Method LORA = new Lora(new LoraSettings(2, 4, 0.5, LoraTargets.ATTENTION), true);

    @TempDir
    private Path temp;

    static Stream<Arguments> trainings() {
        TinySettings settings = TinyWorld.settings().batch(1, 2).rate(0.01).warmup(3);
        return Stream.of(
                Arguments.of(new DreamBooth(true), settings),
                Arguments.of(LORA, settings.schedule("1e-2:1, 5e-3:2, 1e-3")),
                Arguments.of(LORA, settings.optimizer("prodigy").rate(1)),
                Arguments.of(new TextualInversion("<sks>", 2, "bird", null), settings),
                Arguments.of(
                        new TextualInversion("<sks>", 1, "bird", new Momentum(0.5, MomentumMode.EMA, "bird")),
                        settings));
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void hasTheLossesOfOneTraining(Method method, TinySettings settings) throws Exception {
        TinyWorld.with(pipeline -> {
            TinyWorld.Losses whole = new TinyWorld.Losses();
            pipeline.train(request(method, settings.steps(3), null), whole);
            pipeline.useBaseWeights();
            Ending first = new Ending(temp.resolve("state"));
            pipeline.train(request(method, settings.steps(2), null), first);
            pipeline.useBaseWeights();

            Ending second = new Ending(temp.resolve("later state"));
            pipeline.train(request(method, settings.steps(3), first.file), second);

            List<Double> losses = new ArrayList<>(first.values);
            losses.addAll(second.values);
            assertThat(losses).isEqualTo(whole.values);
            assertThat(first.step).isEqualTo(2);
            assertThat(second.step).isEqualTo(3);
        });
    }

    /** The state says how large it is before it is written. */
    @Test
    void knowsTheSizeOfItsState() throws Exception {
        TinyWorld.with(pipeline -> {
            Ending run = new Ending(temp.resolve("state"));

            pipeline.train(request(LORA, TinyWorld.settings().batch(1, 1).steps(1), null), run);

            assertThat(Files.size(run.file)).isBetween(run.bytes, run.bytes * 3 / 2);
        });
    }

    /** Writes the state at the end. */
    private static final class Ending extends TinyWorld.Losses {

        private final Path file;
        private int step;
        private long bytes;

        Ending(Path file) {
            this.file = file;
        }

        @Override
        public void onFinalState(Checkpoint state) {
            step = state.step();
            bytes = state.bytes();
            try (OutputStream out = Files.newOutputStream(file)) {
                state.writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
