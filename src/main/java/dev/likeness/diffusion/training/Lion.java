package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.likeness.diffusion.tensor.Resources;
import dev.likeness.diffusion.tensor.ScriptModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lion ("Symbolic Discovery of Optimization Algorithms", Chen et al. 2023, arXiv:2302.06675, algorithm 2). Every number moves by the
 * learning rate, up or down, so that rates are 3 to 10 times smaller than AdamW's and weight decay is as much larger. The state is half of
 * AdamW's.
 */
public final class Lion implements Optimizer {

    private final ScriptModule module;
    private final AdamW.Settings settings;
    private final List<String> names;
    private final List<NDArray> parameters;
    private final List<NDArray> means = new ArrayList<>();

    /**
     * Creates an optimizer whose state is zero.
     *
     * @param parent owns the state
     * @param parameters fp32, changed in place by every step
     * @param settings of which epsilon is unused; the paper's betas are 0.9 and 0.99
     */
    public Lion(NDManager parent, Map<String, NDArray> parameters, AdamW.Settings settings) {
        this.settings = settings;
        module = new ScriptModule(parent, "", Resources.text(Lion.class, "lion.py"));
        names = List.copyOf(parameters.keySet());
        this.parameters = List.copyOf(parameters.values());
        for (NDArray parameter : this.parameters) {
            means.add(module.manager().zeros(parameter.getShape(), DataType.FLOAT32));
        }
    }

    @Override
    public void step(NDManager scope, Map<String, NDArray> gradients, double learningRate) {
        if (names.isEmpty()) {
            // DJL cannot pass an empty list.
            return;
        }
        NDArray constants = scope.create(new float[] {
            (float) learningRate,
            (float) (1 - learningRate * settings.weightDecay()),
            (float) settings.beta1(),
            (float) (1 - settings.beta1()),
            (float) settings.beta2(),
            (float) (1 - settings.beta2())
        });
        module.callLists(scope, "lion", parameters, Gradients.inOrder(names, gradients), means, List.of(constants));
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            state.put("lion.mean." + names.get(i), means.get(i));
        }
        return state;
    }

    @Override
    public void close() {
        module.close();
    }
}
