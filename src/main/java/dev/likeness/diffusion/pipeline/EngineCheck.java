package dev.likeness.diffusion.pipeline;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of comparing an engine's operators with their own results in fp64. Operators of training steps outside the
 * networks are compared in fp32 alone, in which they always compute; so is the training of a small UNet, with known numbers.
 *
 * @param precisions that were compared, as requests name them: {@code fp32}, {@code bf16}, {@code fp16}
 * @param operators how many, of networks, were compared in each of them
 * @param findings what differs by more than rounding, and after it what could not be computed; empty if all is right
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
     * A difference, or what could not be compared.
     *
     * @param operator a kernel's name
     * @param precision it was computed in
     * @param what differs, by how much, and where; or why it could not be computed
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

    /** Whether the engine computes right. */
    public boolean passed() {
        return findings.isEmpty();
    }

    /** Whether something differs. What merely cannot be computed, for want of memory for instance, may be right later. */
    public boolean differs() {
        return findings.stream().anyMatch(Finding::differs);
    }

    /** Whether something differs on the device and nothing is wrong in double precision, where libraries of fast kernels have no part. */
    public boolean differsOnDeviceOnly() {
        return differs() && findings.stream().allMatch(it -> precisions.contains(it.precision()));
    }

    /** One line: what was compared, or the first finding and how many more there are. */
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
