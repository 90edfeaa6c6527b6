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
 * AdamW whose state takes one byte per value ("8-bit Optimizers via Block-wise Quantization", Dettmers et al. 2021,
 * arXiv:2110.02861). Each block of 2048 values, as in the paper, is stored as codes into a {@link DynamicMap}, scaled by
 * the block's largest magnitude. Newer versions of bitsandbytes use blocks of 256, which do not improve the bundled model. A
 * step converts the state of one piece of one parameter to fp32, takes AdamW's step, and quantises the state again. Parameters
 * of fewer than 4096 values keep fp32 state, as in bitsandbytes. Unlike there, a mean of squares above zero is never rounded to
 * zero.
 */
public final class AdamW8bit implements Optimizer {

    private static final int BLOCK = 2048;
    private static final int SMALLEST = 4096;

    private final AdamW small;
    private final ScriptModule module;
    private final AdamW.Settings settings;
    private final List<String> names = new ArrayList<>();
    private final List<NDArray> parameters = new ArrayList<>();
    private final Moment mean = new Moment("adamw8bit.mean");
    private final Moment square = new Moment("adamw8bit.square");
    private final NDArray steps;

    /** A quantised moment. For each parameter N blocks: codes [N, 2048], uint8; largest [N, 1], fp32. */
    private record Moment(String name, List<NDArray> codes, List<NDArray> largest) {

        Moment(String name) {
            this(name, new ArrayList<>(), new ArrayList<>());
        }

        void add(NDManager manager, long blocks) {
            codes.add(manager.zeros(new Shape(blocks, BLOCK), DataType.UINT8));
            largest.add(manager.zeros(new Shape(blocks, 1), DataType.FLOAT32));
        }

        void putInto(Map<String, NDArray> state, List<String> parameters) {
            for (int i = 0; i < parameters.size(); i++) {
                state.put(name + "." + parameters.get(i), codes.get(i));
                state.put(name + "_largest." + parameters.get(i), largest.get(i));
            }
        }
    }

    /**
     * Creates an optimizer whose state is zero.
     *
     * @param parent owns the state
     * @param parameters fp32 and contiguous, changed in place by every step
     */
    public AdamW8bit(NDManager parent, Map<String, NDArray> parameters, AdamW.Settings settings) {
        this.settings = settings;
        module = new ScriptModule(parent, "", Resources.text(AdamW8bit.class, "adamw8bit.py"));
        Map<String, NDArray> tables = new LinkedHashMap<>();
        maps().forEach((name, values) -> tables.put(name, module.manager().create(values)));
        module.setWeights(tables);
        steps = module.manager().zeros(new Shape(), DataType.FLOAT32);
        Map<String, NDArray> rest = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> {
            if (parameter.size() < SMALLEST) {
                rest.put(name, parameter);
            } else {
                add(name, parameter);
            }
        });
        small = new AdamW(parent, rest, settings);
    }

    /** The values of both maps and the upper bound of each value's interval. */
    static Map<String, float[]> maps() {
        DynamicMap signed = new DynamicMap(true);
        DynamicMap unsigned = new DynamicMap(false);
        return Map.of(
                "signed.values", signed.values(),
                "signed.bounds", signed.bounds(),
                "unsigned.values", unsigned.values(),
                "unsigned.bounds", unsigned.bounds());
    }

    private void add(String name, NDArray parameter) {
        long blocks = (parameter.size() + BLOCK - 1) / BLOCK;
        names.add(name);
        parameters.add(parameter);
        mean.add(module.manager(), blocks);
        square.add(module.manager(), blocks);
    }

    @Override
    public void step(NDManager scope, Map<String, NDArray> gradients, double learningRate) {
        small.step(scope, gradients, learningRate);
        if (names.isEmpty()) {
            return;
        }
        steps.addi(scope.create(1f));
        module.callLists(
                scope,
                "step",
                parameters,
                Gradients.inOrder(names, gradients),
                mean.codes,
                mean.largest,
                square.codes,
                square.largest,
                List.of(scope.create(constants(learningRate, steps.toFloatArray()[0]))));
    }

    /** In the kernel's order. */
    private float[] constants(double learningRate, double step) {
        double beta1 = settings.beta1();
        double beta2 = settings.beta2();
        return new float[] {
            (float) beta1,
            (float) (1 - beta1),
            (float) beta2,
            (float) (1 - beta2),
            (float) settings.epsilon(),
            (float) (1 - learningRate * settings.weightDecay()),
            (float) (learningRate / (1 - Math.pow(beta1, step))),
            (float) Math.sqrt(1 - Math.pow(beta2, step))
        };
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>(small.state());
        mean.putInto(state, names);
        square.putInto(state, names);
        state.put("adamw8bit.step", steps);
        return state;
    }

    @Override
    public void close() {
        small.close();
        module.close();
    }
}
