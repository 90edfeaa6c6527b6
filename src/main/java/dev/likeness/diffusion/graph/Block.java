package dev.likeness.diffusion.graph;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One step of a network: a kernel applied with the weights under a prefix. A block has one output.
 *
 * @param kernel the TorchScript function, which takes the inputs, the weights, the prefix and the constants
 * @param prefix of the weights' names, without the last dot; empty where there are none
 * @param constants further arguments: numbers, booleans, strings
 * @param weights what the kernel reads
 */
public record Block(String kernel, String prefix, List<Object> constants, List<WeightSpec> weights) {

    private static final String WEIGHT = ".weight";

    public Block {
        constants = List.copyOf(constants);
        weights = List.copyOf(weights);
    }

    /** Names of the weights, and of what an adapter may put beside them. */
    Stream<String> tensors() {
        return weights.stream()
                .map(WeightSpec::name)
                .flatMap(name -> name.endsWith(WEIGHT)
                        ? Stream.concat(
                                Stream.of(name), Adapters.names(name.substring(0, name.length() - WEIGHT.length())))
                        : Stream.of(name));
    }

    /** What people call it. */
    String label() {
        return prefix.isEmpty() ? kernel : prefix;
    }

    /** The name of the module's method for this block: blocks that share kernel, prefix and constants share it. */
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
