package dev.likeness.diffusion.pipeline;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The result of comparing an engine's operators with their own results in fp64. Operators of a training step outside the
 * networks always compute in fp32, so they are compared only in fp32. The training of a small UNet is compared with known
 * numbers.
 *
 * @param precisions that were compared, as requests name them: {@code fp32}, {@code bf16}, {@code fp16}
 * @param operators how many operators of networks were compared in each precision
 * @param findings operators that differ by more than rounding, then operators that could not run; empty if all agree
 * @param took from start to end
 */
public record EngineCheck(List<String> precisions, int operators, List<Finding> findings, Duration took) {

    public EngineCheck {
        precisions = List.copyOf(precisions);
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::differs).reversed())
                .toList();
    }

    /**
     * An operator that differs or could not run.
     *
     * @param operator a kernel's name
     * @param precision that it was computed in
     * @param what differs, by how much, and where; or why it could not run
     * @param differs whether there is a difference
     */
    public record Finding(String operator, String precision, String what, boolean differs) {

        /** A difference. */
        public Finding(String operator, String precision, String what) {
            this(operator, precision, what, true);
        }

        @Override
        public String toString() {
            return "%s in %s: %s".formatted(operator, precision, what);
        }
    }

    /** Whether the engine computes correctly. */
    public boolean passed() {
        return findings.isEmpty();
    }

    /** Whether an operator differs. One that only cannot run, for example without enough memory, can be correct later. */
    public boolean differs() {
        return findings.stream().anyMatch(Finding::differs);
    }

    /** Whether operators differ on the device and all agree in fp64, which uses no libraries of fast kernels. */
    public boolean differsOnDeviceOnly() {
        return differs() && findings.stream().allMatch(it -> precisions.contains(it.precision()));
    }

    /** One line: what was compared, or the first finding and the number of others. */
    public String summary() {
        if (passed()) {
            return "%d operators agree with fp64 in %s".formatted(operators, String.join(", ", precisions));
        }
        String others = findings.stream()
                .skip(1)
                .map(Finding::operator)
                .distinct()
                .limit(3)
                .collect(Collectors.joining(", "));
        return findings.get(0) + (others.isEmpty() ? "" : "; %d more, of %s".formatted(findings.size() - 1, others));
    }
}
