package dev.likeness.diffusion.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A loaded TorchScript archive. Calls run in ordinary mode rather than inference mode, so that every result can later
 * be part of a graph. The thread's grad mode decides whether a call records a graph.
 */
public final class ScriptModule implements AutoCloseable {

    private static final String SET_WEIGHTS = """
              def set_weights(self: __torch__.M, x: Tensor, w: Dict[str, Tensor]) -> Tensor:
                self.w = w
                return x
            """;

    private final NDManager manager;
    private final PtSymbolBlock block;

    /**
     * Compiles and loads a module.
     *
     * @param parent owns the module's memory
     * @param functions free TorchScript functions
     * @param methods methods of the module, indented by two blanks; they may read {@code self.w}, and keep lists of tensors between
     *     calls in {@code self.kept}
     */
    public ScriptModule(NDManager parent, String functions, String methods) {
        manager = parent.newSubManager();
        byte[] archive = ScriptArchive.of(functions, SET_WEIGHTS + methods);
        try {
            block = JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The manager with the lifetime of this module. */
    public NDManager manager() {
        return manager;
    }

    /**
     * Sets the weights. The module keeps these tensors without copying them: changing one in place changes the network.
     */
    public void setWeights(Map<String, NDArray> weights) {
        NDList arguments = new NDList();
        try (NDManager scope = manager.newSubManager()) {
            arguments.add(scope.create(0f));
            weights.forEach((name, weight) -> {
                weight.setName("w." + name);
                arguments.add(weight);
            });
            call(scope, "set_weights", arguments);
        } finally {
            weights.values().forEach(weight -> weight.setName(null));
        }
    }

    /**
     * Calls a method that takes tensors.
     *
     * @param scope frees the results
     */
    public NDList call(NDManager scope, String method, NDArray... inputs) {
        return call(scope, method, new NDList(inputs));
    }

    /**
     * Calls a method that takes lists of tensors.
     *
     * @param scope frees the results
     */
    @SafeVarargs
    public final NDList callLists(NDManager scope, String method, List<? extends NDArray>... lists) {
        NDList arguments = new NDList();
        for (int i = 0; i < lists.length; i++) {
            for (NDArray array : lists[i]) {
                // DJL collects arguments by name. An array in two lists needs a second handle with a second name.
                NDArray argument = array.getName() == null ? array : alias(scope, array);
                argument.setName("list" + i + "[]");
                arguments.add(argument);
            }
        }
        try {
            return call(scope, method, arguments);
        } finally {
            arguments.forEach(argument -> argument.setName(null));
        }
    }

    private static NDArray alias(NDManager scope, NDArray array) {
        NDArray alias = array.reshape(array.getShape());
        alias.attach(scope);
        return alias;
    }

    private NDList call(NDManager scope, String method, NDList arguments) {
        EngineThreads.requireCurrent();
        // DJL takes the method's name from an array, and the first array's manager owns the results.
        NDArray selector = scope.create(0f);
        selector.setName("module_method:" + method);
        arguments.add(0, selector);
        NDList results = IValueUtils.forward(block, arguments, true);
        selector.close();
        return results;
    }

    @Override
    public void close() {
        block.close();
        manager.close();
    }
}
