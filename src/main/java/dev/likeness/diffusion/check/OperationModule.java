package dev.likeness.diffusion.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.likeness.diffusion.check.Argument.Kind;
import dev.likeness.diffusion.graph.Kernels;
import dev.likeness.diffusion.tensor.ScriptModule;
import dev.likeness.diffusion.training.StepScript;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Operations compiled for one precision, on one device. */
final class OperationModule implements AutoCloseable {

    /**
     * {@code dirty} leaves NaN in the memory that the allocator returns next, which is the smallest piece that is large
     * enough: it allocates pieces of every size, fills them with NaN, and frees them. A kernel that reads uninitialised
     * memory then returns NaN. {@code upstream} creates the gradient of a result, of multiples of 1/64 between -1/2 and
     * 3/2. With a mean of 0, sums over positions would leave little besides rounding.
     */
    private static final String HELPERS = """
              def dirty(self: __torch__.M) -> int:
                return torch.len(torch._foreach_neg(torch.values(self.w)))
              def upstream(self: __torch__.M, y: Tensor) -> Tensor:
                n = torch.arange(torch.numel(y), dtype=6, layout=None, device=ops.prim.device(y), pin_memory=False)
                v = torch.div(torch.sub(torch.remainder(torch.mul(n, 37), 127), 31), 64)
                return torch.to(torch.reshape(v, torch.size(y)), ops.prim.dtype(y), False, False)
              def differentiated(self: __torch__.M, y: Tensor, leaves: List[Tensor]) -> List[Tensor]:
                unused = (self).dirty()
                found = (self).gradients([y], [(self).upstream(y)], leaves)
                result = [__torch__.widen(torch.detach(y))]
                for i in range(torch.len(found)):
                  _0 = torch.append(result, found[i])
                return result
            """;

    /** The dirty pieces of memory: number of fp32 values in the smallest and in the largest. */
    private static final int DIRTY_LEAST = 64;

    private static final int DIRTY_MOST = 16384;

    /** Factor from one size to the next. */
    private static final double DIRTY_RATIO = 1.25;

    /** Number of pieces of each size. */
    private static final int DIRTY_EACH = 3;

    private final ScriptModule module;
    private final DataType type;
    private final Map<String, String> methods = new LinkedHashMap<>();

    /**
     * Compiles the operations.
     *
     * @param parent owns the module, and determines the device
     * @param functions of the kernels, in some precision
     * @param type of the arguments
     */
    OperationModule(NDManager parent, String functions, DataType type, Collection<Operation> operations) {
        this.type = type;
        for (Operation operation : operations) {
            methods.computeIfAbsent(method(operation), text -> "operation" + methods.size());
        }
        boolean steps = operations.stream().anyMatch(Operation::inStep);
        StringBuilder text = new StringBuilder(Kernels.GRADIENTS + HELPERS);
        text.append(steps ? StepScript.methods() : "");
        methods.forEach((method, name) -> text.append("  def ").append(name).append(method));
        module = new ScriptModule(parent, functions, text.toString());
        Map<String, NDArray> held = new LinkedHashMap<>();
        for (double size = DIRTY_LEAST; size <= DIRTY_MOST; size *= DIRTY_RATIO) {
            for (int i = 0; i < DIRTY_EACH; i++) {
                held.put("dirty." + held.size(), module.manager().full(new Shape((long) size), Float.NaN));
            }
        }
        if (steps) {
            StepScript.tables()
                    .forEach((name, values) ->
                            held.put(name, tensor(module.manager(), doubles(values), new Shape(values.length))));
        }
        module.setWeights(held);
    }

    private NDArray tensor(NDManager scope, double[] values, Shape shape) {
        return type == DataType.FLOAT64 ? scope.create(values, shape) : scope.create(floats(values), shape);
    }

    private static String method(Operation operation) {
        StringBuilder text = new StringBuilder(
                "(self: __torch__.M, leaves: List[Tensor], constants: List[Tensor], indices: List[Tensor]) -> List[Tensor]:\n");
        List<String> map = new ArrayList<>();
        bind(text, map, operation.leaves(), "leaves");
        bind(text, map, operation.of(Kind.CONSTANT), "constants");
        bind(text, map, operation.of(Kind.INDEX), "indices");
        line(text, "w = annotate(Dict[str, Tensor], {%s})".formatted(String.join(", ", map)));
        line(text, "unused = (self).dirty()");
        operation.body().lines().forEach(it -> line(text, it));
        line(text, operation.differentiable() ? "return (self).differentiated(y, leaves)" : "return y");
        return text.toString();
    }

    private static void bind(StringBuilder text, List<String> map, List<Argument> arguments, String list) {
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            String value = "%s[%d]".formatted(list, i);
            if (argument.inMap()) {
                map.add("\"%s\": %s".formatted(argument.name(), value));
            } else {
                line(
                        text,
                        argument.kind() == Kind.INPUT
                                ? "%s = __torch__.cast(%s)".formatted(argument.name(), value)
                                : "%s = %s".formatted(argument.name(), value));
            }
        }
    }

    private static void line(StringBuilder text, String line) {
        text.append("    ").append(line).append('\n');
    }

    /** The arguments of an operation, the same in every call. */
    final class Call {

        private final Operation operation;
        private final List<NDArray> leaves;
        private final List<NDArray> constants;
        private final List<NDArray> indices;

        /** @param scope owns the arguments */
        Call(NDManager scope, Operation operation) {
            this.operation = operation;
            leaves = tensors(scope, operation.leaves());
            constants = tensors(scope, operation.of(Kind.CONSTANT));
            indices = tensors(scope, operation.of(Kind.INDEX));
        }

        private List<NDArray> tensors(NDManager scope, List<Argument> arguments) {
            List<NDArray> tensors = new ArrayList<>();
            for (Argument argument : arguments) {
                tensors.add(tensor(scope, argument));
            }
            if (tensors.isEmpty()) {
                // DJL cannot pass an empty list.
                tensors.add(scope.create(0f));
            }
            return tensors;
        }

        private NDArray tensor(NDManager scope, Argument argument) {
            double[] values = argument.values(operation.arguments().indexOf(argument));
            Shape shape = new Shape(argument.shape());
            if (argument.kind() == Kind.INDEX) {
                long[] indices = new long[values.length];
                for (int i = 0; i < indices.length; i++) {
                    indices[i] = (long) values[i];
                }
                return scope.create(indices, shape);
            }
            return OperationModule.this.tensor(scope, values, shape);
        }

        /** Values of every outcome. */
        List<double[]> run(NDManager scope) {
            String method = Objects.requireNonNull(methods.get(method(operation)));
            differentiate(operation.differentiable());
            try {
                NDList outcomes = module.callLists(scope, method, leaves, constants, indices);
                List<double[]> values = new ArrayList<>();
                outcomes.forEach(it -> values.add(doubles(it)));
                return values;
            } finally {
                differentiate(false);
            }
        }

        private void differentiate(boolean on) {
            if (operation.differentiable()) {
                leaves.forEach(it -> JniUtils.attachGradient((PtNDArray) it, on));
            }
            JniUtils.setGradMode(on);
        }
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double[] doubles(NDArray array) {
        return array.getDataType() == DataType.FLOAT64 ? array.toDoubleArray() : doubles(array.toFloatArray());
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    @Override
    public void close() {
        module.close();
    }
}
