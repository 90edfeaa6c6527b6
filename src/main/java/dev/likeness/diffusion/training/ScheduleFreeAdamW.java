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
import org.jspecify.annotations.Nullable;

/**
 * Schedule-free AdamW ("The Road Less Scheduled", Defazio et al. 2024, arXiv:2405.15682, algorithm 1), as in the authors'
 * implementation with its defaults. Gradients are taken at y, AdamW moves z, and the result is x, the average of every z, weighted by the
 * square of the highest rate so far. y = beta1 x + (1 - beta1) z is what the parameters hold, so that x follows from y and z.
 */
public final class ScheduleFreeAdamW implements Optimizer {

    private static final String STATE = "schedule_free.";

    private final ScriptModule module;
    private final AdamW.Settings settings;
    private final List<String> names;
    private final List<NDArray> parameters;
    private final List<NDArray> bases = new ArrayList<>();
    private final List<NDArray> squares = new ArrayList<>();

    /** A {@link Weighting}, in the order of its components, each of the last two as the sum of two numbers. */
    private final NDArray weighting;

    /** Copies of y while the parameters hold x; null in training. */
    private @Nullable NDManager training;

    private final List<NDArray> points = new ArrayList<>();

    /**
     * The weights in the average.
     *
     * @param steps taken so far
     * @param highest rate so far
     * @param sum of the weights so far
     */
    private record Weighting(int steps, double highest, double sum) {

        static Weighting of(NDArray values) {
            float[] v = values.toFloatArray();
            return new Weighting((int) v[0], (double) v[1] + v[2], (double) v[3] + v[4]);
        }

        float[] values() {
            return new float[] {
                steps, (float) highest, (float) (highest - (float) highest), (float) sum, (float) (sum - (float) sum)
            };
        }

        Weighting next(double rate) {
            double most = Math.max(rate, highest);
            return new Weighting(steps + 1, most, sum + most * most);
        }

        /** The share of the newest z in the average. */
        double share() {
            return sum == 0 ? 0 : highest * highest / sum;
        }
    }

    /**
     * Creates an optimizer whose averages are the parameters.
     *
     * @param parent owns the state
     * @param parameters fp32, changed in place by every step; the state keeps a copy of their values now
     * @param settings of which beta1 must be above 0
     */
    public ScheduleFreeAdamW(NDManager parent, Map<String, NDArray> parameters, AdamW.Settings settings) {
        if (!(settings.beta1() > 0)) {
            throw new IllegalArgumentException("schedule-free AdamW needs a beta1 above 0, not " + settings.beta1());
        }
        this.settings = settings;
        module = new ScriptModule(parent, "", Resources.text(ScheduleFreeAdamW.class, "schedule_free.py"));
        NDManager manager = module.manager();
        names = List.copyOf(parameters.keySet());
        this.parameters = List.copyOf(parameters.values());
        for (NDArray parameter : this.parameters) {
            NDArray base = manager.zeros(parameter.getShape(), DataType.FLOAT32);
            parameter.copyTo(base);
            bases.add(base);
            squares.add(manager.zeros(parameter.getShape(), DataType.FLOAT32));
        }
        weighting = manager.create(new Weighting(0, 0, 0).values());
    }

    @Override
    public void step(NDManager scope, Map<String, NDArray> gradients, double learningRate) {
        if (names.isEmpty()) {
            // DJL cannot pass an empty list.
            return;
        }
        Weighting next = Weighting.of(weighting).next(learningRate);
        scope.create(next.values()).copyTo(weighting);
        module.callLists(
                scope,
                "schedule_free",
                parameters,
                Gradients.inOrder(names, gradients),
                bases,
                squares,
                List.of(scope.create(constants(learningRate, next))));
    }

    /** In the kernel's order. */
    private float[] constants(double learningRate, Weighting next) {
        double beta2 = settings.beta2();
        return new float[] {
            (float) beta2,
            (float) (1 - beta2),
            (float) (1 - Math.pow(beta2, next.steps)),
            (float) settings.epsilon(),
            (float) settings.weightDecay(),
            (float) next.share(),
            (float) (learningRate * (settings.beta1() * (1 - next.share()) - 1)),
            (float) learningRate
        };
    }

    /** Puts x in place of y. */
    @Override
    public void evaluate() {
        if (names.isEmpty()) {
            return;
        }
        NDManager copies = module.manager().newSubManager();
        for (NDArray parameter : parameters) {
            NDArray point = parameter.duplicate();
            point.attach(copies);
            points.add(point);
        }
        training = copies;
        try (NDManager scope = module.manager().newSubManager()) {
            module.callLists(
                    scope, "evaluate", parameters, bases, List.of(scope.create((float) (1 - 1 / settings.beta1()))));
        }
    }

    /** Puts y back, bit for bit. */
    @Override
    public void resume() {
        NDManager copies = training;
        if (copies == null) {
            return;
        }
        for (int i = 0; i < points.size(); i++) {
            points.get(i).copyTo(parameters.get(i));
        }
        points.clear();
        training = null;
        copies.close();
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            state.put(STATE + "z." + names.get(i), bases.get(i));
            state.put(STATE + "square." + names.get(i), squares.get(i));
        }
        state.put(STATE + "weighting", weighting);
        return state;
    }

    @Override
    public void close() {
        module.close();
    }
}
