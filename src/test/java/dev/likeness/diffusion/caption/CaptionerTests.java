package dev.likeness.diffusion.caption;

import static dev.likeness.diffusion.caption.CaptionOptions.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.caption.Captioner.Options;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.golden.GoldenPicture;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.TorchArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptionerTests {

    private static final String BIAS = "text_decoder.cls.predictions.bias";
    private static final String OUTPUT_BIAS = "text_decoder.cls.predictions.decoder.bias";
    private static final String OUTPUT = "text_decoder.cls.predictions.decoder.weight";
    private static final String EMBEDDINGS = "text_decoder.bert.embeddings.word_embeddings.weight";
    private static final String FIRST = "red x f f x f blue blue f f k x x f red f x x x";
    private static final int SEP = 3;
    private static final int PICTURE = 83;

    @TempDir
    Path path;

    private BlipFolder folder;

    @BeforeEach
    void copy() throws IOException {
        folder = BlipFolder.copyInto(path);
    }

    /** With a bias towards the end token; the expected words are those of transformers. */
    @Test
    void endsCaptionsAtTheEndToken() throws Exception {
        folder.weights((header, data) -> BlipFolder.add(header, data, BIAS, SEP, 3));

        assertThat(captions(options("", 1)))
                .containsExactly(FIRST, "red", "v ving v v ving v v v v v v k v v v v v", "red x r m");
        assertThat(captions(options("", 3)))
                .containsExactly(
                        "x f f f k x f f f k x red x f f f x x x",
                        "x k k x red k k k x k x x xf x",
                        "red x k k k kx",
                        "x red m red mf k k k x k");
        assertThat(captions(options("A picture of", 3)))
                .containsExactly(
                        "a picture of k red red k x red red x x x x red f x x x",
                        "a picture of k k k k k k k k k k k k x x k k",
                        "a picture of k k k k k k",
                        "a picture of red red red k m x");
    }

    @Test
    void readsFilesThatHoldSharedWeightsTwiceAndPositions() throws Exception {
        folder.weights((header, data) -> {
            BlipFolder.alias(header, EMBEDDINGS, OUTPUT);
            BlipFolder.alias(header, BIAS, OUTPUT_BIAS);
            BlipFolder.alias(header, BIAS, "text_decoder.bert.embeddings.position_ids");
        });

        assertThat(captions(options("", 1))).first().isEqualTo(FIRST);
    }

    @Test
    void readsFilesThatHoldSharedWeightsUnderTheOutputsName() throws Exception {
        folder.weights((header, data) -> {
            BlipFolder.rename(header, EMBEDDINGS, OUTPUT);
            BlipFolder.rename(header, BIAS, OUTPUT_BIAS);
        });

        assertThat(captions(options("", 1))).first().isEqualTo(FIRST);
    }

    /** With a zero weight, only the bias determines the next token. */
    @Test
    void takesAnOutputWeightOfItsOwn() throws Exception {
        folder.weights((header, data) -> {
            BlipFolder.zeros(header, data, OUTPUT, List.of(93, 32));
            BlipFolder.rename(header, EMBEDDINGS, EMBEDDINGS);
            BlipFolder.add(header, data, BIAS, PICTURE, 1);
        });

        assertThat(captions(new Options("a", 1, 5))).containsOnly("a picture picture picture");
    }

    @Test
    void readsAVocabularyWithoutATokenizerFile() throws Exception {
        folder.delete("tokenizer.json");

        assertThat(captions(options("", 1))).first().isEqualTo(FIRST);
    }

    @Test
    void readsWeightsThatOnlyTorchWrote() throws Exception {
        TorchArchive.of(SafeTensors.open(path.resolve("model.safetensors"))).writeTo(path.resolve("pytorch_model.bin"));
        folder.delete("model.safetensors");

        assertThat(captions(options("", 1))).first().isEqualTo(FIRST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"model_type\": \"blip\", | \"model_type\": \"blip-2\", | model_type = \"blip-2\"",
                "BlipForConditionalGeneration | BlipForQuestionAnswering | architectures",
                "\"is_decoder\": true | \"is_decoder\": false | text_config.is_decoder = false",
                "\"hidden_act\": \"gelu\" | \"hidden_act\": \"relu\" | hidden_act = \"relu\"",
                "\"num_attention_heads\": 4 | \"num_attention_heads\": 5 | num_attention_heads = 5",
                "\"image_size\": 48 | \"image_size\": [48, 48] | vision_config.image_size = [48,48]",
                "\"image_size\": 48 | \"image_size\": 7 | vision_config.patch_size = 8",
                "\"bos_token_id\": 92 | \"bos_token_id\": 93 | text_config.bos_token_id = 93",
            })
    void refusesWhatItDoesNotSupportNamingTheField(String text, String instead, String field) throws Exception {
        folder.replace("config.json", text, instead);

        assertThatThrownBy(() -> captions(options("", 1)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith("config.json of BLIP: ")
                .hasMessageContaining(field)
                .hasMessageEndingWith(" is not supported");
    }

    @Test
    void takesTransformersOwnValuesWhereTheFileLeavesThemOut() throws Exception {
        folder.replace("config.json", "\"layer_norm_eps\": 1e-12,", "")
                .replace("config.json", "\"is_decoder\": true,", "");

        assertThat(captions(options("", 1))).first().isEqualTo(FIRST);
        Files.writeString(path.resolve("config.json"), "{\"model_type\": \"blip\"}");
        BlipConfig config = BlipConfig.read(path.resolve("config.json"));
        assertThat(config.vision().tokens()).isEqualTo(577);
        assertThat(config.text().tokens().bosTokenId()).isEqualTo(30522);
    }

    @Test
    void namesWeightsThatDoNotMatch() throws Exception {
        folder.weights((header, data) -> header.remove(BIAS));

        assertThatThrownBy(() -> captions(options("", 1)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("blip: the weights do not match the configuration; missing: " + BIAS);
    }

    @Test
    void refusesAPreprocessorOfAnotherSize() throws Exception {
        folder.replace("preprocessor_config.json", "\"height\": 48", "\"height\": 32");

        assertThatThrownBy(() -> captions(options("", 1)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("preprocessor_config.json of BLIP: pictures of 48x32 pixels, but the network takes 48x48");
    }

    @Test
    void namesThePartThatIsMissing() throws Exception {
        folder.delete("tokenizer.json").delete("vocab.txt");

        assertThatThrownBy(() -> captions(options("", 1)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("tokenizer of BLIP: tokenizer.json and vocab.txt missing or unreadable");
        folder.delete("preprocessor_config.json");
        assertThatThrownBy(() -> captions(options("", 1)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("preprocessor_config.json of BLIP: missing or unreadable");
    }

    @Test
    void refusesLengthsThatLeaveNoRoom() {
        assertThatThrownBy(() -> captions(new Options("a picture of", 1, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("max length: 4 must be more than the 4 tokens of the prompt and at most 64");
        assertThatThrownBy(() -> captions(new Options("", 1, 65))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Options("", 0, 20)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Options("", 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Captions of the four pictures. */
    private List<String> captions(Options options) throws Exception {
        return EngineTestThread.call(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    Captioner captioner = Captioner.load(manager, path)) {
                List<String> captions = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    RgbImage picture = GoldenPicture.read(BlipFolder.goldens().resolve("images/%d.png".formatted(i)));
                    captions.add(captioner.caption(picture, options));
                }
                return captions;
            }
        });
    }
}
