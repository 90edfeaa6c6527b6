package dev.likeness.app.web.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api.Answer;
import dev.likeness.app.caption.CaptionProgress;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.Signal;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Captions of the pictures of a subject. */
class SubjectCaptionsTests extends SubjectApiTest {

    @Autowired
    CaptionProgress progress;

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
        assertThat(edited.results("text")).containsExactly("a photo of a bird", "an owl at night", "a photo of a bird");
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

        assertThat(api.get("/v1/subjects/" + id + "/captions").results("text")).containsExactly("1", "2", "3");
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
        Lease lease =
                progress.lease(UUID.fromString(task.at("/id"))).orElseThrow().lease();
        progress.start(lease);
        return lease;
    }
}
