package dev.likeness.app.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTests {

    /** As of stable-diffusion-v1-5, in short. */
    private static final List<String> PUBLISHED = List.of(
            ".gitattributes",
            "README.md",
            "feature_extractor/preprocessor_config.json",
            "model_index.json",
            "safety_checker/config.json",
            "safety_checker/model.safetensors",
            "scheduler/scheduler_config.json",
            "text_encoder/config.json",
            "text_encoder/model.fp16.safetensors",
            "text_encoder/model.safetensors",
            "text_encoder/pytorch_model.bin",
            "tokenizer/merges.txt",
            "tokenizer/vocab.json",
            "unet/config.json",
            "unet/diffusion_pytorch_model.bin",
            "unet/diffusion_pytorch_model.fp16.safetensors",
            "unet/diffusion_pytorch_model.non_ema.safetensors",
            "unet/diffusion_pytorch_model.safetensors",
            "v1-5-pruned.ckpt",
            "v1-5-pruned.safetensors",
            "vae/config.json",
            "vae/diffusion_pytorch_model.safetensors");

    @Test
    void takesOfAPipelineWhatIsNeeded() {
        Layout.Needed needed = Layout.PIPELINE.choose(model(null), PUBLISHED);

        assertThat(needed.documents())
                .containsExactlyInAnyOrder(
                        "model_index.json",
                        "scheduler/scheduler_config.json",
                        "text_encoder/config.json",
                        "tokenizer/merges.txt",
                        "tokenizer/vocab.json",
                        "unet/config.json",
                        "vae/config.json");
        assertThat(needed.weights())
                .containsExactlyInAnyOrder(
                        "text_encoder/model.safetensors",
                        "unet/diffusion_pytorch_model.safetensors",
                        "vae/diffusion_pytorch_model.safetensors");
    }

    @Test
    void takesAVariantWhereAPartHasIt() {
        assertThat(Layout.PIPELINE.choose(model("fp16"), PUBLISHED).weights())
                .containsExactlyInAnyOrder(
                        "text_encoder/model.fp16.safetensors",
                        "unet/diffusion_pytorch_model.fp16.safetensors",
                        "vae/diffusion_pytorch_model.safetensors");
    }

    @Test
    void refusesAVariantThatNoPartHas() {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> Layout.PIPELINE.choose(model("bf16"), PUBLISHED))
                .withMessage("acme/model has no variant bf16");
    }

    @Test
    void takesWhatTorchSavedOnlyWhereThereIsNothingElse() {
        List<String> files = new ArrayList<>(PUBLISHED);
        files.removeIf(it -> it.startsWith("unet/") && it.endsWith(".safetensors"));

        assertThat(Layout.PIPELINE.choose(model(null), files).weights())
                .contains("unet/diffusion_pytorch_model.bin", "text_encoder/model.safetensors")
                .doesNotContain("text_encoder/pytorch_model.bin");
    }

    @Test
    void takesShardsWithTheirList() {
        List<String> files = List.of(
                "config.json",
                "flax_model.msgpack",
                "model-00001-of-00002.safetensors",
                "model-00002-of-00002.safetensors",
                "model.fp16-00001-of-00001.safetensors",
                "model.safetensors.index.fp16.json",
                "model.safetensors.index.json",
                "preprocessor_config.json",
                "onnx/config.json",
                "vocab.txt");

        Layout.Needed needed = Layout.NETWORK.choose(Repository.network("acme/net"), files);

        assertThat(needed.documents()).containsExactly("config.json", "preprocessor_config.json", "vocab.txt");
        assertThat(needed.weights())
                .containsExactly(
                        "model.safetensors.index.json",
                        "model-00001-of-00002.safetensors",
                        "model-00002-of-00002.safetensors");
    }

    @Test
    void saysWhatIsMissing() {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> Layout.PIPELINE.choose(model(null), List.of("v1-5-pruned.ckpt")))
                .withMessage("acme/model has no model_index.json: it is not a model in the layout of diffusers");
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() ->
                        Layout.NETWORK.choose(Repository.network("acme/net@v2"), List.of("config.json", "tf_model.h5")))
                .withMessage("acme/net@v2 has no readable weights in it: neither model.safetensors nor"
                        + " pytorch_model.bin");
    }

    @Test
    void leavesOutWhatWouldLandElsewhere() {
        List<String> files = List.of(
                "model_index.json",
                "unet/../../evil.json",
                "tokenizer//etc/evil.json",
                "../evil.json",
                "scheduler/a/evil.json");

        assertThat(Layout.PIPELINE.choose(model(null), files).documents()).containsExactly("model_index.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme",
                "acme/",
                "../evil",
                "acme/..",
                "acme/a/b",
                "acme/a b",
                ".acme/a",
                "acme/a@../b",
                "acme/a@"
            })
    void knowsWhatIsNoRepository(String reference) {
        assertThat(Repository.isReference(reference)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Repository.network(reference));
    }

    @Test
    void readsARevisionBehindAnId() {
        assertThat(Repository.network("acme/net-1.0@refs/pr/7"))
                .isEqualTo(new Repository("acme/net-1.0", "refs/pr/7", null, Layout.NETWORK));
    }

    private static Repository model(@Nullable String variant) {
        return Repository.model("acme/model", null, variant);
    }
}
