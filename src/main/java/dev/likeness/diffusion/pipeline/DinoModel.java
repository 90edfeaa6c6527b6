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

/** The DINO network in a model's folder. */
final class DinoModel implements ImageEncoder, AutoCloseable {

    static final String NAME = "dino";

    private final Preprocessor preprocessor;
    private final DinoImageEncoder network;

    DinoModel(NDManager manager, ModelFolder model) {
        Path folder = model.part(NAME);
        try {
            preprocessor = Preprocessor.read(folder.resolve("preprocessor_config.json"));
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidModelException("dino/preprocessor_config.json: cannot be read", e);
        }
        network = DinoImageEncoder.load(manager, folder, preprocessor.width());
    }

    @Override
    public String id() {
        return NAME;
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
