package dev.likeness.app.worker;

import dev.likeness.app.task.Signal;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.caption.Captioner;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.method.ExportFormat;
import dev.likeness.diffusion.model.ModelHash;
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
import dev.likeness.diffusion.training.Checkpoint;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An engine that computes nothing: an image is a grey that depends on its seed or on the trained weights, and training counts
 * steps. A test scripts what happens when, with {@link #onTraining}, {@link #onImage}, {@link #onCaption},
 * {@link #onRelease} and {@link #onCheck}. Each scripted event happens once.
 */
public final class FakeEngine implements DiffusionEngine {

    /** Is added to the steps of raw weights, where a job keeps an average. */
    public static final int RAW = 1_000_000;

    private static final long MEMORY = 1L << 40;

    private static final IntUnaryOperator BY_SEED = step -> -1;

    private static final TrainingListener NO_LISTENER = new TrainingListener() {
        @Override
        public void onStep(int step, int total, double loss, double learningRate) {}

        @Override
        public Signal signal() {
            return Signal.CONTINUE;
        }

        @Override
        public void onCheckpoint(Checkpoint checkpoint) {}
    };

    private final Queue<Event> trainings = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Event> images = new ConcurrentHashMap<>();
    private final Queue<Event> captions = new ConcurrentLinkedQueue<>();
    private final Queue<Event> releases = new ConcurrentLinkedQueue<>();
    private final List<String> prompts = new CopyOnWriteArrayList<>();
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final List<String> adapters = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger released = new AtomicInteger();
    private final AtomicInteger captioners = new AtomicInteger();
    private volatile Supplier<EngineCheck> check = () -> new EngineCheck(List.of("fp32"), 1, List.of(), Duration.ZERO);
    private volatile IntUnaryOperator grey = BY_SEED;
    private volatile long memory = MEMORY;
    private volatile long stateSize = 100;
    private volatile @Nullable Training training;
    private volatile @Nullable ScoreEncoders encoders;
    private volatile Weights weights = Weights.BASE;

    /** A scripted event in the engine. */
    @FunctionalInterface
    public interface Event {
        void happen(TrainingListener listener);
    }

    /** Throws. */
    public static Event fail(Throwable failure) {
        return listener -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }

    /** Throws the exception of libtorch with this message. */
    public static Event fail(String message) {
        return fail(new IllegalStateException(message));
    }

    public static Event run(Runnable event) {
        return listener -> event.run();
    }

    /** Uses the first token of a word alone. */
    public static Event cutWord(String... tokens) {
        List<String> word = List.of(tokens);
        return listener -> listener.onCutWord(String.join(" ", word).replace("</w>", ""), word, 1);
    }

    /**
     * The arguments of a training.
     *
     * @param resumedFrom content of the file that it resumed from
     */
    public record Training(
            TrainingRequest request, @Nullable String resumedFrom) {

        public int priorImages() {
            return request.prior() == null ? 0 : request.prior().images().size();
        }

        public List<String> captions() {
            return request.subject().prompts().captions();
        }
    }

    /**
     * The weights that images are generated with.
     *
     * @param step 0 for the base model's weights
     */
    private record Weights(int step, boolean fused) {

        private static final Weights BASE = new Weights(0, false);
    }

    /** Clears the script, the trained weights and the recorded images. */
    public void reset() {
        trainings.clear();
        images.clear();
        captions.clear();
        releases.clear();
        prompts.clear();
        batches.clear();
        adapters.clear();
        grey = BY_SEED;
        memory = MEMORY;
        stateSize = 100;
    }

    /** The events of the next trainings, one for each, as they begin. */
    public void onTraining(Event... events) {
        trainings.addAll(List.of(events));
    }

    /**
     * Happens before a batch with this image is generated.
     *
     * @param number from 1, counted from now
     */
    public void onImage(int number, Event event) {
        images.put(prompts.size() + number, event);
    }

    /** Happens before the next picture is captioned. */
    public void onCaption(Event event) {
        captions.add(event);
    }

    /** The result of every check of the engine from now on. */
    public void onCheck(Supplier<EngineCheck> result) {
        check = result;
    }

    /** Happens when free memory is returned to the system. */
    public void onRelease(Event event) {
        releases.add(event);
    }

    /** @param grey of all images, 0 to 255, by the step of their weights */
    public void learns(IntUnaryOperator grey) {
        this.grey = grey;
    }

    /** @param bytes that a state at the end of training claims to have */
    public void hasStateOf(long bytes) {
        stateSize = bytes;
    }

    /** @param bytes free on the device */
    public void hasMemory(long bytes) {
        memory = bytes;
    }

    /** Seeds of all images, in order. */
    public List<String> prompts() {
        return prompts;
    }

    /** Sizes of the batches, in order. */
    public List<Integer> batches() {
        return batches;
    }

    public void forgetBatches() {
        batches.clear();
    }

    /** Adapters loaded: file, scales, word. */
    public List<String> adapters() {
        return adapters;
    }

    public void forgetAdapters() {
        adapters.clear();
    }

    /** How many times free memory was returned to the system. */
    public int released() {
        return released.get();
    }

    /** How many pipelines were opened. */
    public int opened() {
        return opened.get();
    }

    /** How many captioners are open. */
    public int openCaptioners() {
        return captioners.get();
    }

    public Training lastTraining() {
        return Objects.requireNonNull(training);
    }

    /** The settings of the last pipeline. */
    public ScoreEncoders encoders() {
        return Objects.requireNonNull(encoders);
    }

    /** Step of the weights in use; 0 for the base model's. */
    public int stepInUse() {
        return weights.step();
    }

    public boolean isFused() {
        return weights.fused();
    }

    @Override
    public DeviceInfo device() {
        return new DeviceInfo("cpu", 1L << 40, memory, 1);
    }

    @Override
    public EngineCheck check() {
        return check.get();
    }

    @Override
    public void releaseMemory() {
        released.incrementAndGet();
        happen(releases.poll());
    }

    @Override
    public Pipeline open(Path modelFolder, ScoreEncoders encoders) {
        this.encoders = encoders;
        opened.incrementAndGet();
        return new FakePipeline();
    }

    @Override
    public PictureCaptioner openCaptioner(Path folder) {
        captioners.incrementAndGet();
        return new PictureCaptioner() {
            @Override
            public int maxLength() {
                return 64;
            }

            @Override
            public String caption(RgbImage picture, Captioner.Options options) {
                happen(captions.poll());
                return options.prompt() + "a teapot of %d pixels".formatted(picture.width());
            }

            @Override
            public void close() {
                captioners.decrementAndGet();
            }
        };
    }

    @Override
    public void close() {}

    private static void happen(@Nullable Event event) {
        if (event != null) {
            event.happen(NO_LISTENER);
        }
    }

    private final class FakePipeline implements Pipeline {

        @Override
        public ModelInfo info() {
            return new ModelInfo("fake", ModelHash.known("f".repeat(64)), 64, 8);
        }

        @Override
        public List<GeneratedImage> generate(GenerationRequest request, GenerationListener listener) {
            listener.onStep(1, 1);
            int first = prompts.size() + 1;
            for (int image = first; image < first + request.images().size(); image++) {
                happen(images.remove(image));
            }
            batches.add(request.images().size());
            return request.images().stream().map(each -> image(request, each)).toList();
        }

        private GeneratedImage image(GenerationRequest request, GenerationRequest.Image image) {
            prompts.add(image.prompt());
            byte[] rgb =
                    new byte[request.settings().width() * request.settings().height() * 3];
            Arrays.fill(
                    rgb,
                    grey == BY_SEED
                            ? (byte) (image.seed() * 31 + image.prompt().length())
                            : (byte) grey.applyAsInt(weights.step()));
            return new GeneratedImage(
                    new RgbImage(request.settings().width(), request.settings().height(), rgb),
                    new Recipe(
                            image.prompt(),
                            image.negativePrompt(),
                            image.seed(),
                            request.settings(),
                            info().hash(),
                            request.adapterScales(),
                            weights.fused()));
        }

        @Override
        public TrainingSummary train(TrainingRequest request, TrainingListener listener) {
            Event event = trainings.poll();
            if (event != null) {
                event.happen(listener);
            }
            training = new Training(request, content(request.resumeFrom()));
            int steps = request.settings().steps();
            for (int step = 1; step <= steps; step++) {
                if (listener.signal() == TrainingListener.Signal.FINISH) {
                    end(listener, step - 1);
                    return new TrainingSummary(step - 1, step - 1, 10, 1.0 / step);
                }
                use(step);
                listener.onStep(step, steps, 1.0 / step, request.settings().learningRate());
            }
            end(listener, steps);
            return new TrainingSummary(steps, steps, 10, 1.0 / steps);
        }

        private void end(TrainingListener listener, int step) {
            try {
                listener.onFinalState(new Checkpoint() {
                    @Override
                    public int step() {
                        return step;
                    }

                    @Override
                    public long bytes() {
                        return stateSize;
                    }

                    @Override
                    public void writeTo(OutputStream out) throws IOException {
                        out.write("state after step %d".formatted(step).getBytes(StandardCharsets.UTF_8));
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void use(int step) {
            weights = new Weights(step, weights.fused());
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
            out.write("weights of step %d".formatted(weights.step()).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void useAverage(boolean average) {
            use(weights.step() % RAW + (average ? 0 : RAW));
        }

        @Override
        public void loadWeights(Path file) {
            String content = Objects.requireNonNull(content(file));
            use(Integer.parseInt(content.substring(content.lastIndexOf(' ') + 1)));
        }

        @Override
        public void loadAdapter(Path file, AdapterScales scales, @Nullable String word) {
            adapters.add("%s %s %s".formatted(file.getFileName(), scales, word));
        }

        @Override
        public void fuseAdapters(boolean wanted) {
            weights = new Weights(weights.step(), wanted);
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
            use(0);
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

        /** The shorter a text, the more similar to the first picture. */
        @Override
        public Optional<TextEncoder> textEncoder() {
            return Optional.of(texts ->
                    texts.stream().map(text -> new float[] {1, text.length()}).toArray(float[][]::new));
        }

        @Override
        public void close() {}
    }
}
