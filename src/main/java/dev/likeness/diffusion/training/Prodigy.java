package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.likeness.diffusion.tensor.Resources;
import dev.likeness.diffusion.tensor.ScriptModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prodigy ("Prodigy: An Expeditiously Adaptive Parameter-Free Learner", Mishchenko and Defazio 2023, arXiv:2306.06101, algorithm 4), AdamW
 * that estimates its own learning rate from the distance to the start. The learning rate given is a factor of the estimate, usually
 * 1. As in the training scripts of diffusers, weight decay is decoupled from the gradient, Adam's bias is corrected, and
 * {@code safeguard_warmup} is on. The decay of the weighted sum of gradients is the root of beta2.
 */
public final class Prodigy implements Optimizer {

    /** The first estimate, as in the authors' implementation. */
    private static final double FIRST = 1e-6;

    private static final String STATE = "prodigy.";

    private final ScriptModule module;
    private final AdamW.Settings settings;
    private final List<String> names;
    private final List<NDArray> parameters;
    private final List<NDArray> starts = new ArrayList<>();
    private final List<NDArray> sums = new ArrayList<>();
    private final List<NDArray> means = new ArrayList<>();
    private final List<NDArray> squares = new ArrayList<>();

    /** An {@link Estimate}, in the order of its components. */
    private final NDArray estimate;

    /**
     * The estimate of the learning rate.
     *
     * @param rate the estimate, named d in the paper
     * @param numerator of the next estimate
     * @param steps taken so far
     */
    private record Estimate(double rate, double numerator, int steps) {

        static Estimate of(NDArray values) {
            float[] v = values.toFloatArray();
            return new Estimate(v[0], v[1], (int) v[2]);
        }

        float[] values() {
            return new float[] {(float) rate, (float) numerator, steps};
        }
    }

    /**
     * Creates an optimizer whose averages are zero.
     *
     * @param parent owns the state
     * @param parameters fp32, changed in place by every step; the state keeps a copy of their values now
     */
    public Prodigy(NDManager parent, Map<String, NDArray> parameters, AdamW.Settings settings) {
        this.settings = settings;
        module = new ScriptModule(parent, "", Resources.text(Prodigy.class, "prodigy.py"));
        NDManager manager = module.manager();
        names = List.copyOf(parameters.keySet());
        this.parameters = List.copyOf(parameters.values());
        for (NDArray parameter : this.parameters) {
            NDArray start = manager.zeros(parameter.getShape(), DataType.FLOAT32);
            parameter.copyTo(start);
            starts.add(start);
            sums.add(manager.zeros(parameter.getShape(), DataType.FLOAT32));
            means.add(manager.zeros(parameter.getShape(), DataType.FLOAT32));
            squares.add(manager.zeros(parameter.getShape(), DataType.FLOAT32));
        }
        estimate = manager.create(new Estimate(FIRST, 0, 0).values());
    }

    /** Takes one step, in place. Without a rate, or if every gradient so far was zero, nothing changes, as in the authors' implementation. */
    @Override
    public void step(NDManager scope, Map<String, NDArray> gradients, double learningRate) {
        if (names.isEmpty() || learningRate == 0) {
            return;
        }
        Estimate now = Estimate.of(estimate);
        double rate = now.rate * learningRate * biasCorrection(now.steps + 1);
        NDList sum = module.callLists(
                scope,
                "prodigy_averages",
                parameters,
                Gradients.inOrder(names, gradients),
                starts,
                sums,
                means,
                squares,
                List.of(scope.create(averaging(now.rate))));
        double magnitude = sum(sum.get(1));
        if (magnitude == 0) {
            return;
        }
        double numerator = now.numerator * sumDecay() + now.rate / FIRST * rate * sum(sum.get(0));
        Estimate next = new Estimate(Math.max(now.rate, numerator / magnitude), numerator, now.steps + 1);
        scope.create(next.values()).copyTo(estimate);
        NDArray constants = scope.create(new float[] {
            (float) rate, (float) (1 - rate * settings.weightDecay()), (float) (next.rate * settings.epsilon())
        });
        module.callLists(scope, "prodigy", parameters, means, squares, List.of(constants));
    }

    /** In the kernel's order. */
    private float[] averaging(double rate) {
        return new float[] {
            (float) sumDecay(),
            (float) (rate / FIRST * rate),
            (float) settings.beta1(),
            (float) (rate * (1 - settings.beta1())),
            (float) settings.beta2(),
            (float) (rate * rate * (1 - settings.beta2()))
        };
    }

    private double sumDecay() {
        return Math.sqrt(settings.beta2());
    }

    /** @param step counted from 1 */
    private double biasCorrection(int step) {
        return Math.sqrt(1 - Math.pow(settings.beta2(), step)) / (1 - Math.pow(settings.beta1(), step));
    }

    private static double sum(NDArray values) {
        double sum = 0;
        for (float value : values.toFloatArray()) {
            sum += value;
        }
        return sum;
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            state.put(STATE + "start." + names.get(i), starts.get(i));
            state.put(STATE + "sum." + names.get(i), sums.get(i));
            state.put(STATE + "mean." + names.get(i), means.get(i));
            state.put(STATE + "square." + names.get(i), squares.get(i));
        }
        state.put(STATE + "estimate", estimate);
        return state;
    }

    @Override
    public void close() {
        module.close();
    }
}
