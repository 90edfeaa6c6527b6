package dev.likeness.diffusion.singlefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.token.ClipTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SingleFileTests {

    /** Metadata about the writing program, and fields that no network has. */
    private static final Set<String> NOTES = Set.of(
            "_diffusers_version", "transformers_version", "dtype", "dropout", "force_upcast", "upcast_attention");

    private static final String BETAS = "betas";

    @TempDir
    private Path home;

    static Stream<TinyCheckpoint> families() {
        return Stream.of(TinyCheckpoint.sd1(), TinyCheckpoint.sd2(), TinyCheckpoint.sdxl());
    }

    @ParameterizedTest
    @MethodSource("families")
    void givesEveryTensorBack(TinyCheckpoint checkpoint) throws IOException {
        Path folder = convert(checkpoint);

        for (String file : checkpoint.weightFiles()) {
            assertThat(Tensor.read(folder.resolve(file + ".safetensors")))
                    .as(file)
                    .containsExactlyInAnyOrderEntriesOf(checkpoint.weights(file));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void readsTheConfigurationFromTheShapes(TinyCheckpoint checkpoint) throws IOException {
        Path folder = convert(checkpoint);

        for (String file : checkpoint.configFiles()) {
            JsonNode converted = read(folder.resolve(file));
            checkpoint.json(file).properties().stream()
                    .filter(field -> !NOTES.contains(field.getKey()) && converted.has(field.getKey()))
                    .forEach(field -> assertThat(converted.get(field.getKey()))
                            .as("%s: %s", file, field.getKey())
                            .isEqualTo(field.getValue()));
        }
        assertThat(read(folder.resolve("unet/config.json")).propertyNames())
                .contains(
                        "block_out_channels",
                        "cross_attention_dim",
                        "down_block_types",
                        "in_channels",
                        "layers_per_block",
                        "transformer_layers_per_block",
                        "up_block_types",
                        "use_linear_projection");
        assertThat(read(folder.resolve("vae/config.json")).propertyNames())
                .contains("block_out_channels", "latent_channels", "layers_per_block");
        assertThat(read(folder.resolve("text_encoder/config.json")).propertyNames())
                .contains("hidden_size", "intermediate_size", "num_hidden_layers", "projection_dim", "vocab_size");
    }

    @Test
    void writesTheWholeLayoutOfStableDiffusion1() throws IOException {
        Path folder = convert(TinyCheckpoint.sd1());

        assertThat(files(folder))
                .containsExactlyInAnyOrder(
                        "model_index.json",
                        "scheduler/scheduler_config.json",
                        "text_encoder/config.json",
                        "text_encoder/model.safetensors",
                        "tokenizer/merges.txt",
                        "tokenizer/special_tokens_map.json",
                        "tokenizer/tokenizer_config.json",
                        "tokenizer/vocab.json",
                        "unet/config.json",
                        "unet/diffusion_pytorch_model.safetensors",
                        "vae/config.json",
                        "vae/diffusion_pytorch_model.safetensors");
        assertThat(folder.resolve("tokenizer/vocab.json"))
                .hasSameBinaryContentAs(TinyCheckpoint.sd1().model.resolve("tokenizer/vocab.json"));
        assertThat(read(folder.resolve("model_index.json")).path("_class_name").asString())
                .isEqualTo("StableDiffusionPipeline");
    }

    @Test
    void writesTwoTextEncodersAndTokenizersForStableDiffusionXl() throws IOException {
        Path folder = convert(TinyCheckpoint.sdxl());

        assertThat(files(folder)).contains("text_encoder_2/model.safetensors", "tokenizer_2/vocab.json");
        assertThat(read(folder.resolve("tokenizer/special_tokens_map.json"))
                        .path("pad_token")
                        .asString())
                .isEqualTo("<|endoftext|>");
        assertThat(read(folder.resolve("tokenizer_2/special_tokens_map.json"))
                        .path("pad_token")
                        .asString())
                .isEqualTo("!");
        JsonNode unet = read(folder.resolve("unet/config.json"));
        assertThat(unet.path("addition_embed_type").asString()).isEqualTo("text_time");
        assertThat(unet.path("addition_time_embed_dim").asInt()).isEqualTo(8);
        assertThat(unet.path("projection_class_embeddings_input_dim").asInt()).isEqualTo(96);
    }

    @Test
    void keepsTheTypeOfTensors() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        checkpoint.tensors.replaceAll((name, tensor) -> tensor.rounded());

        Path folder = convert(checkpoint);

        Map<String, Tensor> expected = checkpoint.weights("unet/diffusion_pytorch_model");
        expected.replaceAll((name, tensor) -> tensor.rounded());
        assertThat(Tensor.read(folder.resolve("unet/diffusion_pytorch_model.safetensors")))
                .containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void transposesTensorsOfTwoBytes() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sdxl();
        checkpoint.tensors.replaceAll((name, tensor) -> tensor.rounded());

        Path folder = convert(checkpoint);

        assertThat(Tensor.read(folder.resolve("text_encoder_2/model.safetensors")))
                .containsEntry(
                        "text_projection.weight",
                        checkpoint
                                .weight("text_encoder_2/model", "text_projection.weight")
                                .rounded());
    }

    @Test
    void leavesTrainingAndScheduleBehind() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        Tensor tensor = Tensor.zeros(Element.F32, 4);
        checkpoint.tensors.put(BETAS, tensor);
        checkpoint.tensors.put("alphas_cumprod", tensor);
        checkpoint.tensors.put("model_ema.diffusion_modelinput_blocks00weight", tensor);
        checkpoint.tensors.put("model_ema.decay", tensor);
        checkpoint.tensors.put("cond_stage_model.transformer.text_model.embeddings.position_ids", tensor);
        checkpoint.tensors.put("cond_stage_model.logit_scale", tensor);
        checkpoint.tensors.put("cond_stage_model.transformer.text_projection.weight", tensor);

        Path folder = convert(checkpoint);

        assertThat(Tensor.read(folder.resolve("text_encoder/model.safetensors")))
                .containsOnlyKeys(checkpoint.weights("text_encoder/model").keySet());
    }

    @Test
    void knowsTextEncodersWithoutTheirFirstName() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        rename(checkpoint, name -> name.replace("transformer.text_model.", "transformer."));

        Path folder = convert(checkpoint);

        assertThat(Tensor.read(folder.resolve("text_encoder/model.safetensors")))
                .containsExactlyInAnyOrderEntriesOf(checkpoint.weights("text_encoder/model"));
    }

    @Test
    void namesTensorsThatNobodyKnows() {
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
    void takesATextEncoderWhoseLastLayerIsGoneAlready() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd2();
        checkpoint.tensors.keySet().removeIf(name -> name.contains("resblocks.3."));

        Path folder = convert(checkpoint);

        assertThat(Tensor.read(folder.resolve("text_encoder/model.safetensors")))
                .containsExactlyInAnyOrderEntriesOf(checkpoint.weights("text_encoder/model"));
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
    void saysNothingOfTheFolderOfATokenizerThatCannotBeRead() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        SingleFile.Options options = new SingleFile.Options(
                null,
                Files.createDirectories(home.resolve("empty")),
                checkpoint.options(home.resolve("c")).config());

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SingleFile.open(checkpoint.write(home.resolve("m.safetensors")), options))
                .withMessage("the tokenizer cannot be read: neither vocab.json with merges.txt nor tokenizer.json")
                .withMessageNotContaining(home.toString());
    }

    /** The vocabulary lacks start and end here: they are only in tokenizer_config.json, as is the padding. */
    @ParameterizedTest
    @MethodSource("families")
    void keepsWhatTheTokenizersConfigurationSays(TinyCheckpoint checkpoint) throws IOException {
        SingleFile.Options told = checkpoint.options(home.resolve("c"));
        Path own = Files.createDirectories(home.resolve("own"));
        Path published = Objects.requireNonNull(told.tokenizer());
        Files.copy(published.resolve("merges.txt"), own.resolve("merges.txt"));
        ObjectNode vocabulary = read(published.resolve("vocab.json")).asObject();
        vocabulary.remove(List.of("<|startoftext|>", "<|endoftext|>"));
        JsonMapper.shared().writeValue(own.resolve("vocab.json"), vocabulary);
        Files.writeString(own.resolve("tokenizer_config.json"), """
                {"pad_token": "?", "model_max_length": 20, "added_tokens_decoder": {
                  "1512": {"content": "<|startoftext|>", "special": true, "normalized": false},
                  "1513": {"content": "<|endoftext|>", "special": true, "normalized": false},
                  "87": {"content": "x", "normalized": true}}}""");
        Path folder = home.resolve("converted");

        SingleFile.open(
                        checkpoint.write(home.resolve("m.safetensors")),
                        new SingleFile.Options(null, own, told.config()))
                .convert(folder);

        try (ClipTokenizer expected = ClipTokenizer.load(own);
                ClipTokenizer first = ClipTokenizer.load(folder.resolve("tokenizer"))) {
            assertThat(expected.encode("X ray?"))
                    .startsWith(1512, 87)
                    .endsWith(30)
                    .hasSize(20);
            assertThat(first.encode("X ray?")).isEqualTo(expected.encode("X ray?"));
        }
        if (Files.exists(folder.resolve("tokenizer_2"))) {
            try (ClipTokenizer second = ClipTokenizer.load(folder.resolve("tokenizer_2"))) {
                assertThat(second.ids("X!")).containsExactly(87, 0);
                assertThat(second.encode("")).endsWith(0).hasSize(20);
            }
        }
    }

    /**
     * If the tokenizer's own files do not state the padding, the published padding stays. A given configuration always
     * stays.
     */
    @Test
    void keepsThePublishedPaddingOfABareVocabulary() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd2();
        SingleFile.Options told = checkpoint.options(home.resolve("c"));
        Path config = Objects.requireNonNull(told.config());
        Path own = Files.createDirectories(home.resolve("own"));
        for (String file : List.of("vocab.json", "merges.txt")) {
            Files.copy(Objects.requireNonNull(told.tokenizer()).resolve(file), own.resolve(file));
        }
        Path file = checkpoint.write(home.resolve("m.safetensors"));
        SingleFile.Options options = new SingleFile.Options(null, own, config);

        assertThat(padding(file, options)).isEqualTo("!");
        Files.writeString(own.resolve("special_tokens_map.json"), "{\"pad_token\": {\"content\": \"?\"}}");
        assertThat(padding(file, options)).isEqualTo("?");
        Files.createDirectories(config.resolve("tokenizer"));
        Files.writeString(config.resolve("tokenizer/tokenizer_config.json"), "{\"pad_token\": \"x\"}");
        assertThat(padding(file, options)).isEqualTo("x");
    }

    private static String padding(Path file, SingleFile.Options options) {
        JsonNode token = SingleFile.open(file, options)
                .document("tokenizer/tokenizer_config.json")
                .orElseThrow()
                .path("pad_token");
        return (token.isObject() ? token.path("content") : token).asString();
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

    @Test
    void leavesNothingBehindWhenItFails() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        Path file = checkpoint.write(home.resolve("m.safetensors"));
        SingleFile opened = SingleFile.open(file, checkpoint.options(home.resolve("c")));
        Files.write(file, new byte[100]);
        Path target = home.resolve("models/tiny");

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> opened.convert(target));

        assertThat(files(home.resolve("models"))).containsExactly(".tiny.lock");
    }

    @Test
    void clearsAwayWhatAKilledProcessLeft() throws IOException {
        Path draft = Files.createDirectories(home.resolve("models/.tiny.part/unet"));
        Files.writeString(draft.resolve("diffusion_pytorch_model.safetensors"), "half");
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();

        open(checkpoint).convert(home.resolve("models/tiny"));

        assertThat(home.resolve("models/.tiny.part")).doesNotExist();
        assertThat(Tensor.read(home.resolve("models/tiny/unet/diffusion_pytorch_model.safetensors")))
                .hasSameSizeAs(checkpoint.weights("unet/diffusion_pytorch_model"));
    }

    @Test
    void convertsOnceForAll() throws IOException {
        SingleFile opened = open(TinyCheckpoint.sd1());
        Path target = home.resolve("models/tiny");
        List<CompletableFuture<Void>> all = Stream.of(1, 2, 3)
                .map(i -> CompletableFuture.runAsync(() -> {
                    try {
                        opened.convert(target);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }))
                .toList();

        all.forEach(CompletableFuture::join);

        assertThat(files(target)).hasSize(12);
    }

    @Test
    void tellsPlansApartByTheirFingerprint() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        SingleFile.Options options = checkpoint.options(home.resolve("c"));
        Path file = checkpoint.write(home.resolve("m.safetensors"));
        SingleFile.Options velocity = new SingleFile.Options("v_prediction", options.tokenizer(), options.config());

        String fingerprint = SingleFile.open(file, options).fingerprint();

        assertThat(SingleFile.open(file, options).fingerprint())
                .isEqualTo(fingerprint)
                .hasSize(64);
        assertThat(SingleFile.open(file, velocity).fingerprint()).isNotEqualTo(fingerprint);
    }

    @Test
    void tellsTheShapesWithoutConverting() throws IOException {
        SingleFile opened = open(TinyCheckpoint.sdxl());

        assertThat(opened.shapes("text_encoder_2").get("text_projection.weight"))
                .containsExactly(48, 48);
        assertThat(opened.shapes("safety_checker")).isEmpty();
        assertThat(opened.document("unet/config.json")).isPresent();
    }

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

    /** Options with a configuration that has this scheduler file. */
    private SingleFile.Options configured(TinyCheckpoint checkpoint, String scheduler) throws IOException {
        SingleFile.Options options = checkpoint.options(home.resolve("c"));
        Path file = Objects.requireNonNull(options.config()).resolve("scheduler/scheduler_config.json");
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, scheduler);
        return options;
    }

    @Test
    void refusesAPredictionTypeThatThereIsNot() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new SingleFile.Options("velocity", null, null))
                .withMessageContaining("velocity");
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

    private ThrowableAssertAlternative<InvalidModelException> assertRefused(TinyCheckpoint checkpoint) {
        return assertThatExceptionOfType(InvalidModelException.class).isThrownBy(() -> open(checkpoint));
    }

    private static void rename(TinyCheckpoint checkpoint, UnaryOperator<String> rename) {
        Map<String, Tensor> before = Map.copyOf(checkpoint.tensors);
        checkpoint.tensors.clear();
        before.forEach((name, tensor) -> checkpoint.tensors.put(rename.apply(name), tensor));
    }

    private SingleFile open(TinyCheckpoint checkpoint) throws IOException {
        return SingleFile.open(
                checkpoint.write(home.resolve("m.safetensors")), checkpoint.options(home.resolve("config")));
    }

    private Path convert(TinyCheckpoint checkpoint) throws IOException {
        Path folder = home.resolve("models/converted");
        open(checkpoint).convert(folder);
        return folder;
    }

    private static JsonNode read(Path file) {
        return JsonMapper.shared().readTree(file.toFile());
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }
}
