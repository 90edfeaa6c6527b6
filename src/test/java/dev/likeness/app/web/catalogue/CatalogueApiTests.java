package dev.likeness.app.web.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Models, presets and prompt lists. */
@ApiTest
class CatalogueApiTests {

    @Autowired
    Api api;

    @Test
    void listsTheBundledModelWithItsDefaults() {
        JsonNode model = api.get("/v1/models").body().at("/results/0");

        assertThat(model.get("id").asString()).isEqualTo("likeness/tiny-world");
        assertThat(model.get("is_default").asBoolean()).isTrue();
        assertThat(model.get("status").asString()).isEqualTo("ready");
        assertThat(model.get("resolution").asInt()).isEqualTo(64);
        assertThat(model.at("/defaults/training/learning_rate").asDouble()).isEqualTo(7e-4);
    }

    @Test
    void listsAModelThatCannotBeHadWithTheReason() {
        JsonNode model = api.get("/v1/models")
                .body()
                .get("results")
                .valueStream()
                .filter(it -> it.get("id").asString().equals("tests/remote"))
                .findFirst()
                .orElseThrow();

        assertThat(model.get("status").asString()).isEqualTo("failed");
        assertThat(model.get("status_reason").asString()).contains("tests/remote", "likeness.hub.offline");
        assertThat(model.get("resolution").isNull()).isTrue();
        assertThat(api.get("/v1/models/tests/remote/identifiers").status()).isEqualTo(404);
    }

    @Test
    void suggestsIdentifiers() {
        Answer answer = api.get("/v1/models/likeness/tiny-world/identifiers?class_word=bird");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/model")).isEqualTo("likeness/tiny-world");
        assertThat(answer.results("identifier")).startsWith("sks").doesNotHaveDuplicates();
        assertThat(answer.at("/results/0/token_count")).isEqualTo("2");
        assertThat(answer.at("/results/0/warnings/0")).startsWith("has 2 tokens");
        assertThat(answer.body().at("/check").isNull()).isTrue();
    }

    @Test
    void checksAProposedIdentifier() {
        Answer usable = api.get("/v1/models/likeness/tiny-world/identifiers?class_word=bird&identifier=ohwx");
        assertThat(usable.at("/check/refused")).isEqualTo("false");
        assertThat(usable.body().at("/check/reason").isNull()).isTrue();
        assertThat(usable.at("/check/tokens/2")).isEqualTo("wx</w>");

        Answer common = api.get("/v1/models/likeness/tiny-world/identifiers?class_word=bird&identifier=dog");
        assertThat(common.at("/check/refused")).isEqualTo("true");
        assertThat(common.at("/check/reason")).contains("common word");

        assertThat(api.get("/v1/models/likeness/tiny-world/identifiers?class_word=sks&identifier=sks")
                        .at("/check/reason"))
                .contains("class word");
    }

    @Test
    void suggestsClassWordsThatTheModelKnows() {
        Answer answer = api.get("/v1/models/likeness/tiny-world/class-words?prefix=DOG");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/model")).isEqualTo("likeness/tiny-world");
        assertThat(answer.body().get("results").valueStream().map(JsonNode::asString))
                .startsWith("dog")
                .hasSizeLessThanOrEqualTo(10)
                .doesNotHaveDuplicates()
                .allMatch(it -> it.startsWith("dog"));
        assertThat(api.get("/v1/models/likeness/tiny-world/class-words?prefix=qqq")
                        .body()
                        .get("results"))
                .isEmpty();
        assertThat(api.get("/v1/models/tests/remote/class-words").status()).isEqualTo(404);
    }

    @Test
    void listsPrompts() {
        Answer lists = api.get("/v1/prompt-lists");

        assertThat(lists.results("id")).containsExactly("live", "object", "tiny-world");
        assertThat(lists.body().at("/results/0/kinds/accessory/0").asString())
                .isEqualTo("a {subject} wearing a straw hat");
    }

    @Test
    void listsPresets() {
        assertThat(api.get("/v1/presets").results("id"))
                .containsExactly(
                        "sd15-dreambooth",
                        "sd15-lora",
                        "sd15-momentum-textual-inversion",
                        "sd15-pivotal",
                        "sd15-textual-inversion",
                        "sd21-dreambooth",
                        "sdxl-lora",
                        "sdxl-pivotal",
                        "tiny-world-fast",
                        "tiny-world-lora",
                        "tiny-world-pivotal",
                        "tiny-world-quality");
    }
}
