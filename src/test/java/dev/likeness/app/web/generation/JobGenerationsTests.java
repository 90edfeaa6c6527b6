package dev.likeness.app.web.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.generation.GenerationProgress;
import dev.likeness.app.job.CheckpointKind;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.Signal;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Generations from a finished job. */
@ApiTest
class JobGenerationsTests {

    @Autowired
    TestDatabase database;

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    GenerationProgress generationProgress;

    @Autowired
    JobProgress jobProgress;

    @Autowired
    JdbcClient jdbc;

    @Test
    void takesTheJobsOwnSamplingWhereNothingElseIsSaid() {
        Answer answer = api.post(
                "/v1/jobs/" + worker.finishedJob(api) + "/generations",
                "{\"prompts\": [\"a photo of a {subject} in space\"], \"seed\": 42}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.headers().getLocation()).hasToString(answer.at("/urls/get"));
        assertThat(answer.at("/spec/prompts/0")).isEqualTo("a photo of a {subject} in space");
        assertThat(answer.at("/spec/seed")).isEqualTo("42");
        assertThat(answer.at("/spec/guidance")).isEqualTo("4.0");
        assertThat(api.get(answer.at("/urls/get")).at("/status")).isEqualTo("queued");
    }

    @Test
    void haveTheIntervalOfGuidanceThatTheyAskForOrNone() {
        String path = "/v1/jobs/%s/generations".formatted(worker.finishedJob(api));

        assertThat(api.post(path, "{}").body().at("/spec/guidance_interval")).isEmpty();
        assertThat(api.post(path, "{\"guidance_rescale\": 0.7}")
                        .body()
                        .at("/spec/guidance_rescale")
                        .doubleValue())
                .isEqualTo(0.7);
        assertThat(api.post(path, "{\"guidance_interval\": [0, 5.5]}").body().at("/spec/guidance_interval"))
                .extracting(JsonNode::doubleValue)
                .containsExactly(0.0, 5.5);
        assertThat(api.post(path, "{\"guidance_interval\": [5.5, 0]}").at("/errors/0/msg"))
                .isEqualTo("must be empty, or have two noise levels, the lower one first");
    }

    @Test
    void encodePromptsAsTheyAskForOrAsTheJobDoes() {
        String path = "/v1/jobs/%s/generations".formatted(worker.finishedJob(api));

        Answer own = api.post(path, "{}");
        assertThat(own.at("/spec/clip_skip")).isEqualTo("0");
        assertThat(own.at("/spec/prompt_weighting")).isEqualTo("a1111");
        Answer asked = api.post(path, "{\"clip_skip\": 1, \"prompt_weighting\": \"compel\"}");
        assertThat(asked.at("/spec/clip_skip")).isEqualTo("1");
        assertThat(asked.at("/spec/prompt_weighting")).isEqualTo("compel");
        Answer tooMany = api.post(path, "{\"clip_skip\": 48}");
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.at("/errors/0/loc/0")).isEqualTo("clip_skip");
    }

    @Test
    void areRefusedWithTheCharacterOfAMistakeInAPrompt() {
        String path = "/v1/jobs/%s/generations".formatted(worker.finishedJob(api));

        Answer prompt = api.post(path, "{\"prompts\": [\"a cat\", \"a cat AND a [red:blue:x] dog\"]}");
        Answer negative = api.post(path, "{\"negative_prompt\": \"a\\n[b|c\"}");

        assertThat(prompt.status()).isEqualTo(422);
        assertThat(prompt.body().at("/errors/0/loc").toString()).isEqualTo("[\"prompts\",\"1\"]");
        assertThat(prompt.at("/errors/0/msg")).startsWith("at character 23: a schedule ends with a step");
        assertThat(prompt.at("/errors/0/type")).isEqualTo("prompt_syntax");
        assertThat(negative.body().at("/errors/0/loc").toString()).isEqualTo("[\"negative_prompt\"]");
        assertThat(negative.at("/errors/0/msg")).startsWith("at character 3: the bracket is not closed");
    }

    @Test
    void areListedNewestFirst() {
        String job = worker.finishedJob(api);
        String path = "/v1/jobs/%s/generations".formatted(job);
        assertThat(api.get(path).results("id")).isEmpty();
        List<String> ids =
                Stream.generate(() -> api.post(path, "{}").at("/id")).limit(3).toList();
        api.post("/v1/jobs/%s/generations".formatted(worker.finishedJob(api)), "{}");
        Lease lease = generationProgress
                .lease(UUID.fromString(ids.get(0)))
                .orElseThrow()
                .lease();
        generationProgress.start(lease);
        generationProgress.addImage(lease, TestWorker.image(worker.file("listed"), 0));
        generationProgress.addScores(lease, List.of(TestWorker.score(0.5)));

        Answer first = api.get(path + "?limit=2");
        Answer second = api.get(first.at("/next"));

        assertThat(first.results("id")).containsExactly(ids.get(2), ids.get(1));
        assertThat(first.body().at("/results/0/images")).isEmpty();
        assertThat(second.results("id")).containsExactly(ids.get(0));
        assertThat(second.body().get("next").isNull()).isTrue();
        assertThat(second.body().at("/results/0/images")).hasSize(1);
        assertThat(second.at("/results/0/images/0/recipe/prompt")).isEqualTo("a photo of a sks teapot");
        assertThat(second.at("/results/0/scores/0/value")).isEqualTo("0.5");
        assertThat(api.get(second.at("/previous")).results("id")).containsExactly(ids.get(2), ids.get(1));
        assertThat(api.get("/v1/jobs/%s/generations".formatted(UUID.randomUUID()))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void useTheWeightsOfTheResultOrOfAnotherCheckpoint() {
        String job = worker.finishedJob(api);
        String path = "/v1/jobs/%s/generations".formatted(job);

        assertThat(api.post(path, "{}").at("/checkpoint_step")).isEqualTo("400");
        Answer earlier = api.post(path, "{\"checkpoint_step\": 200}");

        assertThat(earlier.at("/checkpoint_step")).isEqualTo("200");
        assertThat(generationProgress
                        .lease(UUID.fromString(earlier.at("/id")))
                        .orElseThrow()
                        .job()
                        .weights()
                        .sha256())
                .isEqualTo(worker.file("half the weights of " + job).sha256());
    }

    @Test
    void useRawWeightsOrTheirAverage() {
        UUID job = UUID.fromString(api.submit(Api.owl("{\"training\": {\"ema\": {\"enabled\": true}}}"))
                .at("/id"));
        worker.work(
                job,
                lease -> jobProgress.keepCheckpoint(
                        lease, CheckpointKind.RAW_WEIGHTS, 400, worker.file("raw weights of " + job)));
        String path = "/v1/jobs/%s/generations".formatted(job);

        Answer raw = api.post(path, "{\"weights\": \"raw\"}");

        assertThat(raw.at("/weights")).isEqualTo("raw");
        assertThat(generationProgress
                        .lease(UUID.fromString(raw.at("/id")))
                        .orElseThrow()
                        .job()
                        .weights()
                        .sha256())
                .isEqualTo(worker.file("raw weights of " + job).sha256());
        assertThat(api.post(path, "{}").at("/weights")).isEqualTo("ema");
        assertThat(api.get("/v1/jobs/%s/checkpoints".formatted(job)).body().at("/results/1/raw/scores"))
                .isEmpty();
        assertThat(api.post(path, "{\"weights\": \"raw\", \"checkpoint_step\": 200}")
                        .at("/errors/0/msg"))
                .startsWith("the job has no raw weights of step 200");
    }

    @Test
    void haveNoAverageOfAJobWithoutOne() {
        String path = "/v1/jobs/%s/generations".formatted(worker.finishedJob(api));

        Answer refused = api.post(path, "{\"weights\": \"ema\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/loc/0")).isEqualTo("weights");
        assertThat(refused.at("/errors/0/msg"))
                .startsWith("must be raw or omitted: the job trained without an average");
        assertThat(api.post(path, "{\"weights\": \"raw\"}")
                        .body()
                        .get("weights")
                        .isNull())
                .isTrue();
    }

    @Test
    void areRefusedWithTheWeightsOfAStepThatHasNone() {
        String path = "/v1/jobs/%s/generations".formatted(worker.finishedJob(api));

        Answer unknown = api.post(path, "{\"checkpoint_step\": 300}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.at("/errors/0/loc/0")).isEqualTo("checkpoint_step");
        assertThat(unknown.at("/errors/0/msg"))
                .isEqualTo("there is no checkpoint of step 300; the job has those of steps 200, 400");
        for (String wrong : List.of("0", "\"last\"", "200.5", "[200]")) {
            Answer refused = api.post(path, "{\"checkpoint_step\": %s}".formatted(wrong));
            assertThat(refused.status()).as(wrong).isEqualTo(422);
            assertThat(refused.at("/errors/0/loc/0")).isEqualTo("checkpoint_step");
        }
        assertThat(api.post(path, "{\"checkpoint_step\": null}").at("/checkpoint_step"))
                .isEqualTo("400");
    }

    @Test
    void needNoBody() {
        assertThat(api.send(
                                HttpMethod.POST,
                                "/v1/jobs/" + worker.finishedJob(api) + "/generations",
                                it -> it.setContentType(org.springframework.http.MediaType.APPLICATION_JSON),
                                null,
                                null)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void areCanceledAtOnceWhileTheyWait() {
        Answer generation = api.post("/v1/jobs/" + worker.finishedJob(api) + "/generations", "{}");

        Answer answer = api.post(generation.at("/urls/cancel"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/status")).isEqualTo("canceled");
        assertThat(database.hasTask(UUID.fromString(generation.at("/id")))).isFalse();
        assertThat(api.post(generation.at("/urls/cancel")).status()).isEqualTo(409);
    }

    @Test
    void areStoppedByTheirWorkerWhileTheyRun() {
        Answer generation = api.post("/v1/jobs/" + worker.finishedJob(api) + "/generations", "{}");
        Lease lease = generationProgress
                .lease(UUID.fromString(generation.at("/id")))
                .orElseThrow()
                .lease();
        generationProgress.start(lease);

        assertThat(api.post(generation.at("/urls/cancel")).at("/status")).isEqualTo("processing");

        assertThat(generationProgress.signal(lease)).isEqualTo(Signal.CANCELED);
        generationProgress.canceled(lease);
        assertThat(api.get(generation.at("/urls/get")).at("/status")).isEqualTo("canceled");
    }

    @Test
    void areNotFoundToBeCanceled() {
        assertThat(api.post("/v1/generations/" + UUID.randomUUID() + "/cancel").status())
                .isEqualTo(404);
    }

    @Test
    void areRefusedWithControlCharacters() {
        Answer answer =
                api.post("/v1/jobs/" + worker.finishedJob(api) + "/generations", "{\"prompts\": [\"a\\u0000\"]}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errors/0/loc/1")).isEqualTo("0");
    }

    @Test
    void takeLongPromptsInSeveralLines() {
        String prompt = "a {subject}\\n" + "on the beach ".repeat(750);

        Answer generation = api.post(
                "/v1/jobs/" + worker.finishedJob(api) + "/generations",
                "{\"prompts\": [\"%s\"], \"negative_prompt\": \"grass,\\n\\tsnow\"}".formatted(prompt));

        assertThat(generation.status()).as(generation.text()).isEqualTo(202);
        JsonNode sampling = api.get(generation.at("/urls/get")).body().at("/spec");
        assertThat(sampling.at("/prompts/0").asString()).isEqualTo(prompt.replace("\\n", " "));
        assertThat(sampling.at("/negative_prompt").asString()).isEqualTo("grass,  snow");
    }

    @Test
    void areRefusedForAJobThatHasNotSucceeded() {
        String id = api.submit(Api.owl()).at("/id");

        assertThat(api.post("/v1/jobs/" + id + "/generations", "{}").status()).isEqualTo(409);
    }
}
