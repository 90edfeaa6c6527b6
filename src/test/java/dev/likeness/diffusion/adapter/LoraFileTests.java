package dev.likeness.diffusion.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.likeness.diffusion.adapter.KeyProblem.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of LoRA weights. */
class LoraFileTests extends AdapterFileTest {

    /** A linear layer of tiny-sd1, 16 to 16. */
    private static final String LAYER = "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q";

    @ParameterizedTest
    @CsvSource({"tiny-sd1, 88", "tiny-sd2, 88", "tiny-sdxl, 136"})
    void readsWhatDiffusersSaves(String family, int layers) {
        LoraFile read = (LoraFile)
                AdapterFile.read(GOLDENS.resolve(family + "/lora/pytorch_lora_weights.safetensors"), base(family));

        assertThat(read.format()).isEqualTo(AdapterFormat.DIFFUSERS);
        assertThat(read.rank()).isEqualTo(4);
        assertThat(read.targets()).isEqualTo(LoraTargets.ATTENTION);
        assertThat(read.layersOfParts()).containsExactly(Map.entry("unet", layers));
        assertThat(read.layers().values())
                .allSatisfy(layer -> assertThat(layer.alpha()).isEqualTo(4));
    }

    /** Each is the same layer in the naming of another program or version. */
    @ParameterizedTest
    @CsvSource({
        "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.lora.down.weight, DIFFUSERS",
        "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.processor.to_q_lora.down.weight, DIFFUSERS",
        "down_blocks.0.attentions.0.transformer_blocks.0.attn1.processor.to_q_lora.down.weight, DIFFUSERS",
        "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.lora_A.weight, PEFT",
        "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.lora_A.default.weight, PEFT",
        "base_model.model.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.lora_A.weight, PEFT",
        "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_q.lora_down.weight, KOHYA",
        "lora_unet_input_blocks_1_1_transformer_blocks_0_attn1_to_q.lora_down.weight, KOHYA",
        "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.lora_A.default_0.weight, PEFT",
        "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.lora_A.my-adapter.weight, PEFT",
        "diffusion_model.input_blocks.1.1.transformer_blocks.0.attn1.to_q.lora_A.weight, PEFT",
        "diffusion_model.input_blocks.1.1.transformer_blocks.0.attn1.to_q.lora_down.weight, KOHYA",
        "diffusion_model.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.lora_A.default_0.weight, PEFT",
        "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn1.to_q.lora_down.weight, KOHYA",
        "base_model.model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn1.to_q.lora_A.weight, PEFT",
        "lora_unet.input_blocks.1.1.transformer_blocks.0.attn1.to_q.lora_down.weight, KOHYA",
        "lora_unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.lora_down.weight, KOHYA"
    })
    void knowsALayerByAllOfItsNames(String down, AdapterFormat format) throws IOException {
        String up = down.replace("down.weight", "up.weight").replace("lora_A", "lora_B");

        LoraFile read = read(new TensorFile().add(down, 1, 3, 16).add(up, 1, 16, 3), SD1);

        assertThat(read.format()).isEqualTo(format);
        assertThat(read.layers()).containsOnlyKeys(LAYER);
        assertThat(read.rank()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.processor.to_out_lora, unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_out.0, 16, 16",
        "text_encoder.text_model.encoder.layers.1.self_attn.to_out_lora, text_encoder.text_model.encoder.layers.1.self_attn.out_proj, 32, 32",
        "text_encoder.encoder.layers.1.self_attn.q_proj.lora_linear_layer, text_encoder.text_model.encoder.layers.1.self_attn.q_proj, 32, 32",
        "text_model.encoder.layers.1.mlp.fc1.lora, text_encoder.text_model.encoder.layers.1.mlp.fc1, 32, 64"
    })
    void knowsOldNamesOfOtherLayers(String file, String layer, int in, int out) throws IOException {
        LoraFile read =
                read(new TensorFile().add(file + ".down.weight", 1, 2, in).add(file + ".up.weight", 1, out, 2), SD1);

        assertThat(read.layers()).containsOnlyKeys(layer);
    }

    /** For a model with one encoder of any name, and for a model with two. */
    @ParameterizedTest
    @CsvSource({
        "tiny-sd1, text_encoders.clip_l.transformer.text_model, text_encoder, 32",
        "tiny-sd1, cond_stage_model.transformer.text_model, text_encoder, 32",
        "tiny-sd1, lora_te.text_model, text_encoder, 32",
        "tiny-sd1, lora_te1.text_model, text_encoder, 32",
        "tiny-sd2, text_encoders.clip_h.transformer.text_model, text_encoder, 32",
        "tiny-sdxl, text_encoders.clip_l.transformer.text_model, text_encoder, 32",
        "tiny-sdxl, text_encoders.clip_g.transformer.text_model, text_encoder_2, 48",
        "tiny-sdxl, clip_g.transformer.text_model, text_encoder_2, 48",
        "tiny-sdxl, clip_l.text_model, text_encoder, 32",
        "tiny-sdxl, conditioner.embedders.0.transformer.text_model, text_encoder, 32",
        "tiny-sdxl, lora_te2.text_model, text_encoder_2, 48",
        "tiny-sdxl, text_encoders.clip_g.transformer, text_encoder_2, 48"
    })
    void knowsTextEncodersByTheirOriginalNames(String family, String prefix, String textEncoder, int width)
            throws IOException {
        String layer = ".encoder.layers.1.self_attn.q_proj";
        LoraFile read = read(
                new TensorFile()
                        .add(prefix + layer + ".lora_A.weight", 1, 2, width)
                        .add(prefix + layer + ".lora_B.weight", 1, width, 2)
                        .add(prefix + layer + ".alpha", 1),
                base(family));

        assertThat(read.layers()).containsOnlyKeys(textEncoder + ".text_model" + layer);
        assertThat(read.layers().values())
                .allSatisfy(it -> assertThat(it.alpha()).isOne());
    }

    @Test
    void refusesLayersOfAMissingTextEncoder() throws IOException {
        String key = "diffusion_model.double_blocks.0.img_attn.qkv.lora_A.weight";

        assertThat(refused(new TensorFile().add(key, 1, 2, 16), SD1).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(Kind.UNKNOWN_LAYER);
                    assertThat(problem.message()).contains("a layer that this model does not have");
                });
    }

    /** The other problems of such a file follow from its kind. */
    @ParameterizedTest
    @CsvSource({
        "lora_unet_conv_in.lokr_t1, LoKr with a core of its first factor",
        "lora_unet_conv_in.a1.weight, GLoRA",
        "lora_unet_conv_in.oft_blocks, OFT",
        "diffusion_model.input_blocks.0.0.reshape_weight, a LoRA that changes the shape of weights",
        "lora_unet_conv_in.on_input, IA3",
        "unet.conv_in.ia3_l, IA3",
        "unet.conv_in.lora_B.bias, a LoRA with biases",
        "diffusion_model.input_blocks.0.0.diff, a full difference of weights"
    })
    void namesTheKindOfOtherAdaptersFirst(String key, String kind) throws IOException {
        UnusableAdapterException refused = refused(
                new TensorFile()
                        .add("lora_unet_conv_in.alpha", 1)
                        .add("lora_unet_nowhere.lora_down.weight", 1, 2, 2)
                        .add("optimizer.step", 1)
                        .add(key, 1, 1)
                        .addLayer(LAYER, 16, 16),
                SD1);

        assertThat(refused.problems()).hasSize(4);
        assertThat(refused.problems().get(0).key()).isEqualTo(key);
        assertThat(refused.problems().get(0).message()).startsWith("belongs to " + kind + ",");
    }

    @ParameterizedTest
    @CsvSource({"tiny-sd1, string_to_param.*", "tiny-sd1, emb_params", "tiny-sd1, clip_l"})
    void readsEmbeddingsThatAreBundled(String family, String key) throws IOException {
        LoraFile read = read(
                new TensorFile()
                        .addLayer(LAYER, 16, 16)
                        .add("bundle_emb.my.style." + key, 0.1f, 2, 32)
                        .add("bundle_emb.<x>." + key, 0.1f, 32),
                base(family));

        assertThat(read.layers()).containsOnlyKeys(LAYER);
        assertThat(read.embeddings())
                .extracting(EmbeddingFile::word, EmbeddingFile::vectors)
                .containsExactly(tuple("my.style", 2), tuple("<x>", 1));
    }

    @Test
    void readsEmbeddingsThatAreBundledForTwoTextEncoders() throws IOException {
        String layer = "unet.down_blocks.0.resnets.0.conv1";
        TensorFile file = new TensorFile()
                .add(layer + ".lora.down.weight", 1, 2, 16, 3, 3)
                .add(layer + ".lora.up.weight", 1, 16, 2, 1, 1)
                .add("bundle_emb.<x>.clip_l", 0.1f, 2, 32)
                .add("bundle_emb.<x>.clip_g", 0.1f, 2, 48);

        assertThat(read(file, SDXL).embeddings())
                .singleElement()
                .satisfies(it -> assertThat(it.rows())
                        .extracting(EmbeddingFile.Row::width)
                        .containsExactly(32, 48));
        assertThat(refused(file.add("bundle_emb.<y>.clip_l", 0.1f, 2, 48), SDXL))
                .hasMessageContaining("bundle_emb.<y>.clip_l is [2, 48]; this model takes 1 to 75 vectors of 32");
    }

    @Test
    void readsBundledEmbeddingsOfSeveralWordsAlone() throws IOException {
        LoraFile read = read(
                new TensorFile()
                        .add("bundle_emb.<x>.clip_l", 0, 2, 32)
                        .add("bundle_emb.<x>.clip_l_out", 0.1f, 2, 32)
                        .add("bundle_emb.<y>.string_to_param.*", 0.1f, 1, 32),
                SD1);

        assertThat(read.format()).isEqualTo(AdapterFormat.DIFFUSERS);
        assertThat(read.layers()).isEmpty();
        assertThat(read.embeddings())
                .extracting(
                        EmbeddingFile::word,
                        EmbeddingFile::vectors,
                        it -> it.rows().get(0).output() != null)
                .containsExactly(tuple("<x>", 2, true), tuple("<y>", 1, false));
    }

    @Test
    void refusesATensorThatIsThereTwice() throws IOException {
        TensorFile file = new TensorFile()
                .add("bundle_emb.<x>.emb_params", 1, 2, 32)
                .add("bundle_emb.<x>.string_to_param.*", 1, 2, 32);

        assertThat(refused(file, SD1))
                .hasMessageContaining(
                        "bundle_emb.<x>.string_to_param.* has the same meaning as bundle_emb.<x>.emb_params");
    }

    @Test
    void readsTextEncodersAndConvolutions() throws IOException {
        LoraFile read = read(
                new TensorFile()
                        .add("lora_te1_text_model_encoder_layers_0_mlp_fc1.lora_down.weight", 1, 2, 32)
                        .add("lora_te1_text_model_encoder_layers_0_mlp_fc1.lora_up.weight", 1, 64, 2)
                        .add("lora_te2_text_projection.lora_down.weight", 1, 2, 48)
                        .add("lora_te2_text_projection.lora_up.weight", 1, 48, 2)
                        .add("lora_unet_conv_in.lora_down.weight", 1, 8, 4, 3, 3)
                        .add("lora_unet_conv_in.lora_up.weight", 1, 16, 8, 1, 1)
                        .add("lora_unet_conv_in.alpha", 4),
                SDXL);

        assertThat(read.layersOfParts())
                .containsExactly(Map.entry("text_encoder", 1), Map.entry("text_encoder_2", 1), Map.entry("unet", 1));
        assertThat(read.targets()).isEqualTo(LoraTargets.ALL);
        assertThat(read.rank()).isEqualTo(8);
        assertThat(layer(read, "unet.conv_in").alpha()).isEqualTo(4);
        assertThat(layer(read, "text_encoder_2.text_projection").alpha()).isEqualTo(2);
    }

    @Test
    void takesTheScaleFromTheHeaderWhereDiffusersPutsIt() throws IOException {
        String settings = """
                {"unet.r": 2, "unet.lora_alpha": 6, "unet.alpha_pattern": {"attn1.to_k": 1}, "unet.use_rslora": %s}""";
        TensorFile file = new TensorFile().addLayer(LAYER, 16, 16).addLayer(LAYER.replace("to_q", "to_k"), 16, 16);

        LoraFile plain = read(file.metadata(Map.of("lora_adapter_metadata", settings.formatted(false))), SD1);
        LoraFile stabilized = read(file.metadata(Map.of("lora_adapter_metadata", settings.formatted(true))), SD1);

        assertThat(layer(plain, LAYER).alpha()).isEqualTo(6);
        assertThat(layer(plain, LAYER.replace("to_q", "to_k")).alpha()).isEqualTo(1);
        assertThat(layer(stabilized, LAYER).alpha()).isEqualTo(6 * Math.sqrt(2));
    }

    @Test
    void theHeadersPatternsAreExpressionsAsPeftHasThem() throws IOException {
        String key = LAYER.replace("to_q", "to_k");
        String textEncoder = "text_encoder.text_model.encoder.layers.%d.self_attn.q_proj";
        TensorFile file = new TensorFile()
                .addLayer(LAYER, 16, 16)
                .addLayer(key, 16, 16)
                .addLayer(textEncoder.formatted(0), 32, 32)
                .addLayer(textEncoder.formatted(1), 32, 32);
        String settings = """
                {"unet.lora_alpha": 2, "unet.alpha_pattern": {"^down_blocks.0.attentions.0.*attn1.to_q": 1},
                "text_encoder.lora_alpha": 2, "text_encoder.alpha_pattern":
                {"^encoder.layers.0.self_attn.q_proj": 3, "^text_model.encoder.layers.1.self_attn.q_proj": 4}}""";

        LoraFile read = read(file.metadata(Map.of("lora_adapter_metadata", settings)), SD1);

        assertThat(layer(read, LAYER).alpha()).isEqualTo(1);
        assertThat(layer(read, key).alpha()).isEqualTo(2);
        assertThat(layer(read, textEncoder.formatted(0)).alpha()).isEqualTo(3);
        assertThat(layer(read, textEncoder.formatted(1)).alpha()).isEqualTo(4);
    }

    @Test
    void refusesSettingsOutOfWhichNoScaleComes() throws IOException {
        TensorFile file = new TensorFile().addLayer(LAYER, 16, 16);

        assertThat(refused(
                        file.metadata(Map.of("lora_adapter_metadata", "{\"unet.alpha_pattern\": {\"(to_q\": 4}}")),
                        SD1))
                .hasMessageContaining("the header's unet.alpha_pattern has the key \"(to_q\"");
        assertThat(refused(file.metadata(Map.of("lora_adapter_metadata", "{\"unet.lora_alpha\": 1e999}")), SD1))
                .hasMessageContaining("the header's lora_alpha of %s is too large".formatted(LAYER));
    }

    @Test
    void writesSettingsThatMeanAScaleOfOne() throws IOException {
        String other = "text_encoder.text_model.encoder.layers.0.self_attn.q_proj";
        String settings =
                LoraMetadata.ofUnscaled(Map.of(LAYER, 2L, LAYER.replace("to_q", "to_k"), 3L, other, 4L), Set.of());

        LoraFile read = read(
                new TensorFile()
                        .addLayer(LAYER, 16, 16)
                        .add(LAYER.replace("to_q", "to_k") + ".lora.down.weight", 1, 3, 16)
                        .add(LAYER.replace("to_q", "to_k") + ".lora.up.weight", 1, 16, 3)
                        .add(other + ".lora_linear_layer.down.weight", 1, 4, 32)
                        .add(other + ".lora_linear_layer.up.weight", 1, 32, 4)
                        .metadata(Map.of(LoraMetadata.KEY, settings)),
                SD1);

        assertThat(read.layers().values())
                .hasSize(3)
                .allSatisfy(layer -> assertThat(layer.alpha()).isEqualTo(layer.rank()));
        assertThat(settings).contains("\"text_encoder.target_modules\":[\"q_proj\"]");
    }

    @Test
    void refusesAFileForAnotherModelAndNamesItsKeys() {
        UnusableAdapterException refused =
                refused(GOLDENS.resolve("tiny-sdxl/lora/pytorch_lora_weights.safetensors"), SD1);

        assertThat(refused.problems()).hasSize(188);
        assertThat(refused)
                .hasMessageContaining("unet.down_blocks.2.attentions.0.transformer_blocks.0.attn1.to_k.lora.down.weight"
                        + " is for a layer that this model does not have");
    }

    @ParameterizedTest
    @CsvSource({
        "unet.nowhere.to_q.lora.down.weight, UNKNOWN_LAYER, is for a layer that this model does not have",
        "lora_unet_nowhere.alpha, UNKNOWN_LAYER, is for a layer that this model does not have",
        "optimizer.step, UNKNOWN_KEY, naming schemes of diffusers",
        "lora_unet_conv_in.hada_w1_a, INCOMPLETE, has no matching hada_w1_b or hada_w2_a or hada_w2_b",
        "lora_unet_conv_in.hada_t1, INCOMPLETE, or hada_t2",
        "unet.conv_in.hada_w2_b.default, INCOMPLETE, has no matching hada_w1_a or",
        "lora_unet_conv_in.lokr_w1, INCOMPLETE, has no matching lokr_w2",
        "diffusion_model.input_blocks.0.0.lokr_w2_a, INCOMPLETE, has no matching lokr_w1 or lokr_w2_b",
        "lora_unet_conv_in.dora_scale, INCOMPLETE, has no matching down or up",
        "unet.conv_in.lora_magnitude_vector, INCOMPLETE, has no matching down or up",
        "unet.conv_in.lora_magnitude_vector.default_0.weight, INCOMPLETE, has no matching down or up",
        "lora_unet_conv_in.lora_mid.weight, INCOMPLETE, has no matching down or up",
        "unet.conv_in.lora.down.weight, INCOMPLETE, has no matching up",
        "unet.conv_in.alpha, INCOMPLETE, has no matching down or up",
        "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_q.lora_up.weight, UNKNOWN_KEY, has the same meaning as"
    })
    void refusesAFileOfWhichItDoesNotUnderstandEveryKey(String key, Kind kind, String message) throws IOException {
        UnusableAdapterException refused =
                refused(new TensorFile().addLayer(LAYER, 16, 16).add(key, 1, 1), SD1);

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.kind()).isEqualTo(kind);
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void shortensNamesOfTensors() throws IOException {
        String name = "n".repeat(60_000);
        UnusableAdapterException refused =
                refused(new TensorFile().addLayer(LAYER, 16, 16).add(name, 1, 1), SD1);

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("n".repeat(200) + "…");
            assertThat(problem.toString()).hasSizeLessThan(1_000);
        });
        assertThat(refused.getMessage()).hasSizeLessThan(1_000);
    }

    @Test
    void refusesShapesThatDoNotFitTheLayer() throws IOException {
        UnusableAdapterException refused = refused(
                new TensorFile()
                        .addLayer(LAYER, 15, 16)
                        .addLayer(LAYER.replace("to_q", "to_k"), 16, 12)
                        .add("unet.conv_in.lora.down.weight", 1, 2, 4, 1, 1)
                        .add("unet.conv_in.lora.up.weight", 1, 16, 2, 1, 1),
                SD1);

        assertThat(refused.problems())
                .extracting(KeyProblem::toString)
                .containsExactly(
                        LAYER + ".lora.down.weight is [2, 15], but must be [r, 16] for the layer's weight [16, 16]",
                        LAYER.replace("to_q", "to_k")
                                + ".lora.up.weight is [12, 2], but must be [16, 2] for the layer's weight [16, 16]",
                        "unet.conv_in.lora.down.weight is [2, 4, 1, 1], but must be [r, 4, 3, 3] for the layer's weight [16, 4, 3, 3]");
    }

    @Test
    void refusesWhatWouldChangeNothing() throws IOException {
        for (TensorFile file : List.of(
                new TensorFile().add(LAYER + ".lora.down.weight", 1, 2, 16).add(LAYER + ".lora.up.weight", -0f, 16, 2),
                new TensorFile().addLayer(LAYER, 16, 16).add(LAYER + ".alpha", 0))) {
            assertThat(refused(file, SD1).problems())
                    .singleElement()
                    .extracting(KeyProblem::kind)
                    .isEqualTo(Kind.NO_EFFECT);
        }
        assertThat(refused(new TensorFile(), SD1).problems())
                .singleElement()
                .extracting(KeyProblem::kind)
                .isEqualTo(Kind.NO_ADAPTER);
    }

    @Test
    void refusesNumbersThatAreNone() throws IOException {
        TensorFile file = new TensorFile()
                .add(LAYER + ".lora.down.weight", Float.NaN, 2, 16)
                .add(LAYER + ".lora.up.weight", Float.NEGATIVE_INFINITY, 16, 2);

        assertThat(refused(file, SD1).problems())
                .extracting(KeyProblem::kind)
                .containsExactly(Kind.WRONG_VALUE, Kind.WRONG_VALUE);
    }

    /** A layer of 16 outputs and 4 inputs with a kernel of 3 by 3 pixels, and one of 16 and 16. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lora_unet_conv_in | hada_w1_a 16 2, hada_w1_b 2 36, hada_w2_a 16 2, hada_w2_b 2 36, alpha | LOHA, 2, 1",
                "unet.conv_in | hada_w1_a 16 2 1 1, hada_w1_b 2 4 3 3, hada_w2_a 16 2 1 1, hada_w2_b 2 4 3 3 | LOHA, 2, 2",
                "base_model.model.conv_in | hada_w1_a.default 2 16, hada_w1_b.default 2 4, hada_w2_a 2 16, hada_w2_b 2 4, hada_t1 2 2 3 3, hada_t2 2 2 3 3 | LOHA, 2, 2",
                "input_blocks.0.0 | lokr_w1 4 2, lokr_w2 4 2 3 3, alpha | LOKR, 1, 1",
                "diffusion_model.input_blocks.0.0 | lokr_w1_a 4 3, lokr_w1_b 3 2, lokr_w2_a 4 3, lokr_w2_b 3 18, alpha | LOKR, 3, 1",
                "lora_unet_input_blocks_0_0 | lokr_w1 4 2, lokr_w2_a 3 4, lokr_w2_b 3 2, lokr_t2 3 3 3 3 | LOKR, 3, 3",
                "lora_unet_conv_in | lora_up.weight 16 2 1 1, lora_down.weight 2 4 1 1, lora_mid.weight 2 2 3 3 | LORA, 2, 2",
                "lora_unet.conv_in | lora_up.weight 16 2 1 1, lora_down.weight 2 4 3 3, dora_scale 1 4 1 1 | LORA, 2, 2",
                "input_blocks.0.0 | lora_B.weight 16 2 1 1, lora_A.weight 2 4 3 3, dora_scale 16 1 1 1 | LORA, 2, 2",
                "unet.conv_in | lora_B 16 2 1 1, lora_A 2 4 3 3, lora_magnitude_vector 1 16 1 1 | LORA, 2, 2"
            })
    void readsEveryKindInTheNamesOfItsPrograms(String layer, String tensors, String read) throws IOException {
        TensorFile file = new TensorFile();
        Stream.of(tensors.split(", "))
                .map(it -> it.split(" "))
                .forEach(it -> file.add(
                        layer + "." + it[0],
                        1,
                        Stream.of(it).skip(1).mapToLong(Long::parseLong).toArray()));

        LoraFile.Layer found = layer(read(file, SD1), "unet.conv_in");

        assertThat("%s, %d, %.0f".formatted(found.kind().name(), found.rank(), found.alpha()))
                .isEqualTo(read);
        assertThat(found.tensors().values())
                .allSatisfy(it -> assertThat(Stream.of(it.shape())
                                .flatMapToLong(LongStream::of)
                                .reduce(1, (a, b) -> a * b))
                        .isEqualTo(LongStream.of(it.entry().shape()).reduce(1, (a, b) -> a * b)));
        assertThat(found.isDora()).isEqualTo(tensors.contains("dora") || tensors.contains("magnitude"));
    }

    /** In peft the norms of a convolution are of its outputs; elsewhere the same shape has those of the inputs. */
    @Test
    void tellsTheTwoNormsOfDoraApart() throws IOException {
        TensorFile square = new TensorFile().addLayer(LAYER, 16, 16).add(LAYER + ".dora_scale", 1, 1, 16);
        TensorFile peft = new TensorFile().addLayer(LAYER, 16, 16).add(LAYER + ".lora_magnitude_vector", 1, 16);

        assertThat(norms(square)).containsExactly(1, 16);
        assertThat(norms(peft)).containsExactly(16, 1);
        assertThat(refused(new TensorFile().addLayer(LAYER, 16, 16).add(LAYER + ".dora_scale", 1, 16), SD1)
                        .problems())
                .extracting(KeyProblem::toString)
                .containsExactly(
                        LAYER + ".dora_scale is [16], but must be [16, 1] or [1, 16] for the layer's weight [16, 16]");
    }

    private long[] norms(TensorFile file) throws IOException {
        return Objects.requireNonNull(layer(read(file, SD1), LAYER).tensors().get(LayerTensor.DORA_SCALE))
                .shape();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lokr_w1 3 2, lokr_w2 4 2 3 3 | lokr_w1 | [3, 2], but must be [l, m]",
                "lokr_w1 4 2, lokr_w2 4 2 | lokr_w2 | [4, 2], but must be [4, 2, 3, 3]",
                "lokr_w1 4 2, lokr_w2_a 4 3, lokr_w2_b 2 18 | lokr_w2_a | must be [4, 2]",
                "lokr_w1 4 2, lokr_w1_a 4 3, lokr_w1_b 3 2, lokr_w2 4 2 3 3 | lokr_w1_a | has the same meaning as",
                "hada_w1_a 16 2, hada_w1_b 2 36, hada_w2_a 16 3, hada_w2_b 3 36 | hada_w2_a | must be [16, 2]",
                "hada_w1_a 16 2, hada_w1_b 2 9, hada_w2_a 16 2, hada_w2_b 2 36 | hada_w1_b | must be [r, 36]",
                "hada_w1_a 16 0, hada_w1_b 0 36, hada_w2_a 16 0, hada_w2_b 0 36 | hada_w1_b | must be [r, 4, 3, 3]",
                "lora_up.weight 16 2, lora_down.weight 2 4 1 1, lora_mid.weight 2 2 1 1 | lora_mid.weight | must be [2, 2, 3, 3]",
                "lora_up.weight 16 2 1 1, lora_down.weight 2 4 3 3, dora_scale 4 1 | dora_scale | must be [16, 1] or [1, 4]",
                "lora_up.weight 16 2 1 1, lora_down.weight 2 4 3 3, lokr_w1 4 2 | lokr_w1 | another kind of adapter"
            })
    void refusesTensorsOfOtherKindsThatDoNotFit(String tensors, String key, String message) throws IOException {
        TensorFile file = new TensorFile();
        Stream.of(tensors.split(", "))
                .map(it -> it.split(" "))
                .forEach(it -> file.add(
                        "lora_unet_conv_in." + it[0],
                        1,
                        Stream.of(it).skip(1).mapToLong(Long::parseLong).toArray()));

        assertThat(refused(file, SD1).problems())
                .extracting(KeyProblem::toString)
                .anySatisfy(it -> assertThat(it)
                        .startsWith("lora_unet_conv_in." + key + " ")
                        .contains(message));
    }

    @Test
    void refusesADoraOfItsHeaderWithoutNorms() throws IOException {
        TensorFile file = new TensorFile()
                .addLayer(LAYER, 16, 16)
                .metadata(Map.of("lora_adapter_metadata", "{\"unet.use_dora\": true}"));

        assertThat(refused(file, SD1)).hasMessageContaining("has no matching lora_magnitude_vector");
    }

    private LoraFile read(TensorFile file, BaseLayers base) throws IOException {
        return (LoraFile) AdapterFile.read(file.write(temp), base);
    }

    private static LoraFile.Layer layer(LoraFile file, String name) {
        return Objects.requireNonNull(file.layers().get(name));
    }
}
