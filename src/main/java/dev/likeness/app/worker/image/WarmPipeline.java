package dev.likeness.app.worker.image;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.Scorers;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.score.ScoreGaps;
import dev.likeness.diffusion.evaluation.EncoderKind;
import dev.likeness.diffusion.pipeline.DiffusionEngine;
import dev.likeness.diffusion.pipeline.Pipeline;
import dev.likeness.diffusion.pipeline.ScoreEncoders;
import dev.likeness.diffusion.pipeline.ScoreEncoders.Encoder;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps the base model of the last task in memory, because the next task usually uses the same one. Only for the
 * engine's thread.
 */
@InWorker
@Component
public class WarmPipeline {

    private final DiffusionEngine engine;
    private final ModelCatalogue models;
    private final Scorers scorers;
    private @Nullable Path folder;
    private @Nullable Pipeline pipeline;
    private ScoreGaps gaps = ScoreGaps.NONE;

    WarmPipeline(DiffusionEngine engine, ModelCatalogue models, Scorers scorers) {
        this.engine = engine;
        this.models = models;
        this.scorers = scorers;
    }

    /**
     * The model with its own weights, downloaded if necessary.
     *
     * @throws InvalidModelException if it cannot be used, or is no longer offered
     * @throws dev.likeness.app.hub.HubException if it cannot be downloaded
     */
    public Pipeline open(String model, DownloadWatch watch) {
        Path wanted = models.folder(model, watch)
                .orElseThrow(() -> new InvalidModelException("there is no longer a model " + model));
        if (pipeline != null && wanted.equals(folder)) {
            pipeline.useBaseWeights();
            return pipeline;
        }
        close();
        Pipeline opened = engine.open(wanted, encoders(model, wanted, watch));
        pipeline = opened;
        folder = wanted;
        return opened;
    }

    /** Why the open pipeline lacks encoders for scores. */
    public ScoreGaps gaps() {
        return gaps;
    }

    /** The model's own encoders; others only for those that it lacks. */
    private ScoreEncoders encoders(String model, Path folder, DownloadWatch watch) {
        BaseModel base = models.get(model);
        ScoreEncoders own = ScoreEncoders.in(folder).within(model);
        Scorers.Found clip = own.clip() == null ? scorers.clip(base, watch) : null;
        Scorers.Found dino = own.dino() == null ? scorers.dino(base, watch) : null;
        gaps = new ScoreGaps(Map.of(EncoderKind.CLIP, gap("clip", clip), EncoderKind.DINO, gap("dino", dino)));
        return own.orElse(new ScoreEncoders(encoder(clip), encoder(dino)));
    }

    private static @Nullable Encoder encoder(Scorers.@Nullable Found found) {
        return found instanceof Scorers.Network network ? new Encoder(network.id(), network.folder()) : null;
    }

    /** @param found the encoder found elsewhere; null if the model has its own */
    private static String gap(String kind, Scorers.@Nullable Found found) {
        return found instanceof Scorers.Missing missing
                ? "the model has no %s encoder, and %s".formatted(kind, missing.reason())
                : "the %s encoder was not opened".formatted(kind);
    }

    /** Closes the model, for instance because a failure may have left it in a bad state. */
    public void close() {
        if (pipeline != null) {
            pipeline.close();
            pipeline = null;
            folder = null;
            engine.releaseMemory();
        }
    }
}
