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
import org.jspecify.annotations.Nullable;

/**
 * An objective with the exponential moving average (EMA) of what it trains, as {@code EMAModel} of diffusers computes it. Training does
 * not read the average. It includes the objective's state, so that the result of textual inversion with a moving v_star is an average, too.
 */
public final class AveragedObjective implements Objective, AutoCloseable {

    private static final String STATE = "ema.";

    private final Objective objective;
    private final Settings settings;
    private final ScriptModule module;
    private final List<NDArray> trained = new ArrayList<>();
    private final Map<String, NDArray> averages = new LinkedHashMap<>();
    private final NDArray updates;

    /** How fast the average follows. */
    public interface Settings {

        /** The largest decay, 0 to 1: the share of the former average in the next one. */
        double decay();

        /** The smallest decay after the first update, 0 to {@link #decay}. */
        double minDecay();

        /** Steps in which the average is what was trained last. */
        int updateAfterStep();

        /** Whether the decay rises as 1 - (1 + step / invGamma)^-power; otherwise as (1 + step) / (10 + step). */
        boolean warmup();

        /** Of the warm-up, above 0; a larger one is slower. */
        double invGamma();

        /** Of the warm-up, above 0; a larger one is faster. */
        double power();

        /**
         * The decay of an update.
         *
         * @param update counted from 1
         */
        default double decayOf(int update) {
            int step = Math.max(0, update - updateAfterStep() - 1);
            if (step == 0) {
                return 0;
            }
            double rising = warmup() ? 1 - Math.pow(1 + step / invGamma(), -power()) : (1.0 + step) / (10 + step);
            return Math.max(Math.min(rising, decay()), minDecay());
        }
    }

    /**
     * Starts an average with what is trained, as it is now.
     *
     * @param parent owns the average
     */
    public AveragedObjective(NDManager parent, Objective objective, Settings settings) {
        this.objective = objective;
        this.settings = settings;
        module = new ScriptModule(parent, "", Resources.text(AveragedObjective.class, "ema.py"));
        NDManager manager = module.manager();
        Map<String, NDArray> all = new LinkedHashMap<>(objective.parameters());
        all.putAll(objective.state());
        all.forEach((name, tensor) -> {
            NDArray average = manager.zeros(tensor.getShape(), DataType.FLOAT32);
            tensor.copyTo(average);
            trained.add(tensor);
            averages.put(STATE + name, average);
        });
        updates = manager.zeros(new Shape(), DataType.FLOAT32);
    }

    @Override
    public Map<String, NDArray> parameters() {
        return objective.parameters();
    }

    @Override
    public Pass pass(NDManager scope, int step, int pass, double lossScale) {
        return objective.pass(scope, step, pass, lossScale);
    }

    @Override
    public @Nullable Diagnosis diagnose(NDManager scope, int step, int pass, double lossScale) {
        return objective.diagnose(scope, step, pass, lossScale);
    }

    @Override
    public void afterStep() {
        objective.afterStep();
        if (trained.isEmpty()) {
            // DJL cannot pass an empty list.
            return;
        }
        try (NDManager scope = module.manager().newSubManager()) {
            updates.addi(scope.create(1f));
            double decay = settings.decayOf((int) updates.toFloatArray()[0]);
            module.callLists(scope, "ema", averages(), trained, List.of(scope.create((float) (1 - decay))));
        }
    }

    /** Exchanges the average and what is trained; a second call undoes the first, bit for bit. */
    public void exchange() {
        if (trained.isEmpty()) {
            return;
        }
        try (NDManager scope = module.manager().newSubManager()) {
            module.callLists(scope, "exchange", trained, averages());
        }
    }

    private List<NDArray> averages() {
        return List.copyOf(averages.values());
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>(objective.state());
        state.putAll(averages);
        state.put(STATE + "updates", updates);
        return state;
    }

    @Override
    public void close() {
        module.close();
    }
}
