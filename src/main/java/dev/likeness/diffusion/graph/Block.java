package dev.likeness.diffusion.graph;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One step of a network: a kernel that uses the weights with a prefix. A block has one output.
 *
 * @param kernel the TorchScript function; its arguments are the inputs, the weights, the prefix and the constants
 * @param prefix of the weights' names, without the last dot; empty if the block has none
 * @param constants further arguments: numbers, booleans, strings
 * @param weights that the kernel reads
 */
public record Block(String kernel, String prefix, List<Object> constants, List<WeightSpec> weights) {

    private static final String WEIGHT = ".weight";

    public Block {
        constants = List.copyOf(constants);
        weights = List.copyOf(weights);
    }

    /** Names of the weights, and of the tensors that an adapter may add to them. */
    Stream<String> tensors() {
        return weights.stream()
                .map(WeightSpec::name)
                .flatMap(name -> name.endsWith(WEIGHT)
                        ? Stream.concat(
                                Stream.of(name), Adapters.names(name.substring(0, name.length() - WEIGHT.length())))
                        : Stream.of(name));
    }

    /** A readable name. */
    String label() {
        return prefix.isEmpty() ? kernel : prefix;
    }

    /**
     * The name of the module's method for this block. Blocks with equal kernel, prefix and constants share a method.
     */
    String method() {
        String arguments = constants.stream().map(String::valueOf).collect(Collectors.joining("_"));
        return ("b_" + kernel + "_" + prefix + "_" + arguments).replaceAll("\\W", "_");
    }

    /** The call of this block's kernel on the given variables. */
    String call(List<String> inputs) {
        StringBuilder call = new StringBuilder("__torch__.").append(kernel).append('(');
        inputs.forEach(input -> call.append(input).append(", "));
        call.append("w, ").append(literal(prefix));
        constants.forEach(constant -> call.append(", ").append(literal(constant)));
        return call.append(')').toString();
    }

    private static String literal(Object constant) {
        if (constant instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        return constant instanceof String text ? '"' + text + '"' : constant.toString();
    }
}
