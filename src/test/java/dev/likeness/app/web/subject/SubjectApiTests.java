package dev.likeness.app.web.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.caption.CaptionProgress;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.CaptionOrigin;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.Signal;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

@ApiTest
class SubjectApiTests {

    @Autowired
    TestDatabase database;

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    JobProgress jobs;

    @Autowired
    CaptionProgress progress;

    private String id = "";

    @BeforeEach
    void sendAnOwl() {
        worker.clear();
        id = create(Api.owl()).at("/id");
    }

    @Nested
    class Subjects {

        @Test
        void areCheckedBeforeAnythingIsTrained() {
            Answer answer = create(Api.owl());

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.headers().getLocation()).hasToString(answer.at("/urls/get"));
            assertThat(answer.at("/object")).isEqualTo("subject");
            assertThat(answer.at("/class_word")).isEqualTo("bird");
            assertThat(answer.body().at("/input_report/pictures").size()).isEqualTo(3);
            assertThat(answer.body().at("/captions").isEmpty()).isTrue();
            assertThat(api.get(answer.at("/urls/get")).body()).isEqualTo(answer.body());
            assertThat(api.get(answer.at("/urls/captions")).status()).isEqualTo(200);
        }

        @Test
        void comeWithAReportThatTheirJobsShare() {
            MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
            for (String name : List.of("subjects/owl/1.png", "photos/astronaut.png", "subjects/owl/1.png")) {
                form.add("images", new ClassPathResource(name));
            }
            form.add("class_word", "woman");

            Answer subject = create(form);

            assertThat(findings(subject)).containsExactly("near_duplicates", "no_face", "no_face");
            assertThat(subject.at("/input_report/findings/0/severity")).isEqualTo("warning");
            assertThat(subject.body().at("/input_report/findings/0/pictures").toString())
                    .isEqualTo("[0,2]");
            assertThat(subject.at("/input_report/findings/0/figures/threshold")).isEqualTo("8");
            assertThat(subject.at("/input_report/pictures/1/faces")).isEqualTo("1");
            String request = "{\"subject_id\": \"%s\"}".formatted(subject.at("/id"));
            Answer job = submit(request);
            assertThat(job.status()).isEqualTo(202);
            assertThat(job.body().get("input_report")).isEqualTo(subject.body().get("input_report"));
            assertThat(api.get(job.at("/urls/get")).body().get("input_report"))
                    .isEqualTo(subject.body().get("input_report"));
        }

        @Test
        void areReportedOnAsTheirJobTakesThem() {
            Answer subject = create(Api.owl());
            Answer job = submit("{\"subject_id\": \"%s\", \"spec\": {\"training\": {\"resolution\": 320}}}"
                    .formatted(subject.at("/id")));

            assertThat(findings(subject)).isEmpty();
            assertThat(findings(job)).containsExactly("upscaled", "upscaled", "upscaled");
            assertThat(job.at("/input_report/findings/0/message"))
                    .startsWith("1.png has 256x256 pixels and is enlarged to train at 320.");
        }

        private List<String> findings(Answer answer) {
            return answer.body()
                    .at("/input_report/findings")
                    .valueStream()
                    .map(it -> it.get("code").asString())
                    .toList();
        }

        @Test
        void areRefusedAsJobsAre() {
            int before = database.rows("subject");
            MultiValueMap<String, Object> nameless = Api.owl();
            nameless.remove("class_word");
            MultiValueMap<String, Object> few = Api.owl();
            few.remove("images");
            MultiValueMap<String, Object> more = Api.owl("{}");

            assertRefused(create(nameless), "class_word", "missing");
            assertRefused(create(few), "images", "count");
            assertRefused(create(more), "spec", "extra_forbidden");
            assertThat(database.rows("subject")).isEqualTo(before);
        }

        @Test
        void areNotFoundUnderIdsThatAreNone() {
            String nobody = "/v1/subjects/" + UUID.randomUUID();

            assertThat(api.get(nobody).status()).isEqualTo(404);
            assertThat(api.get(nobody + "/captions").status()).isEqualTo(404);
            assertThat(api.post(nobody + "/captions", "{}").status()).isEqualTo(404);
            assertThat(put(nobody + "/captions", "{\"captions\": [\"a\"]}").status())
                    .isEqualTo(404);
            assertThat(api.delete(nobody).status()).isEqualTo(404);
        }

        @Test
        void areDeletedWithAllThatHangsOnThem() {
            List<Integer> before = allRows();
            String subject = create(Api.owl()).at("/id");
            api.post("/v1/subjects/" + subject + "/captions", "{}");
            assertThat(allRows()).isNotEqualTo(before);

            assertThat(api.delete("/v1/subjects/" + subject).status()).isEqualTo(204);

            assertThat(api.get("/v1/subjects/" + subject).status()).isEqualTo(404);
            await().untilAsserted(() -> assertThat(allRows()).isEqualTo(before));
        }

        @Test
        void areKeptWhileJobsHaveThem() {
            String job = submit("{\"subject_id\": \"%s\"}".formatted(id)).at("/id");

            Answer answer = api.delete("/v1/subjects/" + id);

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.at("/detail")).isEqualTo("Jobs use subject %s. Delete those jobs first.".formatted(id));
            assertThat(api.delete("/v1/jobs/" + job).status()).isEqualTo(204);
            assertThat(api.get("/v1/subjects/" + id).status()).isEqualTo(200);
            assertThat(api.delete("/v1/subjects/" + id).status()).isEqualTo(204);
        }

        @Test
        void goWithTheLastOfTheirJobsIfTheyCameWithOne() {
            Answer first = api.submit(Api.owl());
            String subject = first.at("/subject_id");
            Answer second = submit("{\"subject_id\": \"%s\"}".formatted(subject));

            api.delete(first.at("/urls/get"));
            assertThat(api.get("/v1/subjects/" + subject).status()).isEqualTo(200);
            api.delete(second.at("/urls/get"));
            assertThat(api.get("/v1/subjects/" + subject).status()).isEqualTo(404);
        }

        private List<Integer> allRows() {
            return Stream.of("subject", "subject_picture", "stored_file", "caption_task", "scheduled_tasks")
                    .map(database::rows)
                    .toList();
        }
    }

    @Nested
    class Jobs {

        @Test
        void takeASubjectThatWasSentBefore() {
            Answer answer = submit("{\"subject_id\": \"%s\", \"spec\": {\"training\": {\"steps\": 7}}}".formatted(id));

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.headers().getLocation()).hasToString(answer.at("/urls/get"));
            assertThat(answer.at("/subject_id")).isEqualTo(id);
            assertThat(answer.at("/class_word")).isEqualTo("bird");
            assertThat(answer.at("/spec/training/steps")).isEqualTo("7");
            assertThat(answer.body().at("/input_report/pictures").size()).isEqualTo(3);
        }

        @Test
        void takeTheSubjectOfTheirPath() {
            Answer bare = api.post("/v1/subjects/%s/jobs".formatted(id));
            Answer full = api.post(
                    "/v1/subjects/%s/jobs".formatted(id),
                    "{\"class_word\": \"owl\", \"spec\": {\"training\": {\"steps\": 7}}}");

            assertThat(bare.status()).as(bare.text()).isEqualTo(202);
            assertThat(bare.at("/subject_id")).isEqualTo(id);
            assertThat(bare.at("/class_word")).isEqualTo("bird");
            assertThat(full.at("/class_word")).isEqualTo("owl");
            assertThat(full.at("/spec/training/steps")).isEqualTo("7");
            assertThat(api.post("/v1/subjects/%s/jobs".formatted(UUID.randomUUID()), "{}")
                            .status())
                    .isEqualTo(404);
            assertRefused(
                    api.post("/v1/subjects/%s/jobs".formatted(id), "{\"subject_id\": \"%s\"}".formatted(id)),
                    "subject_id",
                    "extra_forbidden");
            assertRefused(api.post("/v1/subjects/%s/jobs".formatted(id), "{\"spec\": 7}"), "spec", "type_error");
        }

        @Test
        void takeASubjectInTheirForm() {
            MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
            form.add("subject_id", id);
            form.add("spec", "{\"training\": {\"steps\": 7}}");

            Answer answer = api.submit(form);

            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
            assertThat(answer.at("/subject_id")).isEqualTo(id);
            assertThat(answer.at("/class_word")).isEqualTo("bird");
            assertThat(answer.at("/spec/training/steps")).isEqualTo("7");
        }

        @Test
        void takePicturesOrASubjectButNotBoth() {
            MultiValueMap<String, Object> both = Api.owl();
            both.add("subject_id", id);
            MultiValueMap<String, Object> unknown = new LinkedMultiValueMap<>();
            unknown.add("subject_id", UUID.randomUUID().toString());
            MultiValueMap<String, Object> leftEmpty = Api.owl();
            leftEmpty.add("subject_id", "");

            assertRefused(api.submit(both), "subject_id", "value_error");
            assertRefused(api.submit(unknown), "subject_id", "unknown");
            assertThat(api.submit(leftEmpty).status()).isEqualTo(202);
        }

        @Test
        void maySayWhatItIsInAnotherWord() {
            assertThat(submit("{\"subject_id\": \"%s\", \"class_word\": \"owl\", \"spec\": null}".formatted(id))
                            .at("/class_word"))
                    .isEqualTo("owl");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                {}                                                                 | subject_id | missing
                {"subject_id": 7}                                                  | subject_id | type_error
                {"subject_id": "owl"}                                              | subject_id | type_error
                {"subject_id": "0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b"}             | subject_id | unknown
                {"subject_id": "ID", "images": []}                                 | images     | extra_forbidden
                {"subject_id": "ID", "class_word": 7}                              | class_word | type_error
                {"subject_id": "ID", "class_word": " "}                            | class_word | missing
                {"subject_id": "ID", "spec": "dreambooth"}                         | spec       | type_error
                {"subject_id": "ID", "spec": {"training": {"steps": 0}}}           | spec.training.steps | greater_than_equal
                {"subject_id": "ID", "spec": {"training": {"captions": "mine"}}}   | spec.training.captions | type_error
                {"subject_id": "ID", "spec": {"training": {"captions": {"a": 1}}}} | spec.training.captions | type_error
                {"subject_id": "ID", "spec": {"training": {"captions": ["a", "b"]}}}       | spec.training.captions | wrong_length
                {"subject_id": "ID", "spec": {"training": {"captions": ["a", "", "c"]}}}   | spec.training.captions.1 | blank
                {"subject_id": "ID", "spec": {"training": {"captions": ["a", "b", "{d}"]}}} | spec.training.captions.2 | unknown_placeholder
                {"subject_id": "ID", "spec": {"training": {"caption_source": "mine"}}} | spec.training.caption_source | pattern_mismatch
                {"subject_id": "ID", "spec": {"training": {"captions": ["a", "b", "c"], "caption_source": "auto"}}} | spec.training.caption_source | value_error
                {"subject_id": "ID", "spec": {"training": {"captions": "subject"}}} | spec.training.captions | no_captions
                {"subject_id": "ID", "spec": {"model": "tests/tiny-sd1", "training": {"captions": "auto"}}} | spec.training.captions | no_captioner
                """)
        void areRefused(String request, String location, String type) {
            int before = database.rows("job");

            assertRefused(submit(request.replace("ID", id)), location, type);

            assertThat(database.rows("job")).isEqualTo(before);
        }

        @Test
        void trainWithTheCaptionsTheyGive() {
            Answer answer = submit(captions("[\"a {subject} on a branch\", \"a {class}\", \"an owl\"]"));

            assertThat(texts(answer)).containsExactly("a sks bird on a branch", "a bird", "an owl");
            assertThat(answer.at("/captions/0/origin")).isEqualTo("user");
            assertThat(leased(answer).captions()).extracting(Caption::text).startsWith("a {subject} on a branch");
        }

        @Test
        void trainWithTheSubjectsCaptionsAsTheyWereWhenTheyWereSubmitted() {
            edit("a photo of a bird on the grass", "two owls", "the {subject} in space");

            Answer answer = submit(captions("\"subject\""));
            edit("x", "y", "z");

            assertThat(answer.at("/spec/training/caption_source")).isEqualTo("subject");
            assertThat(texts(api.get(answer.at("/urls/get"))))
                    .containsExactly(
                            "a photo of a sks bird on the grass", "sks bird, two owls", "the sks bird in space");
        }

        @Test
        void nameTheSubjectInCaptionsByTheNewWordAloneWhereItsPromptsDo() {
            edit("a photo of a bird on the grass", "two owls", "the {subject} in space");

            Answer answer = submit("""
                    {"subject_id": "%s", "spec": {"method": "textual_inversion", "training": {"captions": "subject"}}}
                    """.formatted(id));

            assertThat(texts(answer))
                    .containsExactly("a photo of a <sks> on the grass", "<sks>, two owls", "the <sks> in space");
        }

        @Test
        void showTheCaptionsThatTheirWorkerHasProposed() {
            Answer answer = submit(captions("\"auto\""));
            assertThat(answer.at("/spec/training/caption_source")).isEqualTo("auto");
            assertThat(texts(answer)).isEmpty();

            LeasedJob job = leased(answer);
            jobs.useCaptions(job.lease(), proposed("a sks bird"));

            assertThat(texts(api.get(answer.at("/urls/get"))))
                    .containsExactly("a sks bird", "a sks bird", "a sks bird");
            jobs.giveBack(job.lease());
            assertThat(leased(answer).captions()).isEqualTo(proposed("a sks bird"));
        }

        @Test
        void trainWithoutAnyUnlessTheyAskForThem() {
            edit("a", "b", "c");

            Answer answer = submit("{\"subject_id\": \"%s\"}".formatted(id));

            assertThat(answer.body().at("/spec/training/captions").isEmpty()).isTrue();
            assertThat(texts(answer)).isEmpty();
        }

        private String captions(String value) {
            return "{\"subject_id\": \"%s\", \"spec\": {\"training\": {\"captions\": %s}}}".formatted(id, value);
        }

        private LeasedJob leased(Answer job) {
            return jobs.lease(UUID.fromString(job.at("/id"))).orElseThrow();
        }
    }

    @Nested
    class Captions {

        @Test
        void areProposedByAWorker() {
            Answer task = propose("{\"mode\": \"beam\", \"beams\": 5, \"prompt\": \"a photo of\"}");

            assertThat(task.status()).isEqualTo(202);
            assertThat(task.headers().getLocation()).hasToString(task.at("/urls/get"));
            assertThat(task.at("/object")).isEqualTo("captions");
            assertThat(task.at("/subject_id")).isEqualTo(id);
            assertThat(task.at("/status")).isEqualTo("queued");
            assertThat(task.at("/spec/model")).isEqualTo("likeness/tiny-world");
            assertThat(task.at("/spec/beams")).isEqualTo("5");
            assertThat(task.at("/spec/max_length")).isEqualTo("20");
            assertThat(database.priority(UUID.fromString(task.at("/id")))).isGreaterThan(50);

            Lease lease = begin(task);
            progress.progress(lease, 2, 3, null);
            assertThat(api.get(task.at("/urls/get")).at("/progress/step")).isEqualTo("2");
            progress.succeed(lease, proposed("a photo of a bird"));

            Answer done = api.get(task.at("/urls/get"));
            assertThat(done.at("/status")).isEqualTo("succeeded");
            assertThat(texts(done)).hasSize(3).containsOnly("a photo of a bird");
            assertThat(done.at("/captions/0/origin")).isEqualTo("clip");
            assertThat(texts(api.get(done.at("/urls/subject")))).isEqualTo(texts(done));
        }

        @Test
        void needNoBody() {
            assertThat(api.post("/v1/subjects/" + id + "/captions").at("/spec/mode"))
                    .isEqualTo("greedy");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                {"model": "tests/nothing"}     | model      | unknown
                {"model": "tests/tiny-sd1"}    | model      | no_captioner
                {"mode": "sampled"}            | mode       | pattern_mismatch
                {"beams": 0}                   | beams      | greater_than_equal
                {"beams": 17}                  | beams      | less_than_equal
                {"prompt": "a\\u0000"}         | prompt     | pattern_mismatch
                {"max_length": 1}              | max_length | greater_than_equal
                {"max_length": 201}            | max_length | less_than_equal
                {"captioner": "blip"}          | captioner  | extra_forbidden
                {"model": "tests/described", "prompt": "a picture of", "max_length": 4} | max_length | greater_than
                """)
        void areRefused(String request, String location, String type) {
            assertRefused(propose(request), location, type);
            assertThat(database.captionTasks(UUID.fromString(id))).isZero();
        }

        @Test
        void mayBeginWithWordsThatLeaveRoom() {
            assertThat(propose("{\"model\": \"tests/described\", \"prompt\": \"a picture of\", \"max_length\": 5}")
                            .status())
                    .isEqualTo(202);
        }

        @Test
        void sayWhichPropertyTheOperatorHasToSet() {
            assertThat(propose("{\"model\": \"tests/tiny-sd1\"}").at("/errors/0/msg"))
                    .contains("Salesforce/blip-image-captioning-base")
                    .contains("likeness.captions.model")
                    .contains("likeness.hub.offline");
        }

        @Test
        void areEditedByTheUser() {
            Answer task = propose("{}");
            progress.succeed(begin(task), proposed("a photo of a bird"));

            Answer edited = edit("a photo of a bird", "an owl at night", "a photo of a bird");

            assertThat(edited.status()).isEqualTo(200);
            assertThat(edited.results("text"))
                    .containsExactly("a photo of a bird", "an owl at night", "a photo of a bird");
            assertThat(edited.results("origin")).containsExactly("clip", "user", "clip");
            assertThat(api.get("/v1/subjects/" + id + "/captions").body()).isEqualTo(edited.body());
            assertThat(texts(api.get(task.at("/urls/get")))).containsOnly("a photo of a bird");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                {}                                       | captions   | missing
                {"captions": null}                       | captions   | missing
                {"captions": "auto"}                     | captions   | type_error
                {"captions": ["a", "b"]}                 | captions   | wrong_length
                {"captions": ["a", "b", "c", "d"]}       | captions   | wrong_length
                {"captions": []}                         | captions   | wrong_length
                {"captions": ["a", " ", "c"]}            | captions.1 | blank
                {"captions": ["a", "b", null]}           | captions.2 | blank
                {"captions": ["a", "b", {}]}             | captions.2 | type_error
                {"captions": ["a", "b", "c\\u0007"]}     | captions.2 | pattern_mismatch
                {"captions": ["a", "b", "{bird}"]}       | captions.2 | unknown_placeholder
                {"captions": ["a", "b", "LONG"]}         | captions.2 | wrong_length
                {"captions": ["a", "b", "c"], "text": 1} | text       | extra_forbidden
                """)
        void areRefusedFromTheUser(String request, String location, String type) {
            edit("1", "2", "3");

            assertRefused(
                    put("/v1/subjects/" + id + "/captions", request.replace("LONG", "o".repeat(1001))), location, type);

            assertThat(api.get("/v1/subjects/" + id + "/captions").results("text"))
                    .containsExactly("1", "2", "3");
        }

        @Test
        void ofTheUserWinOverThoseThatWereAskedForBefore() {
            Lease lease = begin(propose("{}"));
            edit("1", "2", "3");

            progress.succeed(lease, proposed("a photo of a bird"));

            assertThat(texts(api.get("/v1/subjects/" + id))).containsExactly("1", "2", "3");
        }

        @Test
        void thatWereAskedForLastWin() {
            Lease first = begin(propose("{}"));
            Lease second = begin(propose("{}"));

            progress.succeed(second, proposed("second"));
            progress.succeed(first, proposed("first"));

            assertThat(texts(api.get("/v1/subjects/" + id))).containsOnly("second");
        }

        @Test
        void areCanceledAtOnceWhileTheyWait() {
            Answer task = propose("{}");

            assertThat(api.post(task.at("/urls/cancel")).at("/status")).isEqualTo("canceled");

            assertThat(database.tasks()).isZero();
            assertThat(api.post(task.at("/urls/cancel")).status()).isEqualTo(409);
            assertThat(progress.lease(UUID.fromString(task.at("/id")))).isEmpty();
        }

        @Test
        void areStoppedByTheirWorkerWhileItIsAtThem() {
            Answer task = propose("{}");
            Lease lease = begin(task);

            assertThat(api.post(task.at("/urls/cancel")).at("/status")).isEqualTo("processing");

            assertThat(progress.signal(lease)).isEqualTo(Signal.CANCELED);
            progress.canceled(lease);
            assertThat(api.get(task.at("/urls/get")).at("/status")).isEqualTo("canceled");
        }

        @Test
        void sayWhyTheyFailed() {
            Answer task = propose("{}");

            progress.fail(begin(task), new Failure(ErrorCode.INVALID_MODEL, "the captioner is damaged"));

            assertThat(api.get(task.at("/urls/get")).at("/error/code")).isEqualTo("invalid_model");
            assertThat(texts(api.get("/v1/subjects/" + id))).isEmpty();
        }

        @Test
        void waitForAnotherWorkerWhenTheirsIsLostAndFailOverTheThird() {
            Answer task = propose("{}");
            UUID taskId = UUID.fromString(task.at("/id"));
            begin(task);
            assertThat(progress.workerLost(taskId, false)).isTrue();
            begin(task);
            assertThat(progress.workerLost(taskId, false)).isTrue();
            begin(task);

            assertThat(progress.workerLost(taskId, false)).isFalse();

            assertThat(api.get(task.at("/urls/get")).at("/error/code")).isEqualTo("worker_lost");
        }

        @Test
        void areNotFoundUnderIdsThatAreNone() {
            UUID none = UUID.randomUUID();

            assertThat(api.get("/v1/captions/" + none).at("/detail"))
                    .isEqualTo("There is no captions task %s.".formatted(none));
            assertThat(api.post("/v1/captions/" + none + "/cancel").status()).isEqualTo(404);
        }

        private Answer propose(String request) {
            return api.post("/v1/subjects/" + id + "/captions", request);
        }

        private Lease begin(Answer task) {
            Lease lease = progress.lease(UUID.fromString(task.at("/id")))
                    .orElseThrow()
                    .lease();
            progress.start(lease);
            return lease;
        }
    }

    private static List<Caption> proposed(String text) {
        Caption caption = new Caption(text, CaptionOrigin.CLIP);
        return List.of(caption, caption, caption);
    }

    private static List<String> texts(Answer answer) {
        return answer.body()
                .get("captions")
                .valueStream()
                .map(it -> it.get("text").asString())
                .toList();
    }

    private static void assertRefused(Answer answer, String location, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.body().at("/errors/0/loc").valueStream().map(it -> it.asString()))
                .as(answer.text())
                .containsExactly(location.split("\\."));
        assertThat(answer.at("/errors/0/type")).isEqualTo(type);
    }

    private Answer create(MultiValueMap<String, Object> form) {
        return api.send(HttpMethod.POST, "/v1/subjects", it -> {}, form, MediaType.MULTIPART_FORM_DATA);
    }

    private Answer submit(String request) {
        return api.post("/v1/jobs", request);
    }

    private Answer edit(String... texts) {
        return put(
                "/v1/subjects/" + id + "/captions",
                "{\"captions\": [%s]}"
                        .formatted(String.join(
                                ",", Stream.of(texts).map("\"%s\""::formatted).toList())));
    }

    private Answer put(String uri, String body) {
        return api.send(HttpMethod.PUT, uri, it -> {}, body, MediaType.APPLICATION_JSON);
    }
}
