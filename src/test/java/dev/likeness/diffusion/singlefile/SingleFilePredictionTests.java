package dev.likeness.diffusion.singlefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a checkpoint predicts, and how its noise ends. */
class SingleFilePredictionTests extends SingleFileTest {

    @Test
    void takesStableDiffusion2ToPredictVelocity() throws IOException {
        assertThat(prediction(TinyCheckpoint.sd2(), null)).isEqualTo("v_prediction");
        assertThat(prediction(TinyCheckpoint.sd1(), null)).isEqualTo("epsilon");
        assertThat(prediction(TinyCheckpoint.sdxl(), null)).isEqualTo("epsilon");
    }

    @Test
    void knowsTheSmallStableDiffusion2ByItsLastStep() throws IOException {
        TinyCheckpoint small = TinyCheckpoint.sd2();
        small.tensors.put("global_step", step(875_000));
        TinyCheckpoint large = TinyCheckpoint.sd2();
        large.tensors.put("global_step", step(140_000));

        assertThat(prediction(small, null)).isEqualTo("epsilon");
        assertThat(prediction(large, null)).isEqualTo("v_prediction");
    }

    @Test
    void heedsWhatItIsTold() throws IOException {
        assertThat(prediction(TinyCheckpoint.sd2(), "epsilon")).isEqualTo("epsilon");
        assertThat(prediction(TinyCheckpoint.sd1(), "v_prediction")).isEqualTo("v_prediction");
    }

    @Test
    void heedsTheCheckpointsOwnNotes() throws IOException {
        TinyCheckpoint marked = TinyCheckpoint.sdxl();
        marked.tensors.put("v_pred", Tensor.zeros(Element.F32, 0));
        TinyCheckpoint noted = TinyCheckpoint.sd2();
        Path file = home.resolve("noted.safetensors");
        Tensor.write(file, noted.tensors, Map.of("modelspec.prediction_type", "epsilon"));

        assertThat(prediction(marked, null)).isEqualTo("v_prediction");
        assertThat(prediction(SingleFile.open(file, noted.options(home.resolve("c")))))
                .isEqualTo("epsilon");
    }

    @Test
    void refusesAConfigurationThatContradictsTheMark() throws IOException {
        TinyCheckpoint marked = TinyCheckpoint.sd1();
        marked.tensors.put("v_pred", Tensor.zeros(Element.F32, 0));
        SingleFile.Options options = configured(marked, "{\"prediction_type\": \"epsilon\"}");
        Path file = marked.write(home.resolve("m.safetensors"));

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SingleFile.open(file, options))
                .withMessageContaining("v_pred says that the UNet predicts v_prediction")
                .withMessageContaining("scheduler_config.json that it predicts epsilon")
                .withMessageContaining("set prediction-type");
        assertThat(prediction(SingleFile.open(
                        file, new SingleFile.Options("v_prediction", options.tokenizer(), options.config()))))
                .isEqualTo("v_prediction");
        configured(marked, "{\"prediction_type\": \"v_prediction\"}");
        assertThat(prediction(SingleFile.open(file, options))).isEqualTo("v_prediction");
        configured(marked, "{}");
        assertThat(prediction(SingleFile.open(file, options))).isEqualTo("v_prediction");
    }

    @Test
    void refusesANoteThatContradictsTheMarkOrTheConfiguration() throws IOException {
        TinyCheckpoint noted = TinyCheckpoint.sd1();
        Path file = home.resolve("noted.safetensors");
        Tensor.write(file, noted.tensors, Map.of("modelspec.prediction_type", "epsilon"));
        SingleFile.Options options = configured(noted, "{\"prediction_type\": \"v_prediction\"}");

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SingleFile.open(file, options))
                .withMessageContaining("metadata modelspec.prediction_type says that the UNet predicts epsilon")
                .withMessageContaining("v_prediction");

        noted.tensors.put("v_pred", Tensor.zeros(Element.F32, 0));
        Tensor.write(file, noted.tensors, Map.of("modelspec.prediction_type", "epsilon"));
        configured(noted, "{}");
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SingleFile.open(file, options))
                .withMessageContaining("mark v_pred says")
                .withMessageContaining("metadata modelspec.prediction_type");
    }

    @Test
    void endsWithNothingButNoiseIfItIsMarked() throws IOException {
        TinyCheckpoint marked = TinyCheckpoint.sdxl();
        marked.tensors.put("v_pred", Tensor.zeros(Element.F32, 0));
        marked.tensors.put("ztsnr", Tensor.zeros(Element.F32, 0));
        Path file = marked.write(home.resolve("m.safetensors"));
        SingleFile.Options options = marked.options(home.resolve("c"));

        JsonNode scheduler = SingleFile.open(file, options)
                .document("scheduler/scheduler_config.json")
                .orElseThrow();

        assertThat(scheduler.path("rescale_betas_zero_snr").asBoolean()).isTrue();
        assertThat(scheduler.path("timestep_spacing").asString()).isEqualTo("trailing");
        configured(marked, "{\"timestep_spacing\": \"leading\"}");
        assertThat(SingleFile.open(file, options).document("scheduler/scheduler_config.json"))
                .hasValueSatisfying(
                        it -> assertThat(it.path("rescale_betas_zero_snr").asBoolean())
                                .isTrue())
                .hasValueSatisfying(
                        it -> assertThat(it.path("timestep_spacing").asString()).isEqualTo("leading"));
        configured(marked, "{\"timestep_spacing\": null}");
        assertThat(SingleFile.open(file, options).document("scheduler/scheduler_config.json"))
                .hasValueSatisfying(
                        it -> assertThat(it.path("timestep_spacing").asString()).isEqualTo("trailing"));
        configured(marked, "{\"rescale_betas_zero_snr\": false}");
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SingleFile.open(file, options))
                .withMessageContaining("mark ztsnr")
                .withMessageContaining("rescale_betas_zero_snr is false");
    }

    @Test
    void refusesAPredictionTypeThatThereIsNot() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new SingleFile.Options("velocity", null, null))
                .withMessageContaining("velocity");
    }

    /** Options with a configuration that has this scheduler file. */
    private SingleFile.Options configured(TinyCheckpoint checkpoint, String scheduler) throws IOException {
        SingleFile.Options options = checkpoint.options(home.resolve("c"));
        Path file = Objects.requireNonNull(options.config()).resolve("scheduler/scheduler_config.json");
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, scheduler);
        return options;
    }

    private static Tensor step(long number) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return new Tensor(Element.I64, List.of(), bytes.putLong(number).flip());
    }

    private String prediction(TinyCheckpoint checkpoint, @Nullable String told) throws IOException {
        SingleFile.Options options = checkpoint.options(home.resolve("c"));
        return prediction(SingleFile.open(
                checkpoint.write(home.resolve("m.safetensors")),
                new SingleFile.Options(told, options.tokenizer(), options.config())));
    }

    private static String prediction(SingleFile opened) {
        return opened.document("scheduler/scheduler_config.json")
                .orElseThrow()
                .path("prediction_type")
                .asString();
    }
}
