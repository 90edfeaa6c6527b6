package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.adapter.MomentumState;
import dev.likeness.diffusion.method.ExportFormat;
import dev.likeness.diffusion.method.Momentum;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.SafeTensorsWriter;
import dev.likeness.diffusion.tensor.TensorReader;
import dev.likeness.diffusion.training.Prompts;
import dev.likeness.diffusion.training.TrainingListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The results of momentum textual inversion, in files and in continued training. */
class MomentumExportTests {

    private static final double GAMMA = 0.3;
    private static final String WORD = "<sks>";
    private static final String NEXT = "<next>";

    /** A job's placeholder for an upload. */
    private static final String UPLOADED = "<01a20038-4b04-728d-b4fb-9e608bb9684b>";

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource({
        "tiny-sd1, ANCHOR",
        "tiny-sd1, EMA",
        "tiny-sd2, ANCHOR",
        "tiny-sd2, EMA",
        "tiny-sdxl, ANCHOR",
        "tiny-sdxl, EMA"
    })
    void filesSayWhatTheirRowsWereMixedOf(String family, MomentumMode mode) throws Exception {
        on(family, pipeline -> {
            train(pipeline, WORD, "dog", new Momentum(GAMMA, mode, "cat"), 3, 0.05);
            for (ExportFormat format : pipeline.exportFormats()) {
                Path file = exported(pipeline, format);
                pipeline.verifyExport(format, file);

                SafeTensors tensors = SafeTensors.open(file);
                MomentumState notes = notes(tensors);
                assertThat(tensors.entries().keySet()).containsExactlyElementsOf(keys(family, format));
                assertThat(notes.gamma()).isEqualTo(GAMMA);
                assertThat(notes.mode()).isEqualTo(mode);
                List<float[]> rows = rows(tensors);
                for (int textEncoder = 0; textEncoder < rows.size(); textEncoder++) {
                    float[] star = notes.star().get(textEncoder);
                    float[] train = notes.train().get(textEncoder);
                    assertThat(train).isNotEqualTo(rows.get(textEncoder));
                    assertThat(rows.get(textEncoder))
                            .containsExactly(mode == MomentumMode.EMA ? star : mixed(star, train), offset(1e-6f));
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sd2", "tiny-sdxl"})
    void trainingContinuesFromWhatTheRowsWereMixedOf(String family) throws Exception {
        on(family, pipeline -> {
            Momentum first = new Momentum(GAMMA, MomentumMode.ANCHOR, "cat");
            train(pipeline, WORD, "dog", first, 3, 0.05);
            MomentumState before = notes(SafeTensors.open(exported(pipeline, ExportFormat.EMBEDDING_A1111)));
            Path weights = saved(pipeline);
            List<Path> uploads = List.of(
                    exported(pipeline, ExportFormat.EMBEDDING_DIFFUSERS),
                    exported(pipeline, ExportFormat.EMBEDDING_A1111));

            pipeline.useBaseWeights();
            pipeline.loadWeights(weights);
            assertThat(goneOnFrom(pipeline, WORD).isSameAs(before)).isTrue();
            for (Path upload : uploads) {
                pipeline.useBaseWeights();
                pipeline.loadAdapter(upload, AdapterScales.FULL, UPLOADED);
                assertThat(goneOnFrom(pipeline, UPLOADED).isSameAs(before)).isTrue();
            }
            pipeline.useBaseWeights();
            assertThat(goneOnFrom(pipeline, "dog").isSameAs(before)).isFalse();
        });
    }

    /** As in prompts, a job may write the placeholder in another case, or with a decomposed accent. */
    @Test
    void trainingContinuesFromAWordInAnySpelling() throws Exception {
        on("tiny-sd1", pipeline -> {
            train(pipeline, "<f\u00e9>", "dog", new Momentum(GAMMA, MomentumMode.ANCHOR, "cat"), 3, 0.05);
            MomentumState before = notes(SafeTensors.open(exported(pipeline, ExportFormat.EMBEDDING_A1111)));
            Path weights = saved(pipeline);

            for (String spelled : List.of("<F\u00c9>", "<fe\u0301>")) {
                pipeline.useBaseWeights();
                pipeline.loadWeights(weights);
                assertThat(goneOnFrom(pipeline, spelled).isSameAs(before))
                        .as(spelled)
                        .isTrue();
            }
        });
    }

    @Test
    void tellsOfRowsOfMomentumThatAreLeftOut() throws Exception {
        on("tiny-sd1", pipeline -> {
            train(pipeline, WORD, "dog", new Momentum(GAMMA, MomentumMode.ANCHOR, "cat"), 1, 0.05);
            Path weights = saved(pipeline);
            pipeline.useBaseWeights();
            pipeline.loadWeights(weights);

            List<String> cut = new ArrayList<>();
            TinyWorld.Losses listener = new TinyWorld.Losses() {
                @Override
                public void onCutWord(String word, List<String> tokens, int used) {
                    cut.add("%s: %d of %d".formatted(word, used, tokens.size()));
                }
            };
            Momentum momentum = new Momentum(GAMMA, MomentumMode.ANCHOR, WORD);
            train(pipeline, new TextualInversion("<one>", 1, "<zero>", momentum), 1, 1e-30, listener);
            train(pipeline, new TextualInversion("<two>", 2, WORD, momentum), 1, 1e-30, listener);

            assertThat(cut).containsExactly("<sks>: 1 of 2");
        });
    }

    /** One step at a rate of nearly zero, which leaves everything unchanged. */
    private MomentumState goneOnFrom(Pipeline pipeline, String word) throws IOException {
        train(pipeline, NEXT, word, new Momentum(GAMMA, MomentumMode.ANCHOR, word), 1, 1e-30);
        return notes(SafeTensors.open(exported(pipeline, ExportFormat.EMBEDDING_A1111)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"likeness.gamma", "likeness.v_train.0", "likeness.v_star.0"})
    void aFileWithOtherNotesIsNotOffered(String changed) throws Exception {
        on("tiny-sd1", pipeline -> {
            train(pipeline, WORD, "dog", new Momentum(GAMMA, MomentumMode.ANCHOR, "cat"), 2, 0.05);
            Path file = exported(pipeline, ExportFormat.EMBEDDING_A1111);
            Path other = temp.resolve("other");
            rewrite(file, other, changed);

            assertThatExceptionOfType(InvalidModelException.class)
                    .isThrownBy(() -> pipeline.verifyExport(ExportFormat.EMBEDDING_A1111, other))
                    .withMessageContaining("reads back different");
        });
    }

    private static void rewrite(Path from, Path to, String changed) throws IOException {
        SafeTensors file = SafeTensors.open(from);
        Map<String, String> header = new LinkedHashMap<>(file.metadata());
        header.computeIfPresent(
                changed, (key, value) -> key.endsWith("gamma") ? "0.31" : "AAAAAAAA" + value.substring(8));
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                OutputStream out = Files.newOutputStream(to)) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            file.entries().forEach((key, entry) -> tensors.put(key, TensorReader.readFloat(manager, entry)));
            SafeTensorsWriter.write(out, tensors, header);
        }
    }

    private static List<String> keys(String family, ExportFormat format) {
        if (family.equals("tiny-sdxl")) {
            return List.of("clip_l", "clip_g");
        }
        return List.of(format == ExportFormat.EMBEDDING_A1111 ? "emb_params" : WORD);
    }

    private static float[] mixed(float[] star, float[] train) {
        float[] mixed = new float[star.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (float) ((1 - GAMMA) * star[i] + GAMMA * train[i]);
        }
        return mixed;
    }

    private static MomentumState notes(SafeTensors file) {
        List<Integer> lengths = new ArrayList<>();
        rows(file).forEach(row -> lengths.add(row.length));
        return Objects.requireNonNull(MomentumState.read(file.metadata(), lengths));
    }

    private static List<float[]> rows(SafeTensors file) {
        List<float[]> rows = new ArrayList<>();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            file.entries()
                    .values()
                    .forEach(entry ->
                            rows.add(TensorReader.readFloat(manager, entry).toFloatArray()));
        }
        return rows;
    }

    private static void train(
            Pipeline pipeline, String word, String initializer, Momentum momentum, int steps, double rate)
            throws IOException {
        TextualInversion method = new TextualInversion(word, 2, initializer, momentum);
        train(pipeline, method, steps, rate, new TinyWorld.Losses());
    }

    private static void train(
            Pipeline pipeline, TextualInversion method, int steps, double rate, TrainingListener listener)
            throws IOException {
        Prompts prompts = Prompts.fixed("a photo of a " + method.placeholder());
        pipeline.train(
                new TrainingRequest(
                        method,
                        new TrainingRequest.Subject(TinyWorld.subject("owl"), prompts),
                        null,
                        TinyWorld.settings().steps(steps).rate(rate),
                        null),
                listener);
    }

    private Path saved(Pipeline pipeline) throws IOException {
        Path file = temp.resolve("saved");
        try (OutputStream out = Files.newOutputStream(file)) {
            pipeline.saveWeights(out);
        }
        return file;
    }

    private Path exported(Pipeline pipeline, ExportFormat format) throws IOException {
        Path file = Files.createTempFile(temp, format.name(), ".safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            pipeline.export(format, out);
        }
        return file;
    }

    private static void on(String family, TinyWorld.Check check) throws Exception {
        Path folder = Path.of("src/test/resources/goldens/" + family + "/model");
        EngineTestThread.run(() -> {
            try (Pipeline pipeline = TorchEngine.start(new EngineOptions("cpu", 0, null, null, true))
                    .open(folder, ScoreEncoders.in(folder))) {
                check.on(pipeline);
            }
        });
    }
}
