package dev.likeness.diffusion.method;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.training.TrainableParameters;
import dev.likeness.diffusion.training.TrainingListener;
import java.util.List;
import java.util.Optional;

/**
 * The part of a training method that trains: it prepares the trainable parameters and returns the result. Each takes
 * the
 * settings of its method.
 */
public abstract class MethodTraining implements AutoCloseable {

    private static final List<Half<?>> HALVES = List.of(
            new Half<>(DreamBooth.class, FullFineTuning::new),
            new Half<>(Lora.class, LoraTraining::new),
            new Half<>(TextualInversion.class, TextualInversionTraining::new));

    /** Starts the training of a method. */
    private interface Start<M extends Method> {

        MethodTraining of(NDManager manager, ModelParts parts, M method, RandomDraws draws);
    }

    private record Half<M extends Method>(Class<M> settings, Start<M> start) {

        MethodTraining of(NDManager manager, ModelParts parts, Method method, RandomDraws draws) {
            return start.of(manager, parts, settings.cast(method), draws);
        }
    }

    /**
     * Prepares the training of a method.
     *
     * @param manager owns what is trained
     * @param seed of every random draw
     */
    public static MethodTraining of(NDManager manager, ModelParts parts, Method method, long seed) {
        return half(method)
                .orElseThrow(() -> new IllegalArgumentException("method %s has no training".formatted(method)))
                .of(manager, parts, method, new RandomDraws(seed));
    }

    /** Whether there is a half that trains the method. */
    static boolean trains(Method method) {
        return half(method).isPresent();
    }

    private static Optional<Half<?>> half(Method method) {
        for (Half<?> half : HALVES) {
            if (half.settings.isInstance(method)) {
                return Optional.of(half);
            }
        }
        return Optional.empty();
    }

    /** Reports words that have more tokens than the method uses. */
    public void report(TrainingListener listener) {}

    /** The parameters that learn. */
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
