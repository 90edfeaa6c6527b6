package dev.likeness.diffusion.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.Conditioner;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.family.TextEncoder;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.text.NewTokens;
import dev.likeness.diffusion.token.PromptEncoding;
import dev.likeness.diffusion.token.PromptWeighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptTextsTests {

    @Test
    void encodesTheNegativePromptForClassifierFreeGuidance() throws Exception {
        assertThat(encoded(4, 4, "a bird", "boats", Denoiser.SAMPLE))
                .containsExactly("1 COMPEL a bird*2", "1 COMPEL boats*2");
    }

    @Test
    void encodesNoNegativePromptIfTheDenoiserEmbedsGuidance() throws Exception {
        assertThat(encoded(4, 4, "a bird", "a boat", Denoiser.SAMPLE, Denoiser.GUIDANCE))
                .containsExactly("1 COMPEL a bird*2");
    }

    @Test
    void encodesEachTextOnceInTheStepThatNeedsIt() throws Exception {
        assertThat(encoded(4, 4, "[a|b] AND c :2", "[d::2]", Denoiser.SAMPLE))
                .containsExactly("1 COMPEL a*1", "1 COMPEL c*1", "1 COMPEL d*1", "1 COMPEL b*1", "1 COMPEL *1");
        assertThat(encoded(40, 40, "[a|b]", "", Denoiser.SAMPLE)).hasSize(3);
    }

    /** A longer neighbour pads a text, which is another one then. */
    @Test
    void encodesATextAgainWhereItsNeighboursAreLonger() throws Exception {
        assertThat(encoded(4, 4, "a AND [b|c d]", "", Denoiser.SAMPLE))
                .containsExactly(
                        "1 COMPEL a*1", "1 COMPEL b*1", "1 COMPEL *1", "1 COMPEL a*2", "1 COMPEL c d*2", "1 COMPEL *2");
    }

    /** PNDM calls the denoiser once more, and Heun twice in all steps but the last. */
    @Test
    void countsStepsAndNotCalls() throws Exception {
        assertThat(changes(4, 4)).containsExactly(0, 0, 1, 1);
        assertThat(changes(4, 5)).containsExactly(0, 0, 0, 1, 1);
        assertThat(changes(4, 7)).containsExactly(0, 0, 0, 0, 1, 1, 1);
    }

    private static List<Integer> changes(int steps, int calls) throws Exception {
        return with(
                steps,
                calls,
                "[a:b:0.5]",
                "",
                texts -> {
                    List<Integer> which = new ArrayList<>();
                    texts.forEach(text -> which.add(text == texts.get(0) ? 0 : 1));
                    return which;
                },
                Denoiser.SAMPLE);
    }

    private static List<String> encoded(int steps, int calls, String prompt, String negative, String... inputs)
            throws Exception {
        List<String> seen = new ArrayList<>();
        with(steps, calls, prompt, negative, seen, texts -> texts, inputs);
        return seen;
    }

    private static <T> T with(int steps, int calls, String prompt, String negative, Use<T> use, String... inputs)
            throws Exception {
        return with(steps, calls, prompt, negative, new ArrayList<>(), use, inputs);
    }

    private static <T> T with(
            int steps, int calls, String prompt, String negative, List<String> seen, Use<T> use, String... inputs)
            throws Exception {
        SamplingSettings settings = new SamplingSettings(Sampler.DDIM, steps, 5, 0, 64, 64)
                .with(new PromptEncoding(1, PromptWeighting.COMPEL));
        return EngineTestThread.call(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    Denoiser denoiser = new Denoiser(
                            manager, "unet", new Same(List.of(inputs)), Map.of("unused", manager.ones(new Shape(1))))) {
                return use.of(new PromptTexts(
                                manager,
                                new Listening(manager, seen, 0),
                                new NewTokens(List.of(), List.of()),
                                denoiser,
                                settings)
                        .of(prompt, negative, calls));
            }
        });
    }

    private interface Use<T> {
        T of(List<GuidedSampling.Text> texts);
    }

    /** Writes down what it encodes. */
    private record Listening(NDManager manager, List<String> seen, int clipSkip) implements Conditioner {

        @Override
        public Conditioner skipping(int skipped) {
            return new Listening(manager, seen, skipped);
        }

        @Override
        public Conditioning encodeWeighted(
                NDManager scope, String prompt, int chunks, NewTokens tokens, PromptWeighting weighting) {
            seen.add("%d %s %s*%d".formatted(clipSkip, weighting, prompt.strip(), chunks));
            return new Conditioning(scope.ones(new Shape(1, 2L * chunks, 3)), null);
        }

        /** As many as the longest prompt has words. */
        @Override
        public int chunks(List<String> prompts, NewTokens tokens, PromptWeighting weighting) {
            return prompts.stream()
                    .mapToInt(it -> it.strip().split(" ").length)
                    .max()
                    .orElseThrow();
        }

        @Override
        public List<TextEncoder> textEncoders() {
            return List.of();
        }

        @Override
        public Map<String, Network> networks() {
            return Map.of();
        }

        @Override
        public Conditioning encode(NDManager scope, List<String> prompts, List<NDArray> rows) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Recording record(
                NDManager scope, List<String> prompts, List<NDArray> rows, RequestedGradients requested) {
            throw new UnsupportedOperationException();
        }
    }

    /** A denoiser that returns its sample. */
    private record Same(List<String> inputs) implements Topology {

        @Override
        public String name() {
            return "same";
        }

        @Override
        public <T> List<T> build(Ops<T> ops, List<T> inputs) {
            return List.of(inputs.get(0));
        }
    }
}
