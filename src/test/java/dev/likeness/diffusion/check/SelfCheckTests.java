package dev.likeness.diffusion.check;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.likeness.diffusion.graph.Kernels;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.training.StepScript;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelfCheckTests {

    private static final List<Precision> ALL = List.of(Precision.values());

    /** A line for each finding: operator, precision, fault. */
    private static List<String> check(String kernels, Known known, List<Precision> precisions) throws Exception {
        List<String> found = new ArrayList<>();
        EngineTestThread.run(() -> {
            try (NDManager device = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
                new SelfCheck(
                                device,
                                kernels,
                                known,
                                (operator, precision, what) -> found.add(operator + " in " + precision + ": " + what))
                        .run(precisions);
            }
        });
        return found;
    }

    private static List<String> check(String kernels, List<Precision> precisions) throws Exception {
        return check(kernels, Known.read(), precisions);
    }

    @Test
    void findsNothingWhereEverythingIsRight() throws Exception {
        assertThat(check(Kernels.text(), ALL)).isEmpty();
    }

    static Stream<String> kernels() {
        return BrokenKernels.names().stream();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void namesTheKernelThatIsWrong(String kernel) throws Exception {
        List<String> operators = new ArrayList<>();
        EngineTestThread.run(() -> {
            try (NDManager device = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
                new SelfCheck(
                                device,
                                BrokenKernels.scaled(kernel),
                                Known.read(),
                                (operator, precision, what) -> operators.add(operator))
                        .reference(SelfCheck.networks());
            }
        });

        assertThat(operators).first().isEqualTo(kernel);
    }

    @Test
    void seesThatTheGraphOptimizerIsOn() throws Exception {
        List<String> found;
        EngineTestThread.run(() -> JniUtils.setGraphExecutorOptimize(true));
        try {
            found = check(Kernels.text(), List.of(Precision.FP32));
        } finally {
            EngineTestThread.run(() -> JniUtils.setGraphExecutorOptimize(false));
        }

        assertThat(found).isNotEmpty();
        assertThat(found.get(0)).startsWith("adamw in fp64: parameter differs from its known value ");
    }

    @Test
    void seesAGradientThatIsWrongFromTwoPicturesOn() throws Exception {
        List<String> found = check(BrokenKernels.unfilledBlock(), List.of(Precision.FP32));

        assertThat(found.get(0))
                .startsWith("convolve in fp32: gradient of x differs from fp64 by ")
                .contains("on call 1, with x [2, 8, 5, 6], weight [4, 8, 3, 3]");
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void seesWhatIsWrongInOnePrecisionOnly(Precision precision) throws Exception {
        int type = List.of(6, 15, 5).get(precision.ordinal());
        String wrong = BrokenKernels.with("group_norm", """
                if torch.eq(ops.prim.dtype(result), %d):
                  result = torch.mul(result, 1.25)
                else:
                  pass""".formatted(type));

        List<String> found = check(wrong, ALL);

        assertThat(found).isNotEmpty().allMatch(it -> it.contains(" in " + precision.wire() + ": "));
        assertThat(found.get(0)).startsWith("group_norm in ");
    }

    /** Memory that was never written must not contain zeros, which could be the right values. */
    @ParameterizedTest
    @ValueSource(ints = {305, 931, 3552})
    void memoryThatWasNeverWrittenIsFullOfNan(int size) throws Exception {
        Operation reads = Operation.of("empty").constant("x", 2).steps("""
                        unwritten = torch.empty([%d], dtype=6, layout=None, device=ops.prim.device(x), pin_memory=False)
                        y = [torch.div(torch.sum(torch.to(torch.isnan(unwritten), 6, False, False)), %d)]
                        """.formatted(size, size), "share");
        double share = EngineTestThread.call(() -> {
            try (NDManager cpu = NDManager.newBaseManager(Device.cpu(), "PyTorch");
                    OperationModule fp64 = SelfCheck.fp64(cpu, Kernels.text(), List.of(reads))) {
                return SelfCheck.reference(cpu, fp64, reads).values().get(0)[0];
            }
        });

        assertThat(share).isGreaterThan(0.5);
    }

    @Test
    void takesWhatLibtorchRefusesForAFinding() throws Exception {
        String refused = BrokenKernels.with("layer_norm", "result = torch.reshape(result, [-1, 11])");

        assertThat(check(refused, List.of(Precision.FP32)).get(0))
                .startsWith("layer_norm in fp64: fails: RuntimeError: shape '[-1, 11]' is invalid");
    }

    @Test
    void namesWhatDoesNotEvenCompile() throws Exception {
        assertThat(check(Kernels.text().replace("torch.silu", "torch.sillu"), ALL))
                .singleElement()
                .asString()
                .startsWith("kernels in any precision: fails: ")
                .contains("sillu");
    }

    @Test
    void seesTrainingThatGoesAnotherWay() throws Exception {
        Known known = Known.read();
        Known.Steps steps = known.training();
        List<Double> norms = List.of(
                steps.gradientNorms().get(0),
                steps.gradientNorms().get(1),
                steps.gradientNorms().get(2) * 1.01);
        Known other = new Known(known.source(), known.operations(), new Known.Steps(steps.losses(), norms));

        assertThat(check(Kernels.text(), other, List.of()))
                .singleElement()
                .asString()
                .startsWith("unet in fp32: gradient norm of training step 3 is 2.5485");
    }

    @Test
    void comparesEveryKernel() {
        Set<String> compared =
                ComparedOperations.all().stream().map(Operation::kernel).collect(Collectors.toSet());

        assertThat(compared).containsAll(BrokenKernels.names());
        assertThat(ComparedOperations.all()).extracting(Operation::label).doesNotHaveDuplicates();
        assertThat(Known.read().operations().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        ComparedOperations.all().stream().map(Operation::label).toList());
    }

    /** The number in the engine's check, beside the precisions. */
    @Test
    void countsWhatItComparesInEveryPrecision() throws Exception {
        List<String> operators = EngineTestThread.call(() -> {
            try (NDManager device = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
                return SelfCheck.of(device, (operator, precision, what) -> {}).operators();
            }
        });

        assertThat(operators).containsExactlyInAnyOrderElementsOf(BrokenKernels.names());
    }

    @Test
    void comparesEveryMethodOfATrainingStep() {
        String methods = StepScript.methods();
        Set<String> reached = new HashSet<>();
        ComparedOperations.all().forEach(it -> reach(it.body(), methods, reached));

        assertThat(reached)
                .containsExactlyInAnyOrderElementsOf(Pattern.compile("(?m)^  def (\\w+)")
                        .matcher(methods)
                        .results()
                        .map(it -> it.group(1))
                        .toList());
    }

    /** Adds the methods that a text calls, directly or indirectly. */
    private static void reach(String text, String methods, Set<String> reached) {
        Matcher call = Pattern.compile("\\(self\\)\\.(\\w+)\\(").matcher(text);
        while (call.find()) {
            if (reached.add(call.group(1))) {
                Matcher body = Pattern.compile("(?m)^  def %s\\(.*\\n((?:    .*\\n)*)".formatted(call.group(1)))
                        .matcher(methods);
                assertThat(body.find()).as(call.group(1)).isTrue();
                reach(body.group(1), methods, reached);
            }
        }
    }
}
