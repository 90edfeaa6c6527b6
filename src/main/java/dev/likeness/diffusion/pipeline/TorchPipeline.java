package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.data.Preprocessor;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.ClipImageEncoder;
import dev.likeness.diffusion.sampling.GenerationListener;
import dev.likeness.diffusion.tensor.EngineThreads;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.training.TrainingListener;
import dev.likeness.diffusion.training.TrainingSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Stable Diffusion 1 model on libtorch. */
final class TorchPipeline implements Pipeline {

    private static final String CLIP = "clip";

    private final NDManager manager;
    private final ModelFolder folder;
    private final ModelParts parts;
    private @Nullable ModelInfo info;
    private @Nullable FolderEncoder encoder;
    private boolean personalised;

    TorchPipeline(NDManager parent, Path folder) {
        this.folder = new ModelFolder(folder);
        manager = parent.newSubManager();
        parts = new ModelParts(manager, this.folder);
    }

    @Override
    public ModelInfo info() {
        if (info == null) {
            info = folder.describe();
        }
        return info;
    }

    @Override
    public List<GeneratedImage> generate(GenerationRequest request, GenerationListener listener) {
        EngineThreads.requireCurrent();
        return new ImageGenerator(manager, parts, folder.scheduler(), info()).generate(request, listener);
    }

    @Override
    public TrainingSummary train(TrainingRequest request, TrainingListener listener) {
        EngineThreads.requireCurrent();
        useBaseWeights();
        personalised = true;
        return new DreamBoothRun(manager, parts, folder.scheduler(), info()).train(request, listener);
    }

    @Override
    public void saveWeights(OutputStream out) throws IOException {
        TrainedWeights.write(out, parts, info());
    }

    @Override
    public void loadWeights(Path file) {
        EngineThreads.requireCurrent();
        useBaseWeights();
        personalised = true;
        TrainedWeights.loadInPlace(file, parts, info());
    }

    @Override
    public void useBaseWeights() {
        if (personalised) {
            parts.dropTrained();
            personalised = false;
        }
    }

    @Override
    public Optional<ImageEncoder> imageEncoder() {
        if (encoder == null && folder.has(CLIP)) {
            encoder = new FolderEncoder(ClipImageEncoder.load(manager, folder.part(CLIP)), preprocessor());
        }
        return Optional.ofNullable(encoder);
    }

    private Preprocessor preprocessor() {
        try {
            return Preprocessor.read(folder.part(CLIP).resolve("preprocessor_config.json"));
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidModelException("clip/preprocessor_config.json: cannot be read", e);
        }
    }

    @Override
    public void close() {
        parts.close();
        if (encoder != null) {
            encoder.network.close();
        }
        manager.close();
    }

    private record FolderEncoder(ClipImageEncoder network, Preprocessor preprocessor) implements ImageEncoder {

        @Override
        public String id() {
            return CLIP;
        }

        @Override
        public float[][] embed(List<RgbImage> pictures) {
            EngineThreads.requireCurrent();
            return network.embed(pictures.stream().map(preprocessor::apply).toList());
        }
    }
}
