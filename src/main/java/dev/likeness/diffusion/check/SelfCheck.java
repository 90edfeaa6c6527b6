package dev.likeness.diffusion.check;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.likeness.diffusion.graph.Kernels;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.tensor.LibTorch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares libtorch's results on a device with known results. Every kernel runs in fp64 on the CPU, without libraries
 * of fast kernels, and must return known numbers. Then it runs three times in each precision on the device, with its
 * gradients, on memory full of NaN, and must match fp64. Finally a small UNet is trained for three steps with known
 * losses and gradient norms.
 */
public final class SelfCheck {

    /** A faulty result may be correct the first time, because libtorch optimizes a call from the second one on. */
    static final int CALLS = 3;

    /** Loss and norm are sums over many values of many layers, and a step divides by small values. */
    private static final double TRAINING = 10;

    private static final String UNET = "unet";

    /** The name in reports if the kernels do not compile. */
    private static final String KERNELS = "kernels";

    private static final String FP64 = "fp64";

    private final NDManager device;
    private final String kernels;
    private final Known known;
    private final Report report;

    /** Receives differences, and failures of a comparison. */
    public interface Report {

        /**
         * @param operator a kernel's name; {@code unet}, or {@code kernels} if they do not compile
         * @param precision that it was computed in
         * @param what differs, by how much, and where
         */
        void differs(String operator, String precision, String what);

        /**
         * Reports a failed comparison, by default as a difference.
         *
         * @param operator as above
         * @param precision of the failed computation
         * @param what libtorch's message; a lack of memory, for example, is not the operator's fault
         */
        default void fails(String operator, String precision, String what) {
            differs(operator, precision, "fails: " + what);
        }
    }

    /**
     * @param device to check
     * @param kernels their source text
     */
    SelfCheck(NDManager device, String kernels, Known known, Report report) {
        this.device = device;
        this.kernels = kernels;
        this.known = known;
        this.report = report;
    }

    /** A check of a device with the shipped kernels and numbers. */
    public static SelfCheck of(NDManager device, Report report) {
        return new SelfCheck(device, Kernels.text(), Known.read(), report);
    }

    /** Every kernel at an awkward size: two pictures, channels that do not fill a block, and even and odd sides. */
    static List<Operation> networks() {
        return new Operations(2, 8, 4, 5, 6).networks();
    }

    static List<Operation> steps() {
        return new StepOperations(5, 7).all();
    }

    /** Names of the networks' kernels, which are compared in every precision; the rest is in fp32. */
    public List<String> operators() {
        return networks().stream().map(Operation::kernel).distinct().toList();
    }

    /**
     * Compares everything in these precisions. Single operations run on one thread, because they are too small to
     * share. On few processors, threads that wait for each other would take many times as long. The training steps use
     * all threads.
     */
    public void run(List<Precision> precisions) {
        int threads = LibTorch.threads();
        LibTorch.useThreads(1);
        try {
            attempt(KERNELS, "any precision", () -> {
                compare(precisions);
                return Optional.empty();
            });
        } finally {
            LibTorch.useThreads(threads);
        }
        train();
    }

    private void compare(List<Precision> precisions) {
        List<Comparison> networks = reference(networks());
        precisions.forEach(it -> compare(networks, it));
        compare(reference(steps()), Precision.FP32);
    }

    /** The results of operations in fp64, on the CPU. Operations with unexpected results are omitted. */
    List<Comparison> reference(List<Operation> operations) {
        List<Comparison> expected = new ArrayList<>();
        try (NDManager cpu = NDManager.newBaseManager(
                        Device.cpu(), device.getEngine().getEngineName());
                OperationModule module = fp64(cpu, kernels, operations)) {
            for (Operation operation : operations) {
                attempt(operation.kernel(), FP64, () -> {
                    Comparison values = reference(cpu, module, operation);
                    Optional<String> surprise =
                            values.surprise(known.operations().getOrDefault(operation.label(), List.of()));
                    if (surprise.isEmpty()) {
                        expected.add(values);
                    }
                    return surprise;
                });
            }
        }
        return expected;
    }

    static OperationModule fp64(NDManager cpu, String kernels, Collection<Operation> operations) {
        return new OperationModule(cpu, Kernels.inFp64(kernels), DataType.FLOAT64, operations);
    }

    static Comparison reference(NDManager cpu, OperationModule fp64, Operation operation) {
        try (NDManager scope = cpu.newSubManager()) {
            return new Comparison(operation, fp64.new Call(scope, operation).run(scope));
        }
    }

    private void compare(List<Comparison> expected, Precision precision) {
        double share = Tolerance.of(precision, device.getDevice().isGpu());
        try (OperationModule module = new OperationModule(
                device,
                Kernels.in(precision, kernels),
                DataType.FLOAT32,
                expected.stream().map(Comparison::operation).toList())) {
            for (Comparison comparison : expected) {
                attempt(
                        comparison.operation().kernel(),
                        precision.wire(),
                        () -> compare(device, module, comparison, share));
            }
        }
    }

    /** The first call with a difference, as text. */
    static Optional<String> compare(NDManager device, OperationModule module, Comparison expected, double share) {
        try (NDManager arguments = device.newSubManager()) {
            OperationModule.Call call = module.new Call(arguments, expected.operation());
            for (int i = 1; i <= CALLS; i++) {
                try (NDManager scope = arguments.newSubManager()) {
                    Optional<String> difference = expected.difference(call.run(scope), share, i);
                    if (difference.isPresent()) {
                        return difference;
                    }
                }
            }
            return Optional.empty();
        }
    }

    private void train() {
        attempt(UNET, Precision.FP32.wire(), () -> {
            double share =
                    TRAINING * Tolerance.of(Precision.FP32, device.getDevice().isGpu());
            Known.Steps steps = TinyTraining.run(device);
            return Stream.of(
                            differs("loss", known.training().losses(), steps.losses(), share),
                            differs("gradient norm", known.training().gradientNorms(), steps.gradientNorms(), share))
                    .flatMap(Optional::stream)
                    .findFirst();
        });
    }

    private static Optional<String> differs(String what, List<Double> known, List<Double> actual, double share) {
        for (int i = 0; i < known.size(); i++) {
            if (!(Math.abs(actual.get(i) - known.get(i)) <= share * known.get(i))) {
                return Optional.of("%s of training step %d is %.6g instead of %.6g (allowed difference %.2g)"
                        .formatted(what, i + 1, actual.get(i), known.get(i), share * known.get(i)));
            }
        }
        return Optional.empty();
    }

    private interface Attempt {
        Optional<String> findings();
    }

    private void attempt(String operator, String precision, Attempt attempt) {
        Optional<String> found;
        try {
            found = attempt.findings();
        } catch (RuntimeException e) {
            report.fails(operator, precision, line(e));
            return;
        }
        found.ifPresent(it -> report.differs(operator, precision, it));
    }

    /**
     * For a run-time error, the last line of libtorch's message is the cause, after the position in the kernels. For a
     * compile error it is the first line.
     */
    private static String line(RuntimeException e) {
        List<String> lines = String.valueOf(e.getMessage())
                .strip()
                .lines()
                .map(String::strip)
                .toList();
        if (lines.isEmpty()) {
            return e.toString();
        }
        String last = lines.get(lines.size() - 1);
        return last.contains("Error: ") ? last : lines.get(0);
    }
}
