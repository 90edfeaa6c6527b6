package dev.likeness.diffusion.check;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.likeness.diffusion.graph.Kernels;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.LibTorch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The comparison with fp64 detects every lost use of a value, in every kernel and input, in each precision. */
class LostGradientTests {

    /** A bias of keys changes all scores of a query equally, which softmax cancels: these gradients are 0. */
    private static final List<String> ZERO = List.of(
            "vae_attention: gradient of p.to_k.bias",
            "clip_layer, causal: gradient of p.self_attn.k_proj.bias",
            "masked_clip_layer: gradient of p.self_attn.k_proj.bias",
            "bert_layer: gradient of p.attention.self.key.bias");

    /** Uses without a gradient: indices, scales, times, sizes and the present norms of weights, for which nothing is trained. */
    private static final List<String> WITHOUT_GRADIENT = List.of(
            "changed: torch.add(own, torch.mul(change, torch.detach(w[c + \".scale\"])))",
            "changed: torch.add(own, torch.mul(torch.sub(r, own), torch.detach(w[c + \".share\"])))",
            "adapted_linear: torch.addmm(y, torch.mul(down, torch.detach(w[p + \".lora.scale\"])), torch.t(__torch__.cast(w[p + \".lora.up.weight\"])))",
            "conv2d: torch.add(y, torch.mul(up, torch.detach(w[p + \".lora.scale\"])))",
            "renormed: return torch.mul(weight, torch.div(norms, __torch__.norms(torch.detach(torch.detach(weight)), norms)))",
            "renormed: return torch.mul(weight, torch.div(norms, __torch__.norms(torch.detach(weight), torch.detach(norms))))",
            "sinusoid: __torch__.widen(torch.detach(t))",
            "sinusoid: torch.exp(torch.div(torch.detach(exponent), half))",
            "sinusoid: torch.mul(torch.unsqueeze(torch.detach(wide), 1), torch.unsqueeze(frequency, 0))",
            "sinusoid: torch.mul(torch.unsqueeze(wide, 1), torch.unsqueeze(torch.detach(frequency), 0))",
            "sinusoid: return torch.cat([torch.cos(torch.detach(angle)), torch.sin(angle)], -1)",
            "sinusoid: return torch.cat([torch.cos(angle), torch.sin(torch.detach(angle))], -1)",
            "time_embedding: return __torch__.embedding_mlp(__torch__.sinusoid(torch.detach(t), dim), w, p)",
            "added_embedding: torch.reshape(__torch__.sinusoid(torch.flatten(torch.detach(sizes), 0, -1), dim), [torch.size(pooled, 0), -1])",
            "added_embedding: return __torch__.embedding_mlp(torch.cat([pooled, torch.detach(e)], -1), w, p)",
            "masked_clip_layer: torch.logical_or(torch.ne(torch.detach(visible), 0), torch.eq(places, 0))",
            "masked_clip_layer: torch.logical_or(torch.ne(visible, 0), torch.eq(torch.detach(places), 0))",
            "masked_clip_layer: torch.logical_and(torch.unsqueeze(torch.detach(shown), 1), torch.ge(torch.unsqueeze(places, 1), places))",
            "masked_clip_layer: torch.logical_and(torch.unsqueeze(shown, 1), torch.ge(torch.unsqueeze(torch.detach(places), 1), places))",
            "masked_clip_layer: torch.logical_and(torch.unsqueeze(shown, 1), torch.ge(torch.unsqueeze(places, 1), torch.detach(places)))",
            "masked_clip_layer: torch.scaled_dot_product_attention(__torch__.split_heads(q, heads), __torch__.split_heads(k, heads), __torch__.split_heads(v, heads), torch.unsqueeze(torch.detach(seen), 1), 0., False, scale=None, enable_gqa=False)",
            "clip_text_embedding: torch.embedding(w[p + \".token_embedding.weight\"], torch.clamp(torch.detach(ids), None, torch.sub(vocabulary, 1)))",
            "clip_text_embedding: torch.embedding(rows, torch.clamp(torch.sub(torch.detach(ids), vocabulary), 0, None))",
            "clip_text_embedding: return torch.add(torch.where(torch.unsqueeze(torch.ge(torch.detach(ids), vocabulary), 2), learned, known), position)",
            "clip_pooled: torch.argmax(torch.mul(torch.detach(ids), torch.to(torch.lt(ids, vocabulary), 4, False, False)), -1)",
            "clip_pooled: torch.argmax(torch.mul(ids, torch.to(torch.lt(torch.detach(ids), vocabulary), 4, False, False)), -1)",
            "clip_pooled: torch.argmax(torch.to(torch.eq(torch.detach(ids), end_id), 3, False, False), -1)",
            "clip_pooled: return torch.index(x, [torch.detach(rows), at])",
            "clip_pooled: return torch.index(x, [rows, torch.detach(at)])",
            "bert_embedding: return __torch__.layer_norm(torch.add(torch.embedding(w[p + \".word_embeddings.weight\"], torch.detach(ids)), position), w, p + \".LayerNorm\", eps)");

    /**
     * Branches for a GPU, or for channels that fill a block. The kernel contains the same operation twice, and the
     * other one is checked.
     */
    private static final List<String> OTHER_BRANCH = List.of(
            "convolve: torch.conv2d(__torch__.cast(torch.detach(x)), __torch__.cast(weight), __torch__.cast_optional(bias), [stride, stride], [padding, padding], [1, 1], 1)",
            "convolve: torch.conv2d(__torch__.cast(x), __torch__.cast(torch.detach(weight)), __torch__.cast_optional(bias), [stride, stride], [padding, padding], [1, 1], 1)");

    /** Compares in one precision on the CPU. */
    private static final class Comparisons {

        private final NDManager cpu;
        private final Precision precision;
        private final List<Comparison> expected = new ArrayList<>();

        Comparisons(NDManager cpu, Precision precision, List<Operation> operations) {
            this.cpu = cpu;
            this.precision = precision;
            try (OperationModule fp64 = SelfCheck.fp64(cpu, Kernels.text(), operations)) {
                operations.forEach(it -> expected.add(SelfCheck.reference(cpu, fp64, it)));
            }
        }

        private Optional<String> difference(Comparison comparison, List<double[]> actual) {
            return comparison.difference(actual, Tolerance.of(precision, false), 1);
        }

        /** The outcomes for which zeros would be accepted. */
        List<String> outcomesThatCanBeZeroed() {
            List<String> unseen = new ArrayList<>();
            List<Operation> operations =
                    expected.stream().map(Comparison::operation).toList();
            try (OperationModule module =
                    new OperationModule(cpu, Kernels.in(precision, Kernels.text()), DataType.FLOAT32, operations)) {
                for (Comparison comparison : expected) {
                    try (NDManager scope = cpu.newSubManager()) {
                        List<double[]> actual = module.new Call(scope, comparison.operation()).run(scope);
                        assertThat(difference(comparison, actual))
                                .as(comparison.operation().label())
                                .isEmpty();
                        for (int i = 0; i < actual.size(); i++) {
                            List<double[]> lost = new ArrayList<>(actual);
                            lost.set(i, new double[actual.get(i).length]);
                            if (difference(comparison, lost).isEmpty()) {
                                unseen.add(comparison.operation().label() + ": "
                                        + comparison.operation().outcomes().get(i));
                            }
                        }
                    }
                }
            }
            return unseen;
        }

        /** The uses of values that can be missing in gradients without a detected difference. */
        List<String> usesThatCanBeLost(List<LostUse> uses) {
            String kernels = Kernels.text() + uses.stream().map(LostUse::text).collect(Collectors.joining());
            List<Operation> operations = uses.stream()
                    .flatMap(use -> of(use.kernel()).map(it -> use.in(it.operation())))
                    .toList();
            try (OperationModule module =
                    new OperationModule(cpu, Kernels.in(precision, kernels), DataType.FLOAT32, operations)) {
                return uses.stream()
                        .filter(use -> of(use.kernel()).noneMatch(it -> differs(module, it, use)))
                        .map(LostUse::toString)
                        .toList();
            }
        }

        private Stream<Comparison> of(String kernel) {
            return expected.stream().filter(it -> it.operation().kernel().equals(kernel));
        }

        /** libtorch refuses to differentiate with respect to a value without any use. */
        private boolean differs(OperationModule module, Comparison comparison, LostUse lost) {
            try (NDManager scope = cpu.newSubManager()) {
                Operation operation = lost.in(comparison.operation());
                return difference(comparison, module.new Call(scope, operation).run(scope))
                        .isPresent();
            } catch (RuntimeException e) {
                assertThat(e).hasMessageContaining("does not require grad");
                return true;
            }
        }
    }

    private static List<String> unseen(
            Precision precision, List<Operation> operations, Function<Comparisons, List<String>> losses)
            throws Exception {
        return EngineTestThread.call(() -> {
            int threads = LibTorch.threads();
            LibTorch.useThreads(1);
            try (NDManager cpu = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
                return losses.apply(new Comparisons(cpu, precision, operations));
            } finally {
                LibTorch.useThreads(threads);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void everyOutcomeOfANetworkThatIsLostIsSeen(Precision precision) throws Exception {
        assertThat(unseen(precision, SelfCheck.networks(), Comparisons::outcomesThatCanBeZeroed))
                .containsExactlyInAnyOrderElementsOf(ZERO);
    }

    @Test
    void everyOutcomeOfATrainingStepThatIsLostIsSeen() throws Exception {
        assertThat(unseen(Precision.FP32, SelfCheck.steps(), Comparisons::outcomesThatCanBeZeroed))
                .containsExactly("is_finite: verdict on infinities");
    }

    /** If a value is used twice, one of its uses may be missing in the gradient, as with libtorch's graph optimizer. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void everyUseThatIsLostIsSeen(Precision precision) throws Exception {
        List<LostUse> uses = LostUse.all();

        assertThat(uses).hasSize(268);
        assertThat(unseen(precision, SelfCheck.networks(), it -> it.usesThatCanBeLost(uses)))
                .containsExactlyInAnyOrderElementsOf(Stream.of(WITHOUT_GRADIENT, OTHER_BRANCH)
                        .flatMap(List::stream)
                        .toList());
    }
}
