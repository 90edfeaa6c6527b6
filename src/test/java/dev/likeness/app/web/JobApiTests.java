package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestHome;
import dev.likeness.app.TestWorker;
import dev.likeness.app.job.GenerationProgress;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.Lease;
import dev.likeness.app.job.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;

@ApiTest
class JobApiTests {

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    JobProgress progress;

    @Autowired
    GenerationProgress generationProgress;

    @Autowired
    JdbcClient jdbc;

    @Nested
    class Submission {

        @Test
        void takesPicturesAndAClassWord() {
            Answer answer = api.submit(Api.owl());

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.headers().getLocation()).hasToString(answer.at("/urls/get"));
            assertThat(answer.at("/object")).isEqualTo("job");
            assertThat(answer.at("/status")).isEqualTo("queued");
            assertThat(answer.at("/class_word")).isEqualTo("bird");
            assertThat(answer.at("/identifier")).isEqualTo("sks");
            assertThat(answer.at("/model")).isEqualTo("likeness/tiny-world");
            assertThat(answer.at("/spec/training/steps")).isEqualTo("400");
            assertThat(answer.body().at("/input_report/pictures").size()).isEqualTo(3);
        }

        @Test
        void takesASpecAsAPart() {
            Answer answer = api.submit(Api.owl("{\"preset\": \"tiny-world-fast\", \"training\": {\"seed\": 7}}"));

            assertThat(answer.at("/spec/training/seed")).isEqualTo("7");
            assertThat(answer.at("/spec/training/steps")).isEqualTo("150");
        }

        @Test
        void takesASpecAsAField() {
            MultiValueMap<String, Object> form = Api.owl();
            form.add("spec", "{\"identifier\": \"ohwx\"}");

            assertThat(api.submit(form).at("/identifier")).isEqualTo("ohwx");
        }

        @ParameterizedTest
        @CsvSource({
            "dreambooth, 7.0E-4, true",
            "dreambooth_lora, 0.002, true",
            "textual_inversion, 0.05, false",
            "momentum_textual_inversion, 0.2, false"
        })
        void takesDefaultsThatFitTheMethod(String method, double rate, boolean prior) {
            Answer answer = api.submit(Api.owl("{\"method\": \"%s\"}".formatted(method)));

            assertThat(answer.at("/method")).isEqualTo(method);
            assertThat(Double.parseDouble(answer.at("/spec/training/learning_rate")))
                    .isEqualTo(rate);
            assertThat(answer.at("/spec/prior/enabled")).isEqualTo(Boolean.toString(prior));
        }

        @Test
        void takesAFinishedJobToTrainOnTopOfWhichThenCannotBeDeleted() {
            String base = worked();
            String spec = "{\"method\": \"textual_inversion\", \"base_job_id\": \"%s\"}".formatted(base);

            Answer job = api.submit(Api.owl(spec));

            assertThat(job.status()).isEqualTo(202);
            assertThat(job.at("/spec/base_job_id")).isEqualTo(base);
            assertThat(api.delete("/v1/jobs/" + base).status()).isEqualTo(409);
            assertThat(api.delete("/v1/jobs/" + job.at("/id")).status()).isEqualTo(204);
            assertThat(api.delete("/v1/jobs/" + base).status()).isEqualTo(204);
        }

        @Test
        void takesTwoWordsOnTopOfEachOtherUnlessTheyAreTheSame() {
            String inversion = "{\"method\": \"textual_inversion\", \"identifier\": \"%s\", \"base_job_id\": %s}";
            String base =
                    api.submit(Api.owl(inversion.formatted("first", "null"))).at("/id");
            worker.work(UUID.fromString(base));

            assertThat(api.submit(Api.owl(inversion.formatted("second", '"' + base + '"')))
                            .status())
                    .isEqualTo(202);
            Answer same = api.submit(Api.owl(inversion.formatted("first", '"' + base + '"')));
            assertThat(same.status()).isEqualTo(422);
            assertThat(same.at("/errors/0/msg")).contains("has learned the word <first> already");
        }

        @Test
        void goesOnWithTheBaseJobsMomentumUnlessItSaysOtherwise() {
            String momentum = "{\"method\": \"momentum_textual_inversion\", \"identifier\": \"%s\", %s}";
            String first = "\"textual_inversion\": {\"vectors\": 3, \"gamma\": 0.4, \"momentum_mode\": \"ema\"}";
            String base =
                    api.submit(Api.owl(momentum.formatted("first", first))).at("/id");
            worker.work(UUID.fromString(base));
            String onTop = "\"base_job_id\": \"%s\", \"textual_inversion\": %s".formatted(base, "%s");

            Answer next = api.submit(Api.owl(momentum.formatted("second", onTop.formatted("{}"))));
            Answer other = api.submit(Api.owl(momentum.formatted("third", onTop.formatted("{\"gamma\": 0.2}"))));
            Answer plain = api.submit(Api.owl(momentum.formatted("fourth", onTop.formatted("{}"))
                    .replace("momentum_textual_inversion", "textual_inversion")));

            assertThat(inversion(next)).isEqualTo("3 0.4 ema");
            assertThat(inversion(other)).isEqualTo("3 0.2 ema");
            assertThat(inversion(plain)).isEqualTo("4 0.1 anchor");
        }

        @Test
        void refusesFewerVectorsThanMomentumGoesOnFrom() {
            String momentum = "{\"method\": \"%s\", \"identifier\": \"%s\", %s}";
            String vectors = "\"textual_inversion\": {\"vectors\": %d, \"initializer\": %s}";
            Answer first = api.submit(
                    Api.owl(momentum.formatted("momentum_textual_inversion", "whole", vectors.formatted(4, "null"))));
            String base = first.at("/id");
            worker.work(UUID.fromString(base));
            String onTop = "\"base_job_id\": \"%s\", %s".formatted(base, vectors);

            for (String initializer : List.of("null", "\"bird\"", "\"<zero>\"")) {
                Answer fewer = api.submit(Api.owl(
                        momentum.formatted("momentum_textual_inversion", "less", onTop.formatted(2, initializer))));

                assertThat(fewer.status()).isEqualTo(422);
                assertThat(fewer.body().at("/errors").size()).isEqualTo(1);
                assertThat(fewer.body().at("/errors/0/loc").toString())
                        .isEqualTo("[\"spec\",\"textual_inversion\",\"vectors\"]");
                assertThat(fewer.at("/errors/0/msg"))
                        .isEqualTo("must be at least 4, as many as the embeddings of job %s that are gone on from; "
                                        .formatted(base)
                                + "leave it out to have as many");
            }
            assertThat(List.of(
                            api.submit(Api.owl(momentum.formatted(
                                    "momentum_textual_inversion", "more", onTop.formatted(5, "null")))),
                            api.submit(Api.owl(
                                    momentum.formatted("textual_inversion", "plain", onTop.formatted(2, "null"))))))
                    .extracting(Answer::status)
                    .containsOnly(202);
        }

        private static String inversion(Answer answer) {
            String spec = "/spec/textual_inversion/";
            return "%s %s %s"
                    .formatted(
                            answer.at(spec + "vectors"), answer.at(spec + "gamma"), answer.at(spec + "momentum_mode"));
        }

        @Test
        void refusesABaseThatIsNotFinishedOrNotThere() {
            String waiting = api.submit(Api.owl()).at("/id");

            for (String base : List.of(waiting, UUID.randomUUID().toString())) {
                Answer answer = api.submit(Api.owl("{\"base_job_id\": \"%s\"}".formatted(base)));

                assertThat(answer.status()).isEqualTo(422);
                assertThat(answer.body().at("/errors/0/loc").toString()).isEqualTo("[\"spec\",\"base_job_id\"]");
            }
        }

        @Test
        void putsTheJobIntoTheQueue() {
            String id = api.submit(Api.owl()).at("/id");

            assertThat(jdbc.sql("select count(*) from scheduled_tasks where task_instance like :id")
                            .param("id", "%" + id + "%")
                            .query(Integer.class)
                            .single())
                    .isOne();
        }

        @Test
        void keepsNothingOfARefusedForm() {
            int before = rows("subject");
            MultiValueMap<String, Object> form = Api.owl("{\"training\": {\"steps\": 0}}");

            assertThat(api.submit(form).status()).isEqualTo(422);
            assertThat(rows("subject")).isEqualTo(before);
        }
    }

    @Nested
    class Reading {

        @Test
        void everyUrlOfAJobWorks() {
            Answer job = api.submit(Api.owl());
            worker.work(UUID.fromString(job.at("/id")));

            for (String url : List.of("get", "images", "scores", "artifacts", "events")) {
                assertThat(api.get(job.at("/urls/" + url)).status()).as(url).isEqualTo(200);
            }
            assertThat(api.post(job.at("/urls/cancel")).status()).isEqualTo(409);
        }

        @Test
        void saysWhichCheckItsEngineHasPassed() {
            Answer waiting = api.submit(Api.owl());
            assertThat(waiting.body().get("engine").isNull()).isTrue();

            Answer done = api.get("/v1/jobs/" + worked());

            assertThat(done.at("/engine/check")).isEqualTo("57 operators agree with fp64 in fp32");
            assertThat(done.at("/engine/worker_version")).isEqualTo("1.2.3");
            assertThat(done.body().at("/engine/setting").isNull()).isTrue();
        }

        @Test
        void offersFilesForOtherPrograms() {
            String id = worked();

            Answer list = api.get("/v1/jobs/" + id + "/artifacts");
            Answer file = api.get(list.at("/results/0/url"));

            assertThat(list.at("/results/0/kind")).isEqualTo("lora");
            assertThat(list.at("/results/0/format")).isEqualTo("kohya");
            assertThat(list.at("/results/0/description"))
                    .contains("With transformers 5 diffusers does not load it if it has layers of a text tower")
                    .contains("take the file in diffusers' names");
            assertThat(file.text()).isEqualTo("adapter of " + id);
            assertThat(file.headers().getContentDisposition().getFilename()).isEqualTo("sks_lora.safetensors");
            assertThat(api.get("/v1/artifacts/" + UUID.randomUUID()).status()).isEqualTo(404);
        }

        @Test
        void showsAFinishedJobWithItsImagesAndScores() {
            String id = worked();

            Answer answer = api.get("/v1/jobs/" + id);

            assertThat(answer.at("/status")).isEqualTo("succeeded");
            assertThat(answer.body().get("queue_position").isNull()).isTrue();
            assertThat(answer.at("/images/1/recipe/seed")).isEqualTo("1");
            assertThat(answer.at("/images/1/score")).isEqualTo("0.646");
            assertThat(answer.body().at("/images").size()).isEqualTo(2);
            assertThat(api.get("/v1/jobs/" + id + "/images").results("role"))
                    .containsExactly("result", "result", "evaluation");
            assertThat(answer.at("/scores/0/reference")).isEqualTo("0.676");
            assertThat(answer.at("/metrics/steps_per_second")).isEqualTo("3.8");
            assertThat(answer.body().at("/metrics/phase_seconds/training").isNumber())
                    .isTrue();
            assertThat(answer.at("/completed_at")).isNotEmpty();
        }

        @Test
        void showsHowFarARunningJobIs() {
            String id = api.submit(Api.owl()).at("/id");
            Lease lease = progress.lease(UUID.fromString(id)).orElseThrow().lease();
            progress.start(lease);
            progress.enterPhase(lease, dev.likeness.app.job.Phase.TRAINING);
            progress.progress(lease, 120, 400, 95);

            Answer answer = api.get("/v1/jobs/" + id);

            assertThat(answer.at("/status")).isEqualTo("processing");
            assertThat(answer.at("/phase")).isEqualTo("training");
            assertThat(answer.at("/progress/step")).isEqualTo("120");
            assertThat(answer.at("/progress/total")).isEqualTo("400");
            assertThat(answer.at("/progress/eta_seconds")).isEqualTo("95");
        }

        @Test
        void showsPlacesInTheQueue() {
            worker.clear();
            String first = api.submit(Api.owl()).at("/id");
            String second = api.submit(Api.owl()).at("/id");
            assertThat(api.get("/v1/jobs/" + second).at("/queue_position")).isEqualTo("2");

            api.post("/v1/jobs/" + first + "/cancel");

            assertThat(api.get("/v1/jobs/" + second).at("/queue_position")).isEqualTo("1");
        }
    }

    @Nested
    class Listing {

        final List<String> newestFirst = new ArrayList<>();

        @BeforeEach
        void submitFive() {
            worker.clear();
            for (int i = 0; i < 5; i++) {
                newestFirst.add(0, worker.submit().toString());
            }
        }

        @Test
        void goesThroughAllPagesNewestFirstAndBack() {
            Answer first = api.get("/v1/jobs?limit=2");
            Answer second = api.get(first.at("/next"));
            Answer third = api.get(second.at("/next"));

            assertThat(first.results("id")).isEqualTo(newestFirst.subList(0, 2));
            assertThat(second.results("id")).isEqualTo(newestFirst.subList(2, 4));
            assertThat(third.results("id")).isEqualTo(newestFirst.subList(4, 5));
            assertThat(first.body().get("previous").isNull()).isTrue();
            assertThat(third.body().get("next").isNull()).isTrue();

            Answer back = api.get(third.at("/previous"));
            assertThat(back.results("id")).isEqualTo(newestFirst.subList(2, 4));
            assertThat(api.get(back.at("/previous")).results("id")).isEqualTo(newestFirst.subList(0, 2));
        }

        @Test
        void skipsAndRepeatsNothingWhenJobsComeAndGo() {
            Answer first = api.get("/v1/jobs?limit=2");
            worker.submit();
            api.delete("/v1/jobs/" + newestFirst.get(1));

            assertThat(api.get(first.at("/next")).results("id")).isEqualTo(newestFirst.subList(2, 4));
        }

        @Test
        void showsOnlyJobsOfAStatus() {
            api.post("/v1/jobs/" + newestFirst.get(3) + "/cancel");

            Answer canceled = api.get("/v1/jobs?status=canceled&limit=1");

            assertThat(canceled.results("id")).containsExactly(newestFirst.get(3));
            assertThat(canceled.body().get("next").isNull()).isTrue();
            assertThat(canceled.body().get("previous").isNull()).isTrue();
        }

        @Test
        void leadsBackFromAPageWhoseJobsAreGone() {
            Answer first = api.get("/v1/jobs?limit=3");
            newestFirst.subList(3, 5).forEach(id -> api.delete("/v1/jobs/" + id));

            Answer second = api.get(first.at("/next"));
            assertThat(second.results("id")).isEmpty();
            assertThat(second.body().get("next").isNull()).isTrue();
            assertThat(api.get(second.at("/previous")).results("id")).isEqualTo(newestFirst.subList(0, 3));
        }

        @Test
        void leadsOnFromAPageOfNewerJobsThatAreGone() {
            Answer second = api.get(api.get("/v1/jobs?limit=2").at("/next"));
            newestFirst.subList(0, 2).forEach(id -> api.delete("/v1/jobs/" + id));

            Answer first = api.get(second.at("/previous"));
            assertThat(first.results("id")).isEmpty();
            assertThat(first.body().get("previous").isNull()).isTrue();
            assertThat(api.get(first.at("/next")).results("id")).isEqualTo(newestFirst.subList(2, 4));
        }

        @Test
        void isEmptyWithoutJobs() {
            worker.clear();

            assertThat(api.get("/v1/jobs").results("id")).isEmpty();
        }
    }

    @Nested
    class Cancelling {

        @Test
        void cancelsAWaitingJobAtOnce() {
            Answer job = api.submit(Api.owl());

            assertThat(api.post(job.at("/urls/cancel")).at("/status")).isEqualTo("canceled");
            assertThat(api.get(job.at("/urls/events")).text()).contains("event:completed");
        }

        @Test
        void asksTheWorkerOfARunningJobToStop() {
            Answer job = api.submit(Api.owl());
            progress.lease(UUID.fromString(job.at("/id")));

            assertThat(api.post(job.at("/urls/cancel")).at("/status")).isEqualTo("starting");
        }
    }

    @Nested
    class Deletion {

        @Test
        void leavesNoRowAndNoFileBehind() throws IOException {
            List<Path> files = files();
            List<Integer> rows = rows();
            Answer job = api.submit(Api.owl("{\"training\": {\"seed\": 11}}"));
            UUID id = UUID.fromString(job.at("/id"));
            worker.work(id);
            assertThat(api.post("/v1/jobs/" + id + "/generations", "{}").status())
                    .isEqualTo(202);
            assertThat(rows()).isNotEqualTo(rows);

            assertThat(api.delete(job.at("/urls/get")).status()).isEqualTo(204);

            assertThat(api.get(job.at("/urls/get")).status()).isEqualTo(404);
            await().untilAsserted(() -> assertThat(rows()).isEqualTo(rows));
            await().untilAsserted(() -> assertThat(files()).isEqualTo(files));
        }

        @Test
        void keepsPicturesThatAnotherJobHasToo() {
            String kept = api.submit(Api.owl()).at("/id");
            String deleted = api.submit(Api.owl()).at("/id");

            api.delete("/v1/jobs/" + deleted);

            String sha256 = jdbc.sql(
                            "select min(file_sha256) from subject_picture join job using (subject_id) where job.id = ?")
                    .param(UUID.fromString(kept))
                    .query(String.class)
                    .single();
            assertThat(home().resolve("artifacts")
                            .resolve(sha256.substring(0, 2))
                            .resolve(sha256.substring(2, 4))
                            .resolve(sha256))
                    .exists();
        }

        @Test
        void refusesAJobThatAWorkerHas() {
            String id = api.submit(Api.owl()).at("/id");
            progress.lease(UUID.fromString(id));

            Answer answer = api.delete("/v1/jobs/" + id);

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.at("/detail")).isEqualTo(id + " is starting and cannot be deleted.");
        }

        private List<Integer> rows() {
            return Stream.of(
                            "job",
                            "job_event",
                            "job_image",
                            "score",
                            "checkpoint",
                            "generation",
                            "subject",
                            "subject_picture",
                            "stored_file",
                            "scheduled_tasks")
                    .map(JobApiTests.this::rows)
                    .toList();
        }

        private List<Path> files() throws IOException {
            try (Stream<Path> files = Files.walk(home().resolve("artifacts"))) {
                return files.filter(Files::isRegularFile).sorted().toList();
            }
        }

        private Path home() {
            return TestHome.path(TestHome.API);
        }
    }

    @Nested
    class Images {

        @Test
        void areServedAsTheyAreForGood() {
            JsonNode image = api.get("/v1/jobs/" + worked() + "/images").body().at("/results/0");

            Answer answer = api.get(image.get("url").asString());

            assertThat(answer.headers().getContentType()).hasToString("image/png");
            assertThat(answer.headers().getETag())
                    .isEqualTo("\"%s\"".formatted(image.get("sha256").asString()));
            assertThat(answer.headers().getCacheControl()).isEqualTo("max-age=31536000, private, immutable");
            assertThat(answer.text()).startsWith("first image of");
        }

        @Test
        void areServedInRanges() {
            Answer answer = api.get(url(), it -> it.set(HttpHeaders.RANGE, "bytes=0-4"));

            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.text()).isEqualTo("first");
        }

        @Test
        void areNotSentAgainToWhomHasThem() {
            String url = url();
            String etag = String.valueOf(api.get(url).headers().getETag());

            Answer answer = api.get(url, it -> it.setIfNoneMatch(etag));

            assertThat(answer.status()).isEqualTo(304);
            assertThat(answer.bytes()).isEmpty();
        }

        @Test
        void areAnnouncedToHead() {
            Answer answer = api.send(HttpMethod.HEAD, url(), it -> {}, null, null);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers().getContentLength()).isPositive();
        }

        private String url() {
            return api.get("/v1/jobs/" + worked() + "/images").at("/results/0/url");
        }
    }

    @Nested
    class Generations {

        @Test
        void takesTheJobsOwnSamplingWhereNothingElseIsSaid() {
            Answer answer = api.post(
                    "/v1/jobs/" + worked() + "/generations",
                    "{\"prompts\": [\"a photo of a {subject} in space\"], \"seed\": 42}");

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.headers().getLocation()).hasToString(answer.at("/urls/get"));
            assertThat(answer.at("/spec/prompts/0")).isEqualTo("a photo of a {subject} in space");
            assertThat(answer.at("/spec/seed")).isEqualTo("42");
            assertThat(answer.at("/spec/guidance")).isEqualTo("5.0");
            assertThat(api.get(answer.at("/urls/get")).at("/status")).isEqualTo("queued");
        }

        @Test
        void needNoBody() {
            assertThat(api.send(
                                    HttpMethod.POST,
                                    "/v1/jobs/" + worked() + "/generations",
                                    it -> it.setContentType(org.springframework.http.MediaType.APPLICATION_JSON),
                                    null,
                                    null)
                            .status())
                    .isEqualTo(202);
        }

        @Test
        void areCanceledAtOnceWhileTheyWait() {
            Answer generation = api.post("/v1/jobs/" + worked() + "/generations", "{}");

            Answer answer = api.post(generation.at("/urls/cancel"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.at("/status")).isEqualTo("canceled");
            assertThat(jdbc.sql("select count(*) from scheduled_tasks where task_instance = ?")
                            .param(generation.at("/id"))
                            .query(Integer.class)
                            .single())
                    .isZero();
            assertThat(api.post(generation.at("/urls/cancel")).status()).isEqualTo(409);
        }

        @Test
        void areStoppedByTheirWorkerWhileTheyRun() {
            Answer generation = api.post("/v1/jobs/" + worked() + "/generations", "{}");
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
            assertThat(api.post("/v1/generations/" + UUID.randomUUID() + "/cancel")
                            .status())
                    .isEqualTo(404);
        }

        @Test
        void areRefusedWithControlCharacters() {
            Answer answer = api.post("/v1/jobs/" + worked() + "/generations", "{\"prompts\": [\"a\\u0000\"]}");

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.at("/errors/0/loc/1")).isEqualTo("0");
        }

        @Test
        void takeLongPromptsInSeveralLines() {
            String prompt = "a {subject}\\n" + "on the beach ".repeat(750);

            Answer generation = api.post(
                    "/v1/jobs/" + worked() + "/generations",
                    "{\"prompts\": [\"%s\"], \"negative_prompt\": \"grass,\\n\\tsnow\"}".formatted(prompt));

            assertThat(generation.status()).as(generation.text()).isEqualTo(202);
            JsonNode sampling = api.get(generation.at("/urls/get")).body().at("/spec");
            assertThat(sampling.at("/prompts/0").asString()).isEqualTo(prompt.replace("\\n", " "));
            assertThat(sampling.at("/negative_prompt").asString()).isEqualTo("grass,  snow");
        }

        @Test
        void areRefusedForAJobThatHasNotSucceeded() {
            String id = api.submit(Api.owl()).at("/id");

            assertThat(api.post("/v1/jobs/" + id + "/generations", "{}").status())
                    .isEqualTo(409);
        }
    }

    @Nested
    class Catalogue {

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
            assertThat(model.get("status_reason").asString())
                    .isEqualTo("tests/remote is not on the server, and likeness.hub.offline forbids to download it");
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
            assertThat(answer.at("/results/0/warnings/0")).startsWith("is 2 tokens");
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
            assertThat(common.at("/check/reason")).startsWith("must not be a common word");

            assertThat(api.get("/v1/models/likeness/tiny-world/identifiers?class_word=sks&identifier=sks")
                            .at("/check/reason"))
                    .isEqualTo("must not be the class word, or a word of it");
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
                            "sd15-textual-inversion",
                            "sd21-dreambooth",
                            "sdxl-lora",
                            "tiny-world-fast",
                            "tiny-world-lora",
                            "tiny-world-quality");
        }
    }

    @Nested
    class ScoredCheckpoints {

        @Test
        void areListedWithWhatWasChosen() {
            String id = worked();

            Answer list = api.get("/v1/jobs/" + id + "/checkpoints");

            assertThat(list.results("step")).containsExactly("200", "400");
            assertThat(list.results("chosen")).containsExactly("false", "true");
            assertThat(api.get("/v1/jobs/" + id).at("/checkpoint/step")).isEqualTo("400");
            assertThat(api.get("/v1/jobs/" + UUID.randomUUID() + "/checkpoints").status())
                    .isEqualTo(404);
        }

        @Test
        void queueAFinishedJobAgainWhenAnotherIsChosen() {
            String id = worked();

            Answer job = api.post("/v1/jobs/" + id + "/checkpoints/200/choose");

            assertThat(job.status()).isEqualTo(202);
            assertThat(job.at("/status")).isEqualTo("queued");
            assertThat(job.at("/queue_position")).isNotEmpty();
            assertThat(job.at("/checkpoint/step")).isEqualTo("200");
            assertThat(job.at("/checkpoint/by")).isEqualTo("user");
            assertThat(job.body().get("completed_at").isNull()).isTrue();
            assertThat(api.post("/v1/jobs/" + id + "/checkpoints/400/choose").status())
                    .isEqualTo(409);
        }

        @Test
        void changeNothingWhenTheyAreTheResultAlready() {
            String id = worked();

            Answer job = api.post("/v1/jobs/" + id + "/checkpoints/400/choose");

            assertThat(job.status()).isEqualTo(202);
            assertThat(job.at("/status")).isEqualTo("succeeded");
        }

        @Test
        void areRefusedWhereThereAreNone() {
            String id = worked();

            Answer refused = api.post("/v1/jobs/" + id + "/checkpoints/300/choose");

            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.at("/errors/0/msg"))
                    .isEqualTo("there is no checkpoint of step 300; there are those of 200, 400");
            assertThat(api.post("/v1/jobs/" + UUID.randomUUID() + "/checkpoints/300/choose")
                            .status())
                    .isEqualTo(404);
        }

        @Test
        void stayBeneathTheJobsThatAreTrainedOnTopOfThem() {
            String id = worked();
            api.submit(Api.owl("{\"method\": \"textual_inversion\", \"base_job_id\": \"%s\"}".formatted(id)));

            assertThat(api.post("/v1/jobs/" + id + "/checkpoints/200/choose").status())
                    .isEqualTo(409);
        }
    }

    private String worked() {
        String id = api.submit(Api.owl()).at("/id");
        worker.work(UUID.fromString(id));
        return id;
    }

    private int rows(String table) {
        return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
    }
}
