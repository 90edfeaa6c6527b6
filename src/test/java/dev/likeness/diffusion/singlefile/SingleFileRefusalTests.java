package dev.likeness.diffusion.singlefile;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/** Checkpoints that are refused, and why. */
class SingleFileRefusalTests extends SingleFileTest {

    @Test
    void namesUnknownTensors() {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        checkpoint.tensors.put("control_model.zero_convs.0.weight", Tensor.zeros(Element.F32, 1));
        checkpoint.tensors.put(
                "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k_ip.weight",
                Tensor.zeros(Element.F32, 1));

        assertRefused(checkpoint)
                .withMessageContaining("Stable Diffusion 1 does not")
                .withMessageContaining("control_model.zero_convs.0.weight")
                .withMessageContaining("to_k_ip.weight");
    }

    @Test
    void namesTheNetworkThatIsMissing() {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        checkpoint.tensors.keySet().removeIf(name -> name.startsWith("first_stage_model."));

        assertRefused(checkpoint).withMessageContaining("no vae").withMessageContaining("first_stage_model.");
    }

    @Test
    void refusesAFileWithoutUnet() {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        checkpoint.tensors.keySet().removeIf(name -> name.startsWith("model.diffusion_model."));

        assertRefused(checkpoint).withMessageContaining("not a Stable Diffusion checkpoint");
    }

    @Test
    void refusesInpaintingModels() {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        checkpoint.tensors.put("model.diffusion_model.input_blocks.0.0.weight", Tensor.zeros(Element.F32, 16, 9, 3, 3));

        assertRefused(checkpoint).withMessageContaining("takes 9 channels where latents have 4");
    }

    @Test
    void refusesTextEncodersOfAnotherWidth() {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        checkpoint.tensors.put(
                "model.diffusion_model.middle_block.1.transformer_blocks.0.attn2.to_k.weight",
                Tensor.zeros(Element.F32, 32, 48));

        assertRefused(checkpoint)
                .withMessageContaining("attends to 48 features of text, but the text encoders give 32");
    }

    @Test
    void refusesATextEncoderWithTooFewLayers() {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd2();
        checkpoint.tensors.keySet().removeIf(name -> name.contains("resblocks.2.") || name.contains("resblocks.3."));

        assertRefused(checkpoint).withMessageContaining("has 2 layers instead of 3 or 4");
    }

    @Test
    void refusesATokenizerWithMoreTokensThanTheTextEncoder() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        SingleFile.Options options = new SingleFile.Options(
                null, null, checkpoint.options(home.resolve("c")).config());

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SingleFile.open(checkpoint.write(home.resolve("m.safetensors")), options))
                .withMessage("the tokenizer has 49408 tokens, but the text encoder has 1514");
    }

    @Test
    void saysWhatItHasToBeToldOfAnUnknownSize() throws IOException {
        Path file = TinyCheckpoint.sdxl().write(home.resolve("m.safetensors"));

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SingleFile.open(file, SingleFile.Options.none()))
                .withMessageContaining("16 features")
                .withMessageContaining("name a folder of configuration files");
    }

    @Test
    void refusesConfigurationFilesOfAnotherFamily() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        Path config = TinyCheckpoint.sdxl().model;

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SingleFile.open(
                        checkpoint.write(home.resolve("m.safetensors")), new SingleFile.Options(null, null, config)))
                .withMessageContaining("StableDiffusionXLPipeline");
    }

    @Test
    void refusesPickles() throws IOException {
        Path named = Files.write(home.resolve("model.ckpt"), new byte[64]);
        Path disguised = Files.write(home.resolve("model.safetensors"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 8, 8});

        for (Path file : List.of(named, disguised)) {
            assertThatExceptionOfType(InvalidModelException.class)
                    .isThrownBy(() -> SingleFile.open(file, SingleFile.Options.none()))
                    .withMessageContaining("convert it to safetensors");
        }
    }

    private ThrowableAssertAlternative<InvalidModelException> assertRefused(TinyCheckpoint checkpoint) {
        return assertThatExceptionOfType(InvalidModelException.class).isThrownBy(() -> open(checkpoint));
    }
}
