package dev.likeness.diffusion.method;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.training.TrainableParameters;
import dev.likeness.diffusion.training.TrainingListener;
import java.util.List;
import java.util.Optional;

/**
 * Trains with one method: prepares the trainable parameters, and returns the trained weights. There is one subclass for each
 * record of a method's settings.
 */
public abstract class MethodTraining implements AutoCloseable {

    private static final List<Entry<?>> TRAININGS = List.of(
            new Entry<>(DreamBooth.class, FullFineTuning::new),
            new Entry<>(Lora.class, LoraTraining::new),
            new Entry<>(TextualInversion.class, TextualInversionTraining::new),
            new Entry<>(PivotalTuning.class, PivotalTraining::new));

    /** Starts the training of a method. */
    private interface Start<M extends Method> {

        MethodTraining of(NDManager manager, ModelParts parts, M method, RandomDraws draws);
    }

    private record Entry<M extends Method>(Class<M> settings, Start<M> start) {

        MethodTraining of(NDManager manager, ModelParts parts, Method method, RandomDraws draws) {
            return start.of(manager, parts, settings.cast(method), draws);
        }
    }

    /**
     * Prepares the training of a method.
     *
     * @param manager owns what is trained
     * @param seed of all random numbers
     */
    public static MethodTraining of(NDManager manager, ModelParts parts, Method method, long seed) {
        return entry(method)
                .orElseThrow(() -> new IllegalArgumentException("method %s has no training".formatted(method)))
                .of(manager, parts, method, new RandomDraws(seed));
    }

    /** Whether a subclass trains the method. */
    static boolean trains(Method method) {
        return entry(method).isPresent();
    }

    private static Optional<Entry<?>> entry(Method method) {
        for (Entry<?> entry : TRAININGS) {
            if (entry.settings.isInstance(method)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** Reports words that have more tokens than the method uses. */
    public void report(TrainingListener listener) {}

    /** The trained parameters. */
    public abstract TrainableParameters trainable();

    /**
     * The result so far.
     *
     * @param owner frees what is made for it
     */
    public abstract TrainedWeights trainedWeights(NDManager owner);

    /** Makes the networks sample with the result so far. */
    public void useForSampling() {}

    /** Makes the networks train again. */
    public void resumeTraining() {}

    @Override
    public abstract void close();
}
