package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.graph.Adapters;
import dev.likeness.diffusion.plan.OptimizerKind;
import dev.likeness.diffusion.schedule.LearningRate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a run in groups of one learning rate each, with an optimizer for every group. Rates differ between the
 * {@linkplain TrainedPart parts} of what is trained, and with LoRA+ ("LoRA+: Efficient Low Rank Adaptation of Large Models", Hayou et al.
 * 2024, arXiv:2402.12354) between both matrices of an adapter.
 */
public final class ParameterGroups implements Stateful, AutoCloseable {

    private final List<Group> groups;

    /** Makes an optimizer for parameters. */
    public interface Maker {
        Optimizer of(NDManager parent, Map<String, NDArray> parameters);
    }

    /**
     * @param prefix of its state's names; empty for the only group
     * @param from the first step that trains them
     * @param until the first step that does not train them any more
     * @param names of its parameters
     */
    private record Group(
            String prefix, int from, int until, LearningRate rates, List<String> names, Optimizer optimizer) {

        boolean trains(int step) {
            return step >= from && step < until;
        }

        void step(NDManager scope, Map<String, NDArray> gradients, int step) {
            Map<String, NDArray> own = gradients;
            if (!prefix.isEmpty()) {
                own = new LinkedHashMap<>(gradients);
                own.keySet().retainAll(names);
            }
            optimizer.step(scope, own, rates.at(step));
        }
    }

    /**
     * What parameters have in common that share a group.
     *
     * @param from the first step that trains them
     * @param until the first step that does not train them any more
     */
    private record Key(PartRate rate, double ratio, int from, int until) {}

    private ParameterGroups(List<Group> groups) {
        this.groups = List.copyOf(groups);
    }

    /** All parameters of an optimizer, with one rate. */
    public static ParameterGroups single(Optimizer optimizer, LearningRate rates) {
        return new ParameterGroups(List.of(new Group("", 0, Integer.MAX_VALUE, rates, List.of(), optimizer)));
    }

    /**
     * Groups parameters by their rates, and by the steps that train them. A schedule runs over the steps of its group.
     *
     * @param parent owns the optimizers' state
     * @param parameters as {@link Objective#parameters} names them
     * @throws IllegalArgumentException if the optimizer does not take several rates
     */
    public static ParameterGroups of(
            NDManager parent, Map<String, NDArray> parameters, TrainingSettings settings, Phases phases, Maker maker) {
        Map<Key, Map<String, NDArray>> byRate = new LinkedHashMap<>();
        parameters.forEach(
                (name, parameter) -> byRate.computeIfAbsent(key(name, settings, phases), key -> new LinkedHashMap<>())
                        .put(name, parameter));
        if (byRate.size() <= 1) {
            LearningRate rates = byRate.isEmpty()
                    ? settings.learningRates()
                    : rates(byRate.keySet().iterator().next(), settings);
            return single(maker.of(parent, parameters), rates);
        }
        if (settings.optimizer() == OptimizerKind.PRODIGY) {
            throw new IllegalArgumentException("Prodigy has one learning rate for all parameters");
        }
        List<Group> groups = new ArrayList<>();
        byRate.forEach((key, own) -> groups.add(new Group(
                "group.%d.".formatted(groups.size()),
                key.from,
                key.until,
                rates(key, settings),
                List.copyOf(own.keySet()),
                maker.of(parent, own))));
        return new ParameterGroups(groups);
    }

    private static Key key(String parameter, TrainingSettings settings, Phases phases) {
        TrainedPart part = TrainedPart.of(parameter);
        return new Key(
                settings.rate(part),
                Adapters.isUp(parameter) ? settings.upRatio() : 1,
                phases.from(part),
                phases.until(part));
    }

    private static LearningRate rates(Key key, TrainingSettings settings) {
        int steps = Math.max(1, Math.min(key.until, settings.steps()) - key.from);
        LearningRate rates = settings.over(key.rate, steps).times(key.ratio);
        return key.from == 0 ? rates : step -> rates.at(step - key.from);
    }

    /**
     * Takes one step, in place.
     *
     * @param scope frees temporary tensors
     * @param gradients one for every parameter that the step trains, by name
     * @param step from 0 over the whole run
     */
    void step(NDManager scope, Map<String, NDArray> gradients, int step) {
        groups.stream().filter(group -> group.trains(step)).forEach(group -> group.step(scope, gradients, step));
    }

    /** The rate of the first group that the step trains, which is that of the denoiser if it is trained. */
    double rate(int step) {
        return groups.stream()
                .filter(group -> group.trains(step))
                .findFirst()
                .map(group -> group.rates.at(step))
                .orElse(0.0);
    }

    /** Puts the weights that training results in into the parameters. */
    public void evaluate() {
        groups.forEach(group -> group.optimizer.evaluate());
    }

    /** Undoes {@link #evaluate}. */
    public void resume() {
        groups.forEach(group -> group.optimizer.resume());
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        groups.forEach(
                group -> group.optimizer.state().forEach((name, tensor) -> state.put(group.prefix + name, tensor)));
        return state;
    }

    @Override
    public void close() {
        groups.forEach(group -> group.optimizer.close());
    }
}
