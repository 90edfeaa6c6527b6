package dev.likeness.app.web.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api.Answer;
import dev.likeness.diffusion.adapter.TensorFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

/** Which files and fields an upload of an adapter takes. */
class AdapterUploadTests extends AdapterApiTest {

    @Test
    void acceptsALora() {
        Answer answer = api.upload("My Style.safetensors", LORA);

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.headers().getLocation()).hasToString(api.root() + "/v1/adapters/" + answer.at("/id"));
        assertThat(answer.at("/name")).isEqualTo("My Style");
        assertThat(answer.at("/model")).isEqualTo("likeness/tiny-world");
        assertThat(answer.at("/kind")).isEqualTo("lora");
        assertThat(answer.at("/format")).isEqualTo("diffusers");
        assertThat(answer.at("/rank")).isEqualTo("2");
        assertThat(answer.at("/targets")).isEqualTo("attention");
        assertThat(answer.at("/layers/unet")).isEqualTo("1");
        assertThat(answer.at("/algorithms/0")).isEqualTo("lora");
        assertThat(answer.at("/dora")).isEqualTo("false");
        assertThat(answer.body().get("towers").isEmpty()).isTrue();
        assertThat(answer.body().get("placeholder").isNull()).isTrue();
        assertThat(api.get("/v1/adapters/" + answer.at("/id")).body()).isEqualTo(answer.body());
    }

    @Test
    void takesEmbeddingsWithTheirWord() throws IOException {
        Answer answer = api.upload(
                "learned_embeds.safetensors",
                Files.readAllBytes(GOLDENS.resolve("tiny-sd1/textual_inversion/learned_embeds.safetensors")),
                "model",
                "tests/tiny-sd1",
                "name",
                "a teapot");

        assertThat(answer.at("/kind")).isEqualTo("embedding");
        assertThat(answer.at("/name")).isEqualTo("a teapot");
        assertThat(answer.at("/placeholder")).isEqualTo("<sks>");
        assertThat(answer.at("/vectors")).isEqualTo("2");
        assertThat(answer.at("/towers/0")).isEqualTo("text_encoder");
    }

    @Test
    void takesEmbeddingsOfSeveralWordsAndSaysWhichReplaceStatesOfATextEncoder() {
        byte[] file = new TensorFile()
                .add("bundle_emb.<style-a>.clip_l", 0.1f, 2, 32)
                .add("bundle_emb.<style-b>.clip_l_out", 0.1f, 1, 32)
                .bytes();

        Answer answer = api.upload("words.safetensors", file, "model", "tests/tiny-sd1");
        Answer renamed = api.upload("words.safetensors", file, "model", "tests/tiny-sd1", "placeholder", "<wished>");

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.at("/kind")).isEqualTo("embedding");
        assertThat(answer.body().get("words").toString()).isEqualTo("[\"<style-a>\",\"<style-b>\"]");
        assertThat(answer.body().get("output_towers").toString()).isEqualTo("[\"text_encoder\"]");
        assertThat(answer.body().get("placeholder").isNull()).isTrue();
        assertThat(answer.body().get("rank").isNull()).isTrue();
        assertThat(renamed.at("/errors/0/msg")).contains("the file has several");
    }

    @Test
    void namesNamelessEmbeddingsAfterTheirFileOrAsIsWished() {
        byte[] nameless = new TensorFile().add("emb_params", 0.1f, 3, 32).bytes();

        Answer byFile = api.upload("EasyPositive.safetensors", nameless, "model", "tests/tiny-sd1");
        Answer wished = api.upload("dog.safetensors", nameless, "model", "tests/tiny-sd1", "placeholder", "<wished>");

        assertThat(byFile.at("/format")).isEqualTo("a1111");
        assertThat(byFile.at("/placeholder")).isEqualTo("EasyPositive");
        assertThat(wished.at("/placeholder")).isEqualTo("<wished>");
    }

    @Test
    void namesAnAdapterWithoutInvisibleCharacters() {
        Answer adapter = api.upload("exe\u202etxt\u2067\u200f\u061c\u0007.safetensors", LORA);
        Answer refused = api.upload("exe\u202etxt.ckpt", LORA);

        assertThat(adapter.at("/name")).isEqualTo("exetxt");
        assertThat(refused.at("/errors/0/msg")).startsWith("exetxt.ckpt is a Python pickle");
    }

    @Test
    void servesTheFileAsItCame() {
        Answer adapter = api.upload("../x/style (1).safetensors", LORA);

        Answer file = api.get(adapter.at("/url"), it -> it.set(HttpHeaders.ACCEPT, "*/*"));

        assertThat(file.bytes()).isEqualTo(LORA);
        assertThat(file.headers().getContentDisposition().getFilename()).isEqualTo("style__1_.safetensors");
        assertThat(file.headers().getETag()).isEqualTo("\"%s\"".formatted(adapter.at("/sha256")));
    }

    @Test
    void namesTheFirstKeysOfAFileForAnotherModel() throws IOException {
        Answer answer = api.upload(
                "lora.safetensors",
                Files.readAllBytes(GOLDENS.resolve("tiny-sdxl/lora/pytorch_lora_weights.safetensors")),
                "model",
                "tests/tiny-sd1");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/code")).isEqualTo("unusable_adapter");
        assertThat(answer.at("/detail"))
                .contains("unet.down_blocks.2.attentions.0.transformer_blocks.0.attn1.to_k.lora.down.weight", "187");
        assertThat(answer.body().get("errors").size()).isEqualTo(8);
        assertThat(answer.at("/errors/0/type")).isEqualTo("unknown_layer");
        assertThat(answer.at("/errors/0/ctx/key"))
                .isEqualTo("unet.down_blocks.2.attentions.0.transformer_blocks.0.attn1.to_k.lora.down.weight");
    }

    @ParameterizedTest
    @CsvSource({
        "embedding.pt, anything at all, 415, unsupported_format, convert it to safetensors",
        "lora.safetensors, PK\u0003\u0004 a zip archive, 415, unsupported_format, convert it to safetensors",
        "lora.safetensors, no tensors at all, 422, unusable_adapter, file is not a safetensors file",
        "lora.safetensors, '', 422, unusable_adapter, file is not a safetensors file"
    })
    void refusesWhatIsNoSafetensorsFile(String name, String content, int status, String code, String detail) {
        Answer answer = api.upload(name, content.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.at("/code")).isEqualTo(code);
        assertThat(answer.at("/detail")).contains(detail);
    }

    @ParameterizedTest
    @CsvSource({
        "model, acme/none, model, there is no model acme/none",
        "name, ' ', name, must have 1 to 100 characters",
        "name, 'my\u202estyle', name, without control characters",
        "name, 'my\u2066style', name, without control characters",
        "placeholder, <x>, placeholder, but the file is a LoRA",
        "scale, 1, scale, is not a known field"
    })
    void refusesFields(String field, String value, String location, String message) {
        Answer answer = api.upload("lora.safetensors", LORA, field, value);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errors/0/loc/0")).isEqualTo(location);
        assertThat(answer.at("/errors/0/msg")).contains(message);
    }

    @ParameterizedTest
    @CsvSource({"dog, common word", "'my dog', must be one word", "'', must not be empty"})
    void refusesWordsThatPromptsCannotHold(String word, String message) {
        byte[] embedding = new TensorFile().add("emb_params", 0.1f, 3, 128).bytes();

        Answer answer = api.upload("x.safetensors", embedding, "placeholder", word);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errors/0/loc/0")).isEqualTo("placeholder");
        assertThat(answer.at("/errors/0/msg")).contains(message);
    }

    /** Pictures are limited to 6 MB here. */
    @Test
    void hasALimitOfItsOwn() {
        assertThat(api.upload("large.safetensors", new byte[7 << 20]).at("/code"))
                .isEqualTo("unusable_adapter");
        Answer tooLarge = api.upload("large.safetensors", new byte[9 << 20]);
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.at("/detail")).contains("large.safetensors is larger than");
    }

    @Test
    void keepsNothingOfARefusedFile() {
        int files = database.rows("stored_file");

        api.upload("lora.safetensors", LORA, "placeholder", "<x>");

        assertThat(database.rows("stored_file")).isEqualTo(files);
    }
}
