package dev.likeness.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.family.ClipPromptEncoder;
import dev.likeness.diffusion.family.ModelOutline.TextEncoderOutline;
import dev.likeness.diffusion.family.TextEncoder;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.text.ClipTextEncoder;
import dev.likeness.diffusion.token.ClipTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Text encoders of a model of which some cannot be loaded. */
class TextEncoderLoaderTests {

    private static final Path MODEL = Path.of("src/test/resources/goldens/tiny-sd1/model");

    @Test
    void closesTheTokenizersBeforeTheOneThatFails() throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    ClipTextEncoder network = ClipTextEncoder.load(manager, MODEL.resolve("text_encoder"))) {
                TextEncoder first =
                        new ClipPromptEncoder("text_encoder", ClipTokenizer.load(MODEL.resolve("tokenizer")), network);
                assertThat(first.tokens("a bird")).isNotEmpty();

                assertThatExceptionOfType(InvalidModelException.class)
                        .isThrownBy(() -> TextEncoderLoader.all(List.of(true, false), works -> {
                            if (works) {
                                return first;
                            }
                            throw new InvalidModelException("text_encoder_2 is missing");
                        }));

                assertThatIllegalStateException().isThrownBy(() -> first.tokens("a bird"));
            }
        });
    }

    /** A tokenizer that is loaded before would stay open. */
    @Test
    void loadsTheNetworkBeforeItsTokenizer(@TempDir Path folder) throws Exception {
        FileSystemUtils.copyRecursively(MODEL, folder);
        ModelFolder model = new ModelFolder(folder);
        TextEncoderOutline outline =
                model.outline().conditioning().textEncoders().get(0);
        Files.delete(folder.resolve("text_encoder/model.safetensors"));
        Files.delete(folder.resolve("tokenizer/merges.txt"));

        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    TextEncoderLoader loader = new TextEncoderLoader(manager, model)) {
                assertThatExceptionOfType(InvalidModelException.class)
                        .isThrownBy(() -> loader.load(List.of(outline), List.of()))
                        .withMessageContaining("text_encoder")
                        .withMessageContaining("model.safetensors");
            }
        });
    }
}
