package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.TensorFile;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.families.ModelFamilies;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.ExportFormat;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.sampling.SilentListener;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelHeaders;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.training.Prompts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters in use: several of them, fused or beside the weights, from any file. */
class AdapterTests {

    private static final String PROMPT = "a photo of a <sks> bird";
    private static final Method EVERYWHERE = new Lora(new LoraSettings(4, 2, 0, LoraTargets.ALL), true);

    @TempDir
    private Path temp;

    @Test
    void fusedAdaptersDrawTheSameAndLeaveTheModelAsItIs() throws Exception {
        TinyWorld.with(pipeline -> {
            RgbImage base = draw(pipeline, AdapterScales.FULL);
            train(pipeline, EVERYWHERE);
            RgbImage beside = draw(pipeline, AdapterScales.FULL);
            RgbImage half = draw(pipeline, new AdapterScales(0.5, 0.5));

            pipeline.fuseAdapters(true);
            RgbImage fused = draw(pipeline, AdapterScales.FULL);
            RgbImage fusedHalf = draw(pipeline, new AdapterScales(0.5, 0.5));
            pipeline.fuseAdapters(false);
            RgbImage none = draw(pipeline, new AdapterScales(0, 0));

            assertThat(worst(beside, base)).isGreaterThan(30);
            assertThat(worst(half, beside)).isGreaterThan(30);
            assertThat(worst(fused, beside)).isLessThanOrEqualTo(1);
            assertThat(worst(fusedHalf, half)).isLessThanOrEqualTo(1);
            // In a recompiled module, the last bit of a value may be rounded differently.
            assertThat(worst(none, base)).isLessThanOrEqualTo(1);
            assertThat(worst(draw(pipeline, AdapterScales.FULL), beside)).isLessThanOrEqualTo(1);
        });
    }

    @Test
    void anAdapterCountsAlikeWhereverItComesFrom() throws Exception {
        TinyWorld.with(pipeline -> {
            RgbImage base = draw(pipeline, AdapterScales.FULL);
            train(pipeline, EVERYWHERE);
            AdapterScales scales = new AdapterScales(0.7, 0.3);
            RgbImage own = draw(pipeline, scales);
            List<Path> files = List.of(
                    saved(pipeline),
                    exported(pipeline, ExportFormat.LORA_DIFFUSERS),
                    exported(pipeline, ExportFormat.LORA_KOHYA));
            RgbImage twice = draw(pipeline, new AdapterScales(1.4, 0.6));

            for (Path file : files) {
                pipeline.useBaseWeights();
                pipeline.loadAdapter(file, scales, null);
                assertThat(worst(draw(pipeline, AdapterScales.FULL), own))
                        .as(file.toString())
                        .isLessThanOrEqualTo(1);
            }
            pipeline.loadAdapter(files.get(1), scales, null);
            pipeline.fuseAdapters(true);

            assertThat(worst(draw(pipeline, new AdapterScales(0, 0)), twice)).isLessThanOrEqualTo(1);
            assertThat(worst(twice, own)).isGreaterThan(10);
            assertThat(worst(own, base)).isGreaterThan(10);
        });
    }

    @Test
    void embeddingsStandForAnyWord() throws Exception {
        TinyWorld.with(pipeline -> {
            RgbImage base = draw(pipeline, AdapterScales.FULL);
            train(pipeline, new TextualInversion("<sks>", 2, "bird", null));
            RgbImage trained = draw(pipeline, AdapterScales.FULL);
            Path ours = saved(pipeline);
            Path theirs = exported(pipeline, ExportFormat.EMBEDDING_DIFFUSERS);
            Path nameless = exported(pipeline, ExportFormat.EMBEDDING_A1111);
            pipeline.useBaseWeights();

            pipeline.loadAdapter(theirs, AdapterScales.FULL, null);
            pipeline.loadAdapter(ours, AdapterScales.FULL, "<ours>");
            pipeline.loadAdapter(nameless, AdapterScales.FULL, "<nameless>");

            for (String word : List.of("<sks>", "<ours>", "<nameless>")) {
                assertThat(draw(pipeline, PROMPT.replace("<sks>", word), AdapterScales.FULL)
                                .rgb())
                        .as(word)
                        .isEqualTo(trained.rgb());
            }
            assertThat(worst(trained, base)).isGreaterThan(10);
            assertThatExceptionOfType(InvalidModelException.class)
                    .isThrownBy(() -> pipeline.loadAdapter(nameless, AdapterScales.FULL, "<ours>"))
                    .withMessageContaining("the same word");
        });
    }

    @Test
    void tellsOfAWordThatHasMoreTokensThanThereAreVectors() throws Exception {
        TinyWorld.with(pipeline -> {
            List<String> told = new ArrayList<>();
            TinyWorld.Losses listener = new TinyWorld.Losses() {
                @Override
                public void onCutWord(String word, List<String> tokens, int used) {
                    told.add("%s %s %d".formatted(word, tokens, used));
                }
            };

            for (int vectors : List.of(1, 2)) {
                pipeline.useBaseWeights();
                Method method = new TextualInversion("<sks>", vectors, "red bird", null);
                pipeline.train(request(method, PROMPT, 1, 0.01), listener);
            }

            assertThat(told).containsExactly("red bird [red</w>, bird</w>] 1");
        });
    }

    @Test
    void aWordOfSeveralVectorsCountsInAnyCaseOfLetters() throws Exception {
        TinyWorld.with(pipeline -> {
            train(pipeline, new TextualInversion("<sks>", 2, "bird", null));

            RgbImage trained = draw(pipeline, PROMPT, AdapterScales.FULL);

            assertThat(draw(pipeline, PROMPT.replace("<sks>", "<SKS>"), AdapterScales.FULL)
                            .rgb())
                    .isEqualTo(trained.rgb());
            assertThat(draw(pipeline, PROMPT.replace("<sks>", "\\<SKS>"), AdapterScales.FULL)
                            .rgb())
                    .isEqualTo(trained.rgb());
            Path file = saved(pipeline);
            assertThatExceptionOfType(InvalidModelException.class)
                    .isThrownBy(() -> pipeline.loadAdapter(file, AdapterScales.FULL, "<Sks>"))
                    .withMessageContaining("the same word");
        });
    }

    /** Training interprets prompts like sampling, but without emphasis. */
    @Test
    void trainsWhatPromptsSay() throws Exception {
        TinyWorld.with(pipeline -> {
            Method method = new DreamBooth(false);
            double plain = firstLoss(pipeline, method, "a photo of a bird");
            pipeline.useBaseWeights();
            double weighed = firstLoss(pipeline, method, "a [photo] of a (bird:1.5)");
            pipeline.useBaseWeights();
            double brackets = firstLoss(pipeline, method, "a photo of a \\(bird\\)");

            assertThat(weighed).isEqualTo(plain);
            assertThat(brackets).isNotEqualTo(plain);
        });
    }

    @Test
    void embeddingsThatAnAdapterBringsCountAsIfTheyCameAlone() throws Exception {
        TinyWorld.with(pipeline -> {
            train(pipeline, EVERYWHERE);
            TensorFile adapter = new TensorFile();
            SafeTensors.open(exported(pipeline, ExportFormat.LORA_DIFFUSERS))
                    .entries()
                    .forEach((name, entry) -> adapter.add(name, 0.05f, entry.shape()));
            int width = ModelFamilies.layers(ModelHeaders.of(TinyWorld.folder()))
                    .textEncoders()
                    .get(0)
                    .width();
            Path alone = Files.write(temp.resolve("alone"), adapter.bytes());
            Path words = Files.write(
                    temp.resolve("words"),
                    new TensorFile().add("emb_params", 0.3f, 2, width).bytes());
            adapter.add("bundle_emb.<b>.string_to_param.*", 0.3f, 2, width);
            Path both = Files.write(temp.resolve("both"), adapter.bytes());
            String prompt = PROMPT.replace("<sks>", "<B>");

            pipeline.useBaseWeights();
            pipeline.loadAdapter(alone, AdapterScales.FULL, null);
            RgbImage withoutWord = draw(pipeline, prompt, AdapterScales.FULL);
            pipeline.loadAdapter(words, AdapterScales.FULL, "<b>");
            RgbImage expected = draw(pipeline, prompt, AdapterScales.FULL);
            pipeline.useBaseWeights();
            pipeline.loadAdapter(both, AdapterScales.FULL, null);

            assertThat(draw(pipeline, prompt, AdapterScales.FULL).rgb()).isEqualTo(expected.rgb());
            assertThat(worst(expected, withoutWord)).isGreaterThan(5);
        });
    }

    /** In a separate file after another placeholder's, and in a bundle of both, with the same rows. */
    @Test
    void outputEmbeddingsCountWhereverTheyComeFrom() throws Exception {
        TinyWorld.with(pipeline -> {
            int width = ModelFamilies.layers(ModelHeaders.of(TinyWorld.folder()))
                    .textEncoders()
                    .get(0)
                    .width();
            Path word = Files.write(
                    temp.resolve("word"),
                    new TensorFile().add("emb_params", 0.3f, 3, width).bytes());
            Path fed = Files.write(
                    temp.resolve("fed"),
                    new TensorFile().add("emp_params", 0, 2, width).bytes());
            Path output = Files.write(
                    temp.resolve("output"),
                    new TensorFile()
                            .add("emp_params", 0, 2, width)
                            .add("emp_params_out", 1, 2, width)
                            .bytes());
            Path bundle = Files.write(
                    temp.resolve("bundle"),
                    new TensorFile()
                            .add("bundle_emb.<a>.string_to_param.*", 0.3f, 3, width)
                            .add("bundle_emb.<b>.clip_l_out", 1, 2, width)
                            .bytes());
            String prompt = "a photo of a <b> bird, <a>";

            pipeline.loadAdapter(word, AdapterScales.FULL, "<a>");
            pipeline.loadAdapter(fed, AdapterScales.FULL, "<b>");
            RgbImage without = draw(pipeline, prompt, AdapterScales.FULL);
            pipeline.useBaseWeights();
            pipeline.loadAdapter(word, AdapterScales.FULL, "<a>");
            pipeline.loadAdapter(output, AdapterScales.FULL, "<b>");
            RgbImage expected = draw(pipeline, prompt, AdapterScales.FULL);
            pipeline.useBaseWeights();
            pipeline.loadAdapter(bundle, AdapterScales.FULL, null);

            assertThat(draw(pipeline, prompt, AdapterScales.FULL).rgb()).isEqualTo(expected.rgb());
            assertThat(worst(expected, without)).isGreaterThan(5);
        });
    }

    /** An adapter has no effect initially, so its first loss is that of the weights below it. */
    @Test
    void anAdapterIsTrainedOnTopOfAnother() throws Exception {
        TinyWorld.with(pipeline -> {
            double plain = firstLoss(pipeline, EVERYWHERE);
            pipeline.useBaseWeights();
            train(pipeline, EVERYWHERE);
            Path base = saved(pipeline);
            pipeline.useBaseWeights();
            pipeline.loadWeights(base);
            double expected = firstLoss(pipeline, new DreamBooth(false));
            pipeline.useBaseWeights();
            pipeline.loadWeights(base);

            double onTop = firstLoss(pipeline, EVERYWHERE);

            assertThat(onTop).isCloseTo(expected, withPercentage(0.01));
            assertThat(expected).isNotCloseTo(plain, withPercentage(1));
        });
    }

    private static double firstLoss(Pipeline pipeline, Method method) throws IOException {
        return firstLoss(pipeline, method, PROMPT);
    }

    private static double firstLoss(Pipeline pipeline, Method method, String prompt) throws IOException {
        TinyWorld.Losses losses = new TinyWorld.Losses();
        pipeline.train(request(method, prompt, 1, 1e-4), losses);
        return losses.values.get(0);
    }

    private static void train(Pipeline pipeline, Method method) throws IOException {
        pipeline.train(request(method, PROMPT, 4, 0.05), new TinyWorld.Losses());
    }

    private static TrainingRequest request(Method method, String prompt, int steps, double rate) throws IOException {
        return new TrainingRequest(
                method,
                new TrainingRequest.Subject(TinyWorld.subject("owl"), Prompts.fixed(prompt)),
                null,
                TinyWorld.settings().steps(steps).rate(rate),
                null);
    }

    private Path saved(Pipeline pipeline) throws IOException {
        Path file = temp.resolve("saved");
        try (OutputStream out = Files.newOutputStream(file)) {
            pipeline.saveWeights(out);
        }
        return file;
    }

    private Path exported(Pipeline pipeline, ExportFormat format) throws IOException {
        Path file = temp.resolve(format.name());
        try (OutputStream out = Files.newOutputStream(file)) {
            pipeline.export(format, out);
        }
        return file;
    }

    private static RgbImage draw(Pipeline pipeline, AdapterScales scales) {
        return draw(pipeline, PROMPT, scales);
    }

    private static RgbImage draw(Pipeline pipeline, String prompt, AdapterScales scales) {
        GenerationRequest request = new GenerationRequest(
                List.of(new GenerationRequest.Image(prompt, "", 3)),
                new SamplingSettings(Sampler.DDIM, 5, 5, 0, TinyWorld.SIDE, TinyWorld.SIDE),
                scales,
                1);
        return pipeline.generate(request, new SilentListener()).get(0).image();
    }

    private static int worst(RgbImage a, RgbImage b) {
        int worst = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            worst = Math.max(worst, Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff)));
        }
        return worst;
    }
}
