package dev.likeness.app.worker;

import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.caption.Captioner;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.method.ExportFormat;
import dev.likeness.diffusion.model.ModelInfo;
import dev.likeness.diffusion.pipeline.DeviceInfo;
import dev.likeness.diffusion.pipeline.DiffusionEngine;
import dev.likeness.diffusion.pipeline.EngineCheck;
import dev.likeness.diffusion.pipeline.GeneratedImage;
import dev.likeness.diffusion.pipeline.GeneratedImage.Recipe;
import dev.likeness.diffusion.pipeline.GenerationRequest;
import dev.likeness.diffusion.pipeline.PictureCaptioner;
import dev.likeness.diffusion.pipeline.Pipeline;
import dev.likeness.diffusion.pipeline.ScoreEncoders;
import dev.likeness.diffusion.pipeline.TrainingRequest;
import dev.likeness.diffusion.sampling.GenerationListener;
import dev.likeness.diffusion.training.TrainingListener;
import dev.likeness.diffusion.training.TrainingSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Does as if: an image is a grey that depends on its seed, or on what was learned, and training is counting. */
final class FakeEngine implements DiffusionEngine {

    /** Prompts of all images drawn, in order. */
    final List<String> drawn = new CopyOnWriteArrayList<>();

    /** Thrown in the next training, so many times. */
    volatile @Nullable Throwable trouble;

    volatile int troubles = 1;

    /** Happens in the next training, once. */
    volatile @Nullable Runnable meanwhile;

    /** Happens before the image {@link #awaitedImage} is drawn, once. */
    volatile @Nullable Runnable beforeImage;

    /** Counted from 1. */
    volatile int awaitedImage;

    /** The image, counted from 1, that cannot be drawn, once; 0 for none. */
    volatile int troubleInDrawing;

    volatile String complaint = "no more paint";

    /** Sizes of the batches that were drawn. */
    final List<Integer> batches = new CopyOnWriteArrayList<>();

    /** That the last training got. */
    volatile int priorImages;

    volatile int opened;

    /** What the last pipeline was opened with. */
    volatile @Nullable ScoreEncoders encoders;

    /** Bytes free on the device. */
    volatile long memory = 1L << 40;

    /** What is in the file that the last training went on from. */
    volatile @Nullable String resumedFrom;

    /** Adapters loaded: file, scales, word. */
    final List<String> adapters = new CopyOnWriteArrayList<>();

    volatile boolean fused;

    /** How grey images are after so many steps; null for what their seed says. */
    volatile @Nullable IntUnaryOperator grey;

    /** Step of the weights in use; 0 for the base model's. */
    volatile int inUse;

    /** Captions that the last training got. */
    volatile List<String> trainedCaptions = List.of();

    /** The tokens of a word of which the next run uses the first alone; empty for none. */
    volatile List<String> cutWord = List.of();

    /** What checking the engine finds. */
    volatile EngineCheck check = new EngineCheck(List.of("fp32"), 1, List.of(), Duration.ZERO);

    /** Thrown when the engine is checked. */
    volatile @Nullable RuntimeException checkTrouble;

    /** Captioners that are open. */
    volatile int captioners;

    @Override
    public DeviceInfo device() {
        return new DeviceInfo("cpu", 1L << 40, memory, 1);
    }

    @Override
    public EngineCheck check() {
        if (checkTrouble != null) {
            throw checkTrouble;
        }
        return check;
    }

    @Override
    public void releaseMemory() {}

    @Override
    public Pipeline open(Path modelFolder, ScoreEncoders encoders) {
        this.encoders = encoders;
        opened++;
        return new FakePipeline();
    }

    @Override
    public PictureCaptioner openCaptioner(Path folder) {
        captioners++;
        return new PictureCaptioner() {
            @Override
            public int maxLength() {
                return 64;
            }

            @Override
            public String caption(RgbImage picture, Captioner.Options options) {
                Runnable event = meanwhile;
                meanwhile = null;
                if (event != null) {
                    event.run();
                }
                return options.prompt() + "a teapot of %d pixels".formatted(picture.width());
            }

            @Override
            public void close() {
                captioners--;
            }
        };
    }

    @Override
    public void close() {}

    private final class FakePipeline implements Pipeline {

        @Override
        public ModelInfo info() {
            return new ModelInfo("fake", "f".repeat(64), 64, 8);
        }

        @Override
        public List<GeneratedImage> generate(GenerationRequest request, GenerationListener listener) {
            listener.onStep(1, 1);
            int last = drawn.size() + request.images().size();
            if (troubleInDrawing > drawn.size() && troubleInDrawing <= last) {
                troubleInDrawing = 0;
                throw new IllegalStateException(complaint);
            }
            if (awaitedImage > drawn.size() && awaitedImage <= last) {
                awaitedImage = 0;
                Objects.requireNonNull(beforeImage).run();
            }
            batches.add(request.images().size());
            return request.images().stream().map(each -> draw(request, each)).toList();
        }

        private GeneratedImage draw(GenerationRequest request, GenerationRequest.Image image) {
            drawn.add(image.prompt());
            byte[] rgb = new byte[request.width() * request.height() * 3];
            IntUnaryOperator learned = grey;
            Arrays.fill(
                    rgb,
                    learned == null
                            ? (byte) (image.seed() * 31 + image.prompt().length())
                            : (byte) learned.applyAsInt(inUse));
            return new GeneratedImage(
                    new RgbImage(request.width(), request.height(), rgb),
                    new Recipe(
                            image.prompt(),
                            image.negativePrompt(),
                            image.seed(),
                            request.sampler(),
                            request.steps(),
                            request.guidance(),
                            request.eta(),
                            request.width(),
                            request.height(),
                            info().hash(),
                            request.adapterScales(),
                            fused));
        }

        @Override
        public TrainingSummary train(TrainingRequest request, TrainingListener listener) {
            Throwable thrown = trouble;
            if (thrown != null && --troubles <= 0) {
                trouble = null;
                troubles = 1;
            }
            if (thrown instanceof Error error) {
                throw error;
            } else if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
            Runnable event = meanwhile;
            meanwhile = null;
            if (event != null) {
                event.run();
            }
            List<String> word = cutWord;
            cutWord = List.of();
            if (!word.isEmpty()) {
                listener.onCutWord(String.join(" ", word).replace("</w>", ""), word, 1);
            }
            resumedFrom = content(request.resumeFrom());
            trainedCaptions = request.subject().prompts().captions();
            priorImages = request.prior() == null ? 0 : request.prior().images().size();
            int steps = request.settings().steps();
            for (int step = 1; step <= steps; step++) {
                if (listener.signal() == TrainingListener.Signal.FINISH) {
                    return new TrainingSummary(step - 1, step - 1, 10, 1.0 / step);
                }
                inUse = step;
                listener.onStep(step, steps, 1.0 / step, request.settings().learningRate());
            }
            return new TrainingSummary(steps, steps, 10, 1.0 / steps);
        }

        private static @Nullable String content(@Nullable Path file) {
            try {
                return file == null ? null : Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void saveWeights(OutputStream out) throws IOException {
            out.write("weights of step %d".formatted(inUse).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void loadWeights(Path file) {
            String content = Objects.requireNonNull(content(file));
            inUse = Integer.parseInt(content.substring(content.lastIndexOf(' ') + 1));
        }

        @Override
        public void loadAdapter(Path file, AdapterScales scales, @Nullable String word) {
            adapters.add("%s %s %s".formatted(file.getFileName(), scales, word));
        }

        @Override
        public void fuseAdapters(boolean wanted) {
            fused = wanted;
        }

        @Override
        public List<ExportFormat> exportFormats() {
            return List.of(ExportFormat.LORA_DIFFUSERS);
        }

        @Override
        public void export(ExportFormat format, OutputStream out) throws IOException {
            saveWeights(out);
        }

        @Override
        public void verifyExport(ExportFormat format, Path file) {}

        @Override
        public void useBaseWeights() {
            inUse = 0;
        }

        @Override
        public Optional<ImageEncoder> imageEncoder() {
            return Optional.of(new ImageEncoder() {
                @Override
                public String id() {
                    return "clip";
                }

                @Override
                public float[][] embed(List<RgbImage> pictures) {
                    return pictures.stream()
                            .map(picture -> new float[] {1, picture.rgb()[0]})
                            .toArray(float[][]::new);
                }
            });
        }

        @Override
        public Optional<ImageEncoder> dinoEncoder() {
            return Optional.empty();
        }

        /** A text is like the first picture as far as it is short. */
        @Override
        public Optional<TextEncoder> textEncoder() {
            return Optional.of(texts ->
                    texts.stream().map(text -> new float[] {1, text.length()}).toArray(float[][]::new));
        }

        @Override
        public void close() {}
    }
}
