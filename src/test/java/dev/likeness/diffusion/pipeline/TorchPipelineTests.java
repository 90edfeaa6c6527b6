package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.face.FaceCrop;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.ExportFormat;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.Momentum;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.sampling.GenerationListener;
import dev.likeness.diffusion.sampling.Sampler;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.StoppedException;
import dev.likeness.diffusion.training.Checkpoint;
import dev.likeness.diffusion.training.Prompts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchPipelineTests {

    private static final String PROMPT = "a photo of a sks bird";
    private static final GenerationListener SILENT = GenerationListener.none();

    @TempDir
    private Path temp;

    @Test
    void anImageDoesNotDependOnItsBatch() throws Exception {
        TinyWorld.with(pipeline -> {
            List<GeneratedImage> together = pipeline.generate(TinyWorld.request(PROMPT, 3, 6, 3), SILENT);
            List<GeneratedImage> alone = pipeline.generate(TinyWorld.request(PROMPT, 3, 6, 1), SILENT);

            for (int i = 0; i < 3; i++) {
                assertThat(worst(together.get(i).image(), alone.get(i).image())).isLessThanOrEqualTo(2);
            }
            assertThat(worst(together.get(0).image(), together.get(1).image())).isGreaterThan(50);
        });
    }

    @Test
    void drawsPromptsOfAnyLengthAndEmphasisEachAsIfItWereAlone() throws Exception {
        TinyWorld.with(pipeline -> {
            String longPrompt = "a photo of a bird on the beach, ".repeat(20);
            List<String> prompts = List.of(
                    PROMPT,
                    "a photo of a ((sks)) bird",
                    longPrompt,
                    "a photo of a sks bird BREAK on the beach",
                    "A (((oil painting))) of [[[[[my_embedding]]]]] by (((Leonardo da Vinci))))");
            List<GenerationRequest.Image> images = prompts.stream()
                    .map(prompt -> new GenerationRequest.Image(prompt, "", 3))
                    .toList();

            List<RgbImage> together = TinyWorld.pixels(pipeline.generate(drawing(images), SILENT));

            for (int i = 0; i < images.size(); i++) {
                RgbImage alone = pipeline.generate(drawing(List.of(images.get(i))), SILENT)
                        .get(0)
                        .image();
                assertThat(worst(together.get(i), alone)).isLessThanOrEqualTo(2);
            }
            assertThat(worst(together.get(1), together.get(0))).isGreaterThan(5);
            assertThat(worst(together.get(3), together.get(0))).isGreaterThan(5);
        });
    }

    private static GenerationRequest drawing(List<GenerationRequest.Image> images) {
        return new GenerationRequest(images, "ddim", 4, 5, 0, TinyWorld.SIDE, TinyWorld.SIDE, AdapterScales.FULL, 8);
    }

    /** The loss of a face that is the whole picture is the picture's own, whichever way it is taken. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFaceAddsItsOwnLoss(boolean masked) throws Exception {
        TinyWorld.with(pipeline -> {
            List<RgbImage> owl = TinyWorld.subject("owl").subList(0, 1);
            List<Optional<FaceCrop>> whole =
                    List.of(Optional.of(new FaceCrop(0, 0, owl.get(0).width())));
            TinyWorld.Losses without = new TinyWorld.Losses();
            pipeline.train(faces(owl, null), without);
            pipeline.useBaseWeights();

            TinyWorld.Losses with = new TinyWorld.Losses();
            pipeline.train(faces(owl, new TrainingRequest.Faces(whole, masked, 0.5)), with);

            assertThat(with.values.get(0)).isCloseTo(1.5 * without.values.get(0), withPercentage(0.01));
        });
    }

    private static TrainingRequest faces(List<RgbImage> pictures, TrainingRequest.@Nullable Faces faces) {
        return new TrainingRequest(
                new DreamBooth(false),
                new TrainingRequest.Subject(pictures, Prompts.fixed(PROMPT), faces),
                null,
                TinyWorld.settings().steps(1).batch(1, 1).build(),
                null);
    }

    @Test
    void cutsSquaresOutAtRandomWhereThereIsMoreThanOne() throws Exception {
        TinyWorld.with(pipeline -> {
            RgbImage square = TinyWorld.subject("owl").get(0);
            RgbImage wide = beside(square, TinyWorld.subject("teddy-bear").get(0));

            assertThat(cropped(pipeline, square, true)).isEqualTo(cropped(pipeline, square, false));
            assertThat(cropped(pipeline, wide, true)).isNotEqualTo(cropped(pipeline, wide, false));
            assertThat(cropped(pipeline, wide, true)).isEqualTo(cropped(pipeline, wide, true));
        });
    }

    private static List<Double> cropped(Pipeline pipeline, RgbImage picture, boolean atRandom) {
        TinyWorld.SettingsBuilder settings = TinyWorld.settings().steps(2).batch(1, 1);
        TinyWorld.Losses losses = new TinyWorld.Losses();
        pipeline.useBaseWeights();
        pipeline.train(
                new TrainingRequest(
                        new DreamBooth(false),
                        new TrainingRequest.Subject(List.of(picture), Prompts.fixed(PROMPT)),
                        null,
                        (atRandom ? settings.randomCrop() : settings).build(),
                        null),
                losses);
        return losses.values;
    }

    private static RgbImage beside(RgbImage left, RgbImage right) {
        int row = left.width() * 3;
        byte[] rgb = new byte[2 * left.rgb().length];
        for (int y = 0; y < left.height(); y++) {
            System.arraycopy(left.rgb(), y * row, rgb, 2 * y * row, row);
            System.arraycopy(right.rgb(), y * row, rgb, (2 * y + 1) * row, row);
        }
        return new RgbImage(2 * left.width(), left.height(), rgb);
    }

    @Test
    void adaptersCountAsMuchAsIsAskedFor() throws Exception {
        TinyWorld.with(pipeline -> {
            GenerationRequest full = TinyWorld.request(PROMPT, 1, 6, 1);
            RgbImage base = pipeline.generate(full, SILENT).get(0).image();
            TrainingRequest.Settings settings =
                    TinyWorld.settings().steps(4).rate(0.05).build();
            pipeline.train(request(new Lora(4, 4, 0, "attention", true), settings, null), new TinyWorld.Losses());
            RgbImage trained = pipeline.generate(full, SILENT).get(0).image();

            RgbImage none = pipeline.generate(scaled(full, 0, 0), SILENT).get(0).image();
            RgbImage half =
                    pipeline.generate(scaled(full, 0.5, 1), SILENT).get(0).image();
            RgbImage again = pipeline.generate(full, SILENT).get(0).image();

            assertThat(none.rgb()).isEqualTo(base.rgb());
            assertThat(worst(half, base)).isGreaterThan(3);
            assertThat(worst(half, trained)).isGreaterThan(3);
            assertThat(again.rgb()).isEqualTo(trained.rgb());
        });
    }

    private static GenerationRequest scaled(GenerationRequest request, double unet, double text) {
        return new GenerationRequest(
                request.images(),
                request.sampler(),
                request.steps(),
                request.guidance(),
                request.eta(),
                request.width(),
                request.height(),
                new AdapterScales(unet, text),
                request.batchSize());
    }

    @Test
    void theNegativePromptCounts() throws Exception {
        TinyWorld.with(pipeline -> {
            GenerationRequest plain = TinyWorld.request("a photo of a dog on the beach", 1, 6, 1);
            GenerationRequest negative = new GenerationRequest(
                    List.of(new GenerationRequest.Image("a photo of a dog on the beach", "on the beach", 0)),
                    "ddim",
                    6,
                    5,
                    0,
                    64,
                    64,
                    AdapterScales.FULL,
                    1);

            RgbImage with = pipeline.generate(negative, SILENT).get(0).image();

            assertThat(worst(with, pipeline.generate(plain, SILENT).get(0).image()))
                    .isGreaterThan(20);
        });
    }

    @Test
    void everySamplerDrawsAnySizeThatFits() throws Exception {
        TinyWorld.with(pipeline -> {
            for (String sampler : Sampler.wireNames()) {
                GenerationRequest request = new GenerationRequest(
                        List.of(new GenerationRequest.Image(PROMPT, "", 1)),
                        sampler,
                        5,
                        1,
                        0,
                        96,
                        64,
                        AdapterScales.FULL,
                        1);

                GeneratedImage image = pipeline.generate(request, SILENT).get(0);

                assertThat(image.image().width()).isEqualTo(96);
                assertThat(image.image().height()).isEqualTo(64);
                assertThat(image.recipe().sampler()).isEqualTo(sampler);
                assertThat(image.recipe().modelHash()).isEqualTo(pipeline.info().hash());
            }
        });
    }

    @Test
    void refusesASizeTheNetworkCannotDraw() throws Exception {
        TinyWorld.with(pipeline -> {
            GenerationRequest request = new GenerationRequest(
                    List.of(new GenerationRequest.Image(PROMPT, "", 1)),
                    "ddim",
                    5,
                    1,
                    0,
                    72,
                    64,
                    AdapterScales.FULL,
                    1);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pipeline.generate(request, SILENT))
                    .withMessageContaining("multiples of 16");
        });
    }

    @Test
    void samplingStopsWhenAsked() throws Exception {
        TinyWorld.with(pipeline -> {
            List<Integer> done = new ArrayList<>();
            GenerationListener stopAfterTwo = new GenerationListener() {
                @Override
                public void onStep(int step, int total) {
                    done.add(step);
                    assertThat(total).isEqualTo(12);
                }

                @Override
                public boolean stopRequested() {
                    return done.size() == 2;
                }
            };

            assertThatExceptionOfType(StoppedException.class)
                    .isThrownBy(() -> pipeline.generate(TinyWorld.request(PROMPT, 2, 6, 1), stopAfterTwo));
            assertThat(done).containsExactly(1, 2);
        });
    }

    @Test
    void trainedWeightsAreSavedAndLoadedAndLeftAgain() throws Exception {
        TinyWorld.with(pipeline -> {
            GenerationRequest request = TinyWorld.request(PROMPT, 1, 6, 1);
            RgbImage base = pipeline.generate(request, SILENT).get(0).image();
            pipeline.train(request(TinyWorld.settings().steps(3).build(), null), new TinyWorld.Losses());
            RgbImage trained = pipeline.generate(request, SILENT).get(0).image();
            Path file = temp.resolve("weights");
            try (OutputStream out = Files.newOutputStream(file)) {
                pipeline.saveWeights(out);
            }

            pipeline.useBaseWeights();
            RgbImage again = pipeline.generate(request, SILENT).get(0).image();
            pipeline.loadWeights(file);
            RgbImage loaded = pipeline.generate(request, SILENT).get(0).image();

            assertThat(worst(trained, base)).isGreaterThan(10);
            assertThat(again.rgb()).isEqualTo(base.rgb());
            assertThat(loaded.rgb()).isEqualTo(trained.rgb());
        });
    }

    @ParameterizedTest
    @MethodSource("smallMethods")
    void whatLittleIsLearnedIsSavedAndLoadedAndLeftAgain(Method method, long most) throws Exception {
        TinyWorld.with(pipeline -> {
            GenerationRequest drawing = TinyWorld.request("a photo of a <sks> bird", 1, 6, 1);
            RgbImage base = pipeline.generate(drawing, SILENT).get(0).image();
            TrainingRequest.Settings settings =
                    TinyWorld.settings().steps(4).rate(0.05).build();
            pipeline.train(
                    new TrainingRequest(
                            method,
                            new TrainingRequest.Subject(
                                    TinyWorld.subject("owl"), Prompts.fixed("a photo of a <sks> bird")),
                            null,
                            settings,
                            null),
                    new TinyWorld.Losses());
            RgbImage trained = pipeline.generate(drawing, SILENT).get(0).image();
            Path file = temp.resolve("learned");
            try (OutputStream out = Files.newOutputStream(file)) {
                pipeline.saveWeights(out);
            }

            pipeline.useBaseWeights();
            RgbImage again = pipeline.generate(drawing, SILENT).get(0).image();
            pipeline.loadWeights(file);
            RgbImage loaded = pipeline.generate(drawing, SILENT).get(0).image();

            assertThat(Files.size(file)).isLessThan(most);
            for (ExportFormat format : pipeline.exportFormats()) {
                Path export = temp.resolve(format.name());
                try (OutputStream out = Files.newOutputStream(export)) {
                    pipeline.export(format, out);
                }
                pipeline.verifyExport(format, export);
            }
            assertThat(worst(trained, base)).isGreaterThan(3);
            assertThat(again.rgb()).isEqualTo(base.rgb());
            assertThat(loaded.rgb()).isEqualTo(trained.rgb());
        });
    }

    static Stream<Arguments> smallMethods() {
        return Stream.of(
                Arguments.of(new Lora(4, 4, 0, "attention", false), 1_000_000L),
                Arguments.of(new Lora(2, 4, 0.1, "all", true), 2_000_000L),
                Arguments.of(new TextualInversion("<sks>", 2, "bird", null), 10_000L),
                Arguments.of(new TextualInversion("<sks>", 1, "bird", new Momentum(0.5, "anchor", "bird")), 10_000L));
    }

    @Test
    @Tag("acceptance")
    void drawsWhileItTrainsInReducedPrecision() throws Exception {
        drawsWhileItTrains(new DreamBooth(true), "bf16");
    }

    /** A picture drawn between two steps is that of a run which ends there, and the run goes on as if it had not been. */
    @ParameterizedTest
    @MethodSource("methodsToDrawWith")
    void drawsWhileItTrains(Method method, String precision) throws Exception {
        TinyWorld.with(pipeline -> {
            GenerationRequest drawing = TinyWorld.request("a photo of a <sks> bird", 1, 4, 1);
            TinyWorld.SettingsBuilder settings =
                    TinyWorld.settings().batch(1, 1).rate(0.01).precision(precision);
            pipeline.train(request(method, settings.steps(2).build(), null), new TinyWorld.Losses());
            RgbImage afterTwo = pipeline.generate(drawing, SILENT).get(0).image();
            pipeline.useBaseWeights();
            TinyWorld.Losses undisturbed = new TinyWorld.Losses();
            pipeline.train(request(method, settings.steps(4).build(), null), undisturbed);
            pipeline.useBaseWeights();

            List<RgbImage> drawn = new ArrayList<>();
            TinyWorld.Losses disturbed = new TinyWorld.Losses() {
                @Override
                public void onStep(int step, int total, double loss, double learningRate) {
                    super.onStep(step, total, loss, learningRate);
                    if (step == 2) {
                        drawn.addAll(TinyWorld.pixels(pipeline.generate(drawing, SILENT)));
                    }
                }
            };
            pipeline.train(request(method, settings.steps(4).build(), null), disturbed);

            assertThat(drawn.get(0).rgb()).isEqualTo(afterTwo.rgb());
            assertThat(disturbed.values).isEqualTo(undisturbed.values);
        });
    }

    static Stream<Arguments> methodsToDrawWith() {
        return Stream.of(
                Arguments.of(new DreamBooth(true), "fp32"),
                Arguments.of(new Lora(2, 4, 0.5, "attention", true), "fp32"),
                Arguments.of(new TextualInversion("<sks>", 2, "bird", null), "fp32"),
                Arguments.of(new TextualInversion("<sks>", 1, "bird", new Momentum(0.5, "ema", "bird")), "fp32"));
    }

    /** Nobody sees afterwards that the base was kept in bf16, whatever lies over it. */
    @ParameterizedTest
    @MethodSource("methodsOnAFrozenBase")
    void whatIsTrainedOnABaseHeldReducedFitsTheWholeOne(Method method) throws Exception {
        TinyWorld.with(pipeline -> {
            GenerationRequest drawing = TinyWorld.request("a photo of a <sks> bird", 1, 4, 1);
            TinyWorld.SettingsBuilder settings = TinyWorld.settings().steps(2).batch(1, 1);
            pipeline.train(request(new DreamBooth(true), settings.build(), null), new TinyWorld.Losses());
            Path base = saved(pipeline, "base");
            pipeline.useBaseWeights();
            pipeline.loadWeights(base);

            pipeline.train(
                    request(method, settings.rate(0.05).precision("bf16").build(), null), new TinyWorld.Losses());
            RgbImage trained = pipeline.generate(drawing, SILENT).get(0).image();
            Path learned = saved(pipeline, "learned");

            pipeline.useBaseWeights();
            pipeline.loadWeights(base);
            RgbImage before = pipeline.generate(drawing, SILENT).get(0).image();
            pipeline.loadWeights(learned);
            assertThat(pipeline.generate(drawing, SILENT).get(0).image().rgb()).isEqualTo(trained.rgb());
            assertThat(worst(before, trained)).isGreaterThan(3);
        });
    }

    static Stream<Method> methodsOnAFrozenBase() {
        return Stream.of(new Lora(2, 4, 0.1, "all", true), new TextualInversion("<sks>", 2, "bird", null));
    }

    private Path saved(Pipeline pipeline, String name) throws IOException {
        Path file = temp.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            pipeline.saveWeights(out);
        }
        return file;
    }

    /** The word of the first run goes on to mean the same, and the second may start from it. */
    @Test
    void learnsAWordBesideAnother() throws Exception {
        TinyWorld.with(pipeline -> {
            TrainingRequest.Settings settings =
                    TinyWorld.settings().steps(2).batch(1, 1).rate(0.05).build();
            pipeline.train(
                    request(new TextualInversion("<sks>", 2, "bird", null), settings, null), new TinyWorld.Losses());
            GenerationRequest first = TinyWorld.request("a photo of a <sks> bird", 1, 4, 1);
            RgbImage before = pipeline.generate(first, SILENT).get(0).image();
            GenerationRequest second = TinyWorld.request("a photo of a <other> bird", 1, 4, 1);

            pipeline.train(
                    request(
                            new TextualInversion("<other>", 2, "<sks>", new Momentum(0, "anchor", "<sks>")),
                            settings,
                            null),
                    new TinyWorld.Losses());

            assertThat(pipeline.generate(first, SILENT).get(0).image().rgb()).isEqualTo(before.rgb());
            assertThat(pipeline.generate(second, SILENT).get(0).image().rgb()).isEqualTo(before.rgb());
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsDroppedOutIsTheSameWithCheckpointingAndAfterAResume(boolean checkpointing) throws Exception {
        TinyWorld.with(pipeline -> {
            Method method = new Lora(4, 4, 0.5, "attention", true);
            TinyWorld.SettingsBuilder builder =
                    TinyWorld.settings().steps(2).batch(1, 2).rate(0.01);
            TrainingRequest.Settings settings = (checkpointing ? builder.gradientCheckpointing() : builder).build();
            TinyWorld.Losses first = new TinyWorld.Losses();
            pipeline.train(request(method, settings, null), first);
            pipeline.useBaseWeights();

            TinyWorld.Losses second = new TinyWorld.Losses();
            pipeline.train(request(method, settings, null), second);

            assertThat(second.values).isEqualTo(first.values);
        });
    }

    /** With Adam and no weight decay, the anchor pulls a step of any size down to gamma times the rate. */
    @Test
    void momentumTextualInversionEqualsPlainInversionAtGammaTimesTheRate() throws Exception {
        TinyWorld.with(pipeline -> {
            TinyWorld.SettingsBuilder settings =
                    TinyWorld.settings().steps(5).batch(2, 1).withoutDecay();
            TinyWorld.Losses momentum = new TinyWorld.Losses();
            pipeline.train(
                    inversion(
                            new Momentum(0.25, "anchor", "bird"),
                            settings.rate(0.04).build()),
                    momentum);
            pipeline.useBaseWeights();

            TinyWorld.Losses plain = new TinyWorld.Losses();
            pipeline.train(inversion(null, settings.rate(0.01).build()), plain);

            assertClose(momentum.values, plain.values, 0.1);
        });
    }

    private static TrainingRequest inversion(@Nullable Momentum momentum, TrainingRequest.Settings settings)
            throws IOException {
        return new TrainingRequest(
                new TextualInversion("<sks>", 1, "bird", momentum),
                new TrainingRequest.Subject(TinyWorld.subject("owl"), Prompts.fixed("a photo of a <sks>")),
                null,
                settings,
                null);
    }

    @Test
    void resumesWithTheSameLosses() throws Exception {
        TinyWorld.with(pipeline -> {
            TrainingRequest.Settings settings =
                    TinyWorld.settings().steps(5).batch(2, 1).build();
            TinyWorld.Losses whole = new TinyWorld.Losses();
            pipeline.train(request(settings, null), whole);
            pipeline.useBaseWeights();
            Path file = temp.resolve("checkpoint");
            TinyWorld.Losses first = new TinyWorld.Losses() {
                @Override
                public Signal signal() {
                    return values.size() == 3 ? Signal.CHECKPOINT_AND_STOP : Signal.CONTINUE;
                }

                @Override
                public void onCheckpoint(Checkpoint checkpoint) throws IOException {
                    try (OutputStream out = Files.newOutputStream(file)) {
                        checkpoint.writeTo(out);
                    }
                }
            };
            assertThatExceptionOfType(StoppedException.class)
                    .isThrownBy(() -> pipeline.train(request(settings, null), first));

            TinyWorld.Losses second = new TinyWorld.Losses();
            pipeline.useBaseWeights();
            pipeline.train(request(settings, file), second);

            List<Double> losses = new ArrayList<>(first.values);
            losses.addAll(second.values);
            assertThat(losses).isEqualTo(whole.values);
        });
    }

    @Test
    void gradientCheckpointingChangesNothing() throws Exception {
        TinyWorld.with(pipeline -> {
            List<Double> plain = losses(pipeline, TinyWorld.settings());

            List<Double> checkpointed = losses(pipeline, TinyWorld.settings().gradientCheckpointing());

            assertClose(checkpointed, plain, 0.01);
        });
    }

    @Test
    @Tag("acceptance")
    void fp16TrainsAlikeWithAScaledLoss() throws Exception {
        TinyWorld.with(pipeline -> {
            List<Double> fp32 = losses(pipeline, TinyWorld.settings());

            List<Double> fp16 = losses(pipeline, TinyWorld.settings().precision("fp16"));

            assertThat(fp16).isNotEqualTo(fp32);
            assertClose(fp16, fp32, 3);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamw_8bit", "adafactor"})
    void otherOptimizersTrainToo(String optimizer) throws Exception {
        TinyWorld.with(pipeline -> {
            List<Double> losses =
                    losses(pipeline, TinyWorld.settings().batch(1, 1).optimizer(optimizer));

            assertThat(losses).hasSize(3).allMatch(Double::isFinite).doesNotHaveDuplicates();
        });
    }

    @Test
    void bf16TrainsAlike() throws Exception {
        TinyWorld.with(pipeline -> {
            List<Double> fp32 = losses(pipeline, TinyWorld.settings());

            List<Double> bf16 = losses(pipeline, TinyWorld.settings().precision("bf16"));

            assertThat(bf16).isNotEqualTo(fp32);
            assertClose(bf16, fp32, 3);
        });
    }

    @Test
    void accumulatesPassesIntoOneStep() throws Exception {
        TinyWorld.with(pipeline -> {
            List<Double> losses = losses(pipeline, TinyWorld.settings().batch(1, 4));

            assertClose(losses, losses(pipeline, TinyWorld.settings().batch(4, 1)), 0.01);
        });
    }

    @Test
    void refusesAFolderWithoutAPart() throws Exception {
        Path folder = copyOfTheModel();
        try (Stream<Path> files = Files.list(folder.resolve("vae"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder.resolve("vae"));

        onEngine(engine -> assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> engine.open(folder))
                .withMessageContaining("no vae"));
    }

    @Test
    void saysWhichWeightsDoNotMatch() throws Exception {
        Path folder = copyOfTheModel();
        Path config = folder.resolve("unet/config.json");
        Files.writeString(
                config, Files.readString(config).replace("\"layers_per_block\": 1", "\"layers_per_block\": 2"));

        onEngine(engine -> {
            try (Pipeline pipeline = engine.open(folder)) {
                assertThatExceptionOfType(InvalidModelException.class)
                        .isThrownBy(() -> pipeline.generate(TinyWorld.request(PROMPT, 1, 2, 1), SILENT))
                        .withMessageContaining("unet: the weights do not match")
                        .withMessageContaining("missing: down_blocks.0.resnets.1.");
            }
        });
    }

    @Test
    void namesWhatItDoesNotSupport() throws Exception {
        Path folder = copyOfTheModel();
        Path index = folder.resolve("model_index.json");
        Files.writeString(index, Files.readString(index).replace("\"StableDiffusionPipeline\"", "\"FluxPipeline\""));

        onEngine(engine -> assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> engine.open(folder))
                .withMessageContaining("FluxPipeline is not supported"));
    }

    private interface EngineCheck {
        void on(DiffusionEngine engine) throws Exception;
    }

    private static void onEngine(EngineCheck check) throws Exception {
        EngineTestThread.run(() -> {
            try (DiffusionEngine engine = TorchEngine.start(new EngineOptions("cpu", 0, null, null))) {
                check.on(engine);
            }
        });
    }

    private Path copyOfTheModel() throws IOException {
        Path copy = temp.resolve("model");
        try (Stream<Path> files = Files.walk(TinyWorld.folder())) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, copy.resolve(TinyWorld.folder().relativize(file).toString()));
            }
        }
        return copy;
    }

    private static List<Double> losses(Pipeline pipeline, TinyWorld.SettingsBuilder settings) throws IOException {
        TinyWorld.Losses losses = new TinyWorld.Losses();
        pipeline.useBaseWeights();
        pipeline.train(request(settings.steps(3).build(), null), losses);
        return losses.values;
    }

    private static void assertClose(List<Double> actual, List<Double> expected, double percent) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i)).isCloseTo(expected.get(i), withPercentage(percent));
        }
    }

    /** The text encoder learns too. */
    private static TrainingRequest request(TrainingRequest.Settings settings, @Nullable Path resumeFrom)
            throws IOException {
        return request(new DreamBooth(true), settings, resumeFrom);
    }

    private static TrainingRequest request(Method method, TrainingRequest.Settings settings, @Nullable Path resumeFrom)
            throws IOException {
        return new TrainingRequest(
                method,
                new TrainingRequest.Subject(TinyWorld.subject("owl"), Prompts.fixed(PROMPT)),
                new TrainingRequest.Prior(TinyWorld.subject("teddy-bear"), "a photo of a bird", 1),
                settings,
                resumeFrom);
    }

    private static int worst(RgbImage a, RgbImage b) {
        int worst = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            worst = Math.max(worst, Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff)));
        }
        return worst;
    }
}
