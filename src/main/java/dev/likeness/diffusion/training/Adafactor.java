package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.Resources;
import dev.likeness.diffusion.tensor.ScriptModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adafactor (Shazeer and Stern 2018, arXiv:1804.04235) without a first moment and with a given learning rate, as in
 * transformers with {@code relative_step=False, scale_parameter=False, warmup_init=False, beta1=None}. Of a parameter's
 * squared gradients it keeps only the means over the last two dimensions, for rows and columns. For vectors and scalars
 * it keeps the mean of each square.
 */
public final class Adafactor implements Optimizer {

    private final ScriptModule module;
    private final Settings settings;
    private final Group factored = new Group(List.of("adafactor.row", "adafactor.column"));
    private final Group whole = new Group(List.of("adafactor.square"));
    private final NDArray steps;

    /**
     * The constants of the update rule.
     *
     * @param epsilon added to the squares of the gradients, 1e-30 in the paper
     * @param clipThreshold the largest root mean square of an update before the learning rate, 1 in the paper
     * @param decayRate the means decay by 1 - step^decayRate, -0.8 in the paper
     * @param weightDecay decoupled from the gradient
     */
    public record Settings(double epsilon, double clipThreshold, double decayRate, double weightDecay) {

        /** The paper's constants. */
        public static Settings of(double weightDecay) {
            return new Settings(1e-30, 1, -0.8, weightDecay);
        }
    }

    /**
     * Parameters whose state has the same form. For each kind of state it has a name, and a tensor for every parameter.
     */
    private record Group(List<String> kinds, List<String> names, List<NDArray> parameters, List<List<NDArray>> states) {

        Group(List<String> kinds) {
            this(kinds, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            kinds.forEach(kind -> states.add(new ArrayList<>()));
        }

        void add(String name, NDArray parameter, NDManager manager, Shape... shapes) {
            names.add(name);
            parameters.add(parameter);
            for (int kind = 0; kind < shapes.length; kind++) {
                states.get(kind).add(manager.zeros(shapes[kind], DataType.FLOAT32));
            }
        }

        void putInto(Map<String, NDArray> state) {
            for (int kind = 0; kind < kinds.size(); kind++) {
                for (int i = 0; i < names.size(); i++) {
                    state.put(
                            kinds.get(kind) + "." + names.get(i),
                            states.get(kind).get(i));
                }
            }
        }
    }

    /**
     * Creates an optimizer whose state is zero.
     *
     * @param parent owns the state
     * @param parameters fp32, changed in place by every step
     */
    public Adafactor(NDManager parent, Map<String, NDArray> parameters, Settings settings) {
        this.settings = settings;
        module = new ScriptModule(parent, "", Resources.text(Adafactor.class, "adafactor.py"));
        steps = module.manager().zeros(new Shape(), DataType.FLOAT32);
        parameters.forEach((name, parameter) -> {
            Shape shape = parameter.getShape();
            int last = shape.dimension() - 1;
            if (last > 0) {
                Shape rows = shape.slice(0, last);
                Shape columns = shape.slice(0, last - 1).add(shape.get(last));
                factored.add(name, parameter, module.manager(), rows, columns);
            } else {
                whole.add(name, parameter, module.manager(), shape);
            }
        });
    }

    @Override
    public void step(NDManager scope, Map<String, NDArray> gradients, double learningRate) {
        steps.addi(scope.create(1f));
        List<NDArray> constants = List.of(scope.create(constants(learningRate, steps.toFloatArray()[0])));
        // DJL cannot pass an empty list.
        if (!factored.names.isEmpty()) {
            module.callLists(
                    scope,
                    "factored",
                    factored.parameters,
                    Gradients.inOrder(factored.names, gradients),
                    factored.states.get(0),
                    factored.states.get(1),
                    constants);
        }
        if (!whole.names.isEmpty()) {
            module.callLists(
                    scope,
                    "whole",
                    whole.parameters,
                    Gradients.inOrder(whole.names, gradients),
                    whole.states.get(0),
                    constants);
        }
    }

    /** In the kernel's order. */
    private float[] constants(double learningRate, double step) {
        double decay = 1 - Math.pow(step, settings.decayRate());
        return new float[] {
            (float) decay,
            (float) (1 - decay),
            (float) settings.epsilon(),
            (float) settings.clipThreshold(),
            (float) learningRate,
            (float) (1 - learningRate * settings.weightDecay())
        };
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        factored.putInto(state);
        whole.putInto(state);
        state.put("adafactor.step", steps);
        return state;
    }

    @Override
    public void close() {
        module.close();
    }
}
