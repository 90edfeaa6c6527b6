package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.data.Preprocessor;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.DinoImageEncoder;
import dev.likeness.diffusion.pipeline.Pipeline.ImageEncoder;
import dev.likeness.diffusion.tensor.EngineThreads;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A DINO network for scores. */
final class DinoModel implements ImageEncoder, AutoCloseable {

    private final String id;
    private final Preprocessor preprocessor;
    private final DinoImageEncoder network;

    DinoModel(NDManager manager, ScoreEncoders.Encoder encoder) {
        id = encoder.id();
        Path folder = encoder.folder();
        try {
            preprocessor = Preprocessor.read(folder.resolve("preprocessor_config.json"));
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidModelException("%s: preprocessor_config.json cannot be read".formatted(id), e);
        }
        network = DinoImageEncoder.load(manager, folder, preprocessor.width());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public float[][] embed(List<RgbImage> pictures) {
        EngineThreads.requireCurrent();
        return network.embed(pictures.stream().map(preprocessor::apply).toList());
    }

    @Override
    public void close() {
        network.close();
    }
}
