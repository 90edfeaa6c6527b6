package dev.likeness.diffusion.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.tensor.ScriptModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The compiled module of a network. A setting that changes its code lets it compile again when it is next needed. */
final class NetworkModule implements AutoCloseable {

    private static final String REDUCED = """
              def reduced(self: __torch__.M, x: Tensor) -> Tensor:
                return __torch__.cast(x)
            """;

    private static final String NORMS = """
              def norms(self: __torch__.M, x: Tensor, like: Tensor) -> Tensor:
                return __torch__.norms(__torch__.widen(x), like)
            """;

    /** DJL leaves out an argument without tensors. */
    private static final String NO_WEIGHTS = "none";

    private final NDManager manager;
    private final List<Topology> topologies;
    private Precision precision = Precision.FP32;
    private double dropout;
    private boolean adapted;
    private int changes;
    private @Nullable ScriptModule module;

    /** Whether the module has the current tensors. */
    private boolean uploaded;

    /** @param manager owns the module's memory */
    NetworkModule(NDManager manager, List<? extends Topology> topologies) {
        this.manager = manager;
        this.topologies = new ArrayList<>(topologies);
    }

    /** Compiles a topology from now on, too. Those of one name are equal. */
    void require(Topology topology) {
        if (topologies.stream().noneMatch(it -> it.name().equals(topology.name()))) {
            topologies.add(topology);
            recompile();
        }
    }

    Precision precision() {
        return precision;
    }

    void use(Precision wanted) {
        if (wanted != precision) {
            precision = wanted;
            recompile();
        }
    }

    double dropout() {
        return dropout;
    }

    void setDropout(double share) {
        if (share != dropout) {
            dropout = share;
            recompile();
        }
    }

    /** Looking for an adapter in every layer would cost a small network a sixth of its time. */
    void lookForAdapter(boolean wanted) {
        if (wanted != adapted) {
            adapted = wanted;
            recompile();
        }
    }

    /** @param most changes of one layer's weight that layers look for */
    void lookForChanges(int most) {
        if (most != changes) {
            changes = most;
            recompile();
        }
    }

    private void recompile() {
        close();
        module = null;
        uploaded = false;
    }

    /** The module with its code, whatever tensors it has. */
    ScriptModule compiled() {
        ScriptModule compiled = module == null ? compile() : module;
        module = compiled;
        return compiled;
    }

    private ScriptModule compile() {
        ScriptEmitter emitter = new ScriptEmitter();
        topologies.forEach(emitter::add);
        String functions = Kernels.functions(precision.functions(), adapted, changes, dropout, Kernels.text());
        return new ScriptModule(manager, functions, emitter.methods() + Kernels.GRADIENTS + REDUCED + NORMS);
    }

    /** The module with its current tensors, by name. */
    ScriptModule with(Supplier<Map<String, NDArray>> tensors) {
        ScriptModule compiled = compiled();
        if (!uploaded) {
            upload(tensors.get());
        }
        return compiled;
    }

    /** The module gets tensors before its next computation. */
    void forgetTensors() {
        uploaded = false;
    }

    /** Gives tensors to the module now, if it is compiled, so that it holds no others. */
    void upload(Map<String, NDArray> tensors) {
        if (module == null) {
            return;
        }
        uploaded = true;
        if (tensors.isEmpty()) {
            try (NDArray nothing = manager.create(0f)) {
                module.setWeights(Map.of(NO_WEIGHTS, nothing));
            }
        } else {
            module.setWeights(tensors);
        }
    }

    /** A tensor in the type of the computation. */
    NDArray reduced(NDManager scope, NDArray tensor) {
        return compiled().call(scope, "reduced", tensor).get(0);
    }

    /** The norms of a weight's outputs or inputs, in fp32. */
    NDArray norms(NDManager scope, NDArray weight, NDArray like) {
        return compiled().call(scope, "norms", weight, like).get(0);
    }

    @Override
    public void close() {
        if (module != null) {
            module.close();
        }
    }
}
