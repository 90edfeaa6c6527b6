package dev.likeness.app.worker;

import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.diffusion.pipeline.DiffusionEngine;
import dev.likeness.diffusion.pipeline.Pipeline;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps the base model of the last task in memory, because the next one mostly has the same. For one thread. */
final class WarmPipeline {

    private final DiffusionEngine engine;
    private final ModelCatalogue models;
    private @Nullable Path folder;
    private @Nullable Pipeline pipeline;

    WarmPipeline(DiffusionEngine engine, ModelCatalogue models) {
        this.engine = engine;
        this.models = models;
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
        Pipeline opened = engine.open(wanted);
        pipeline = opened;
        folder = wanted;
        return opened;
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
