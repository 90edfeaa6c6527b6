package dev.likeness.app.worker;

import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.Scorers;
import dev.likeness.diffusion.pipeline.DiffusionEngine;
import dev.likeness.diffusion.pipeline.Pipeline;
import dev.likeness.diffusion.pipeline.ScoreEncoders;
import dev.likeness.diffusion.pipeline.ScoreEncoders.Encoder;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the base model of the last task in memory, because the next one mostly has the same. For one thread. */
final class WarmPipeline {

    private final DiffusionEngine engine;
    private final ModelCatalogue models;
    private final Scorers scorers;
    private @Nullable Path folder;
    private @Nullable Pipeline pipeline;

    WarmPipeline(DiffusionEngine engine, ModelCatalogue models, Scorers scorers) {
        this.engine = engine;
        this.models = models;
        this.scorers = scorers;
    }

    /**
     * The model with its own weights.
     *
     * @throws InvalidModelException if it cannot be used, or is no longer offered
     */
    Pipeline open(String model) {
        Path wanted = models.folder(model)
                .orElseThrow(() -> new InvalidModelException("there is no longer a model " + model));
        if (pipeline != null && wanted.equals(folder)) {
            pipeline.useBaseWeights();
            return pipeline;
        }
        close();
        Pipeline opened = engine.open(wanted, encoders(model, wanted));
        pipeline = opened;
        folder = wanted;
        return opened;
    }

    private ScoreEncoders encoders(String model, Path folder) {
        ScoreEncoders forAll = new ScoreEncoders(encoder(scorers.clip()), encoder(scorers.dino()));
        return ScoreEncoders.in(folder).within(model).orElse(forAll);
    }

    private static @Nullable Encoder encoder(Optional<Scorers.Network> network) {
        return network.map(it -> new Encoder(it.id(), it.folder())).orElse(null);
    }

    /** Lets go of the model, for instance because a failure may have left it in a bad state. */
    void close() {
        if (pipeline != null) {
            pipeline.close();
            pipeline = null;
            folder = null;
            engine.releaseMemory();
        }
    }
}
