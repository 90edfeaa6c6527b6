package dev.likeness.app.web.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of adapters, and their deletion. */
class AdapterApiTests extends AdapterApiTest {

    @Nested
    class Listing {

        @Test
        void goesThroughAllPagesNewestFirstAndBack() {
            database.clear("adapter");
            List<String> newestFirst = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                newestFirst.add(0, uploaded());
            }

            Answer first = api.get("/v1/adapters?limit=2");
            Answer second = api.get(first.at("/next"));
            Answer third = api.get(second.at("/next"));
            Answer back = api.get(third.at("/previous"));

            assertThat(first.results("id")).isEqualTo(newestFirst.subList(0, 2));
            assertThat(second.results("id")).isEqualTo(newestFirst.subList(2, 4));
            assertThat(third.results("id")).isEqualTo(newestFirst.subList(4, 5));
            assertThat(back.results("id")).isEqualTo(newestFirst.subList(2, 4));
            assertThat(first.body().get("previous").isNull()).isTrue();
            assertThat(third.body().get("next").isNull()).isTrue();
            assertThat(api.get("/v1/adapters?limit=0").status()).isEqualTo(422);
        }
    }

    /** The situation during a rolling update. */
    @Nested
    class OfANewerRelease {

        @ParameterizedTest
        @ValueSource(strings = {"kind", "format"})
        void areLeftOut(String column) {
            String known = uploaded();
            String newer = uploaded();
            String job = loraJob();

            database.adapters().withNewerName("adapter", column, UUID.fromString(newer), () -> {
                Answer list = api.get("/v1/adapters?limit=100");
                assertThat(list.status()).as(list.text()).isEqualTo(200);
                assertThat(list.results("id")).contains(known).doesNotContain(newer);
                assertThat(api.get("/v1/adapters/" + newer).status()).isEqualTo(404);
                assertThat(generation(job, "{\"id\": \"%s\"}".formatted(newer)).at("/errors/0/msg"))
                        .isEqualTo("there is no adapter " + newer);
            });

            assertThat(api.get("/v1/adapters/" + newer).status()).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"kind", "format"})
        void areLeftOutOfTheArtifactsOfAJob(String column) {
            String artifacts = "/v1/jobs/%s/artifacts".formatted(loraJob());
            List<String> all = api.get(artifacts).results("id");

            database.adapters().withNewerName("job_artifact", column, UUID.fromString(all.get(0)), () -> {
                Answer list = api.get(artifacts);
                assertThat(list.status()).as(list.text()).isEqualTo(200);
                assertThat(list.results("id")).isEqualTo(all.subList(1, all.size()));
                assertThat(api.get("/v1/artifacts/" + all.get(0)).status()).isEqualTo(404);
            });
        }
    }

    @Nested
    class Deletion {

        @Test
        void takesTheFileAlongUnlessAnotherHasItToo() {
            String one = uploaded();
            String other = uploaded();
            String file = api.get("/v1/adapters/" + one).at("/url");

            assertThat(api.delete("/v1/adapters/" + one).status()).isEqualTo(204);

            assertThat(api.get("/v1/adapters/" + one).status()).isEqualTo(404);
            assertThat(api.get(file).status()).isEqualTo(404);
            assertThat(api.get("/v1/adapters/" + other + "/file").bytes()).isEqualTo(LORA);
        }

        @Test
        void waitsForGenerationsThatUseIt() {
            String adapter = uploaded();
            String generation =
                    generation(loraJob(), "{\"id\": \"%s\"}".formatted(adapter)).at("/id");
            assertThat(api.delete("/v1/adapters/" + adapter).status()).isEqualTo(409);

            api.post("/v1/generations/" + generation + "/cancel");

            assertThat(api.delete("/v1/adapters/" + adapter).status()).isEqualTo(204);
            assertThat(api.get("/v1/generations/" + generation).at("/adapters/0/id"))
                    .isEqualTo(adapter);
        }

        @Test
        void ofAJobWaitsForGenerationsOfOthersThatUseIt() {
            String merged = loraJob();
            String drawing = loraJob();
            String generation = generation(drawing, "{\"job_id\": \"%s\"}".formatted(merged))
                    .at("/id");

            Answer refused = api.delete("/v1/jobs/" + merged);
            api.post("/v1/generations/" + generation + "/cancel");

            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.at("/detail")).contains("generation of another job uses job");
            assertThat(api.delete("/v1/jobs/" + merged).status()).isEqualTo(204);
            assertThat(api.delete("/v1/jobs/" + drawing).status()).isEqualTo(204);
            await().untilAsserted(() -> assertThat(database.jobs().usesByGenerations(UUID.fromString(merged)))
                    .isZero());
        }
    }
}
