package dev.likeness.diffusion.check;

import dev.likeness.diffusion.check.Argument.Kind;
import dev.likeness.diffusion.graph.WeightSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A kernel with its arguments.
 *
 * @param kernel its name
 * @param variant distinguishes this call from others of the kernel; may be empty
 * @param body lines of TorchScript that assign {@code y}, a tensor, or without gradients a list of tensors
 * @param results names of the body's results without gradients; empty with gradients
 */
record Operation(String kernel, String variant, List<Argument> arguments, String body, List<String> results) {

    private static final Set<String> CANCELLING = Set.of(
            "gradient of p.to_k.bias", "gradient of p.self_attn.k_proj.bias", "gradient of p.attention.self.key.bias");

    /** Its unique name. */
    String label() {
        return variant.isEmpty() ? kernel : kernel + ", " + variant;
    }

    /** Whether it is part of a training step outside the networks: it changes parameters in place, and is always in fp32. */
    boolean inStep() {
        return body.contains("(self).");
    }

    /** Whether gradients are compared. */
    boolean differentiable() {
        return results.isEmpty();
    }

    /** The variables with gradients, in the order of the results. */
    List<Argument> leaves() {
        return arguments.stream()
                .filter(it -> it.kind() == Kind.INPUT || it.kind() == Kind.WEIGHT)
                .toList();
    }

    /**
     * Whether an outcome is 0 in exact arithmetic: a bias of keys shifts all scores of a query equally, which softmax
     * removes. Rounding leaves a result that is far larger than the fp64 value.
     *
     * @param outcome one of {@link #outcomes}
     */
    boolean cancels(String outcome) {
        return CANCELLING.contains(outcome);
    }

    List<Argument> of(Kind kind) {
        return arguments.stream().filter(it -> it.kind() == kind).toList();
    }

    /** Names of a call's results. */
    List<String> outcomes() {
        return differentiable()
                ? Stream.concat(Stream.of("value"), leaves().stream().map(it -> "gradient of " + it.name()))
                        .toList()
                : results;
    }

    String shapes() {
        return arguments.stream().map(Argument::toString).collect(Collectors.joining(", "));
    }

    static Builder of(String kernel, String variant) {
        return new Builder(kernel, variant);
    }

    static Builder of(String kernel) {
        return new Builder(kernel, "");
    }

    /** Collects the arguments. */
    static final class Builder {

        private final String kernel;
        private final String variant;
        private final List<Argument> arguments = new ArrayList<>();

        private Builder(String kernel, String variant) {
            this.kernel = kernel;
            this.variant = variant;
        }

        Builder input(String name, long... shape) {
            return add(name, Kind.INPUT, 0, new double[0], shape);
        }

        Builder weight(String name, long... shape) {
            return add(name, Kind.WEIGHT, 0, new double[0], shape);
        }

        @SafeVarargs
        final Builder weights(List<WeightSpec>... lists) {
            for (List<WeightSpec> list : lists) {
                list.forEach(it -> weight(it.name(), it.shape()));
            }
            return this;
        }

        Builder constant(String name, long... shape) {
            return add(name, Kind.CONSTANT, 0, new double[0], shape);
        }

        Builder given(String name, double[] values, long... shape) {
            return add(name, Kind.CONSTANT, 0, values, shape);
        }

        Builder index(String name, int limit, long... shape) {
            return add(name, Kind.INDEX, limit, new double[0], shape);
        }

        private Builder add(String name, Kind kind, int limit, double[] given, long... shape) {
            arguments.add(new Argument(name, kind, limit, given, shape));
            return this;
        }

        /** The kernel, a function, called with these arguments. */
        Operation call(String passed) {
            return body("y = __torch__.%s(%s)".formatted(kernel, passed));
        }

        /** Lines that assign {@code y}. */
        Operation body(String lines) {
            return new Operation(kernel, variant, List.copyOf(arguments), lines, List.of());
        }

        /** Lines that assign {@code y}, a list of results with these names. */
        Operation steps(String lines, String... results) {
            return new Operation(kernel, variant, List.copyOf(arguments), lines, List.of(results));
        }
    }
}
