package dev.likeness.diffusion.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Emits a topology as TorchScript: one method per block, and one for the whole network. */
final class ScriptEmitter {

    private final Map<String, String> blockMethods = new LinkedHashMap<>();
    private final StringBuilder wholes = new StringBuilder();

    /** Adds a topology. Topologies share equal blocks. */
    void add(Topology topology) {
        Body body = new Body();
        List<String> outputs = topology.build(body, topology.inputs());
        wholes.append("  def %s(self: __torch__.M, %s) -> List[Tensor]:\n    w = self.w\n"
                .formatted(topology.name(), parameters(topology.inputs())));
        wholes.append(body.lines);
        wholes.append("    return [%s]\n".formatted(String.join(", ", outputs)));
    }

    /** The methods of all topologies. */
    String methods() {
        return String.join("", blockMethods.values()) + wholes;
    }

    private static String parameters(List<String> names) {
        return names.stream().map(name -> name + ": Tensor").collect(Collectors.joining(", "));
    }

    private final class Body implements Ops<String> {

        private final StringBuilder lines = new StringBuilder();
        private int variables;

        @Override
        public String apply(Block block, List<String> inputs) {
            List<String> names =
                    IntStream.range(0, inputs.size()).mapToObj(i -> "x" + i).toList();
            blockMethods.computeIfAbsent(
                    block.method(),
                    name -> "  def %s(self: __torch__.M, %s) -> Tensor:\n    w = self.w\n    return %s\n"
                            .formatted(name, parameters(names), block.call(names)));
            String variable = "v" + variables++;
            lines.append("    %s = %s\n".formatted(variable, block.call(inputs)));
            return variable;
        }
    }
}
