package dev.likeness.app.web.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestHome;
import dev.likeness.app.TestWorker;
import dev.likeness.app.job.JobProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the deletion of a job removes. */
@ApiTest
class JobDeletionTests {

    @Autowired
    TestDatabase database;

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    JobProgress progress;

    @Test
    void leavesNoRowAndNoFileBehind() throws IOException {
        List<Path> files = files();
        List<Integer> rows = rows();
        Answer job = api.submit(Api.owl("{\"training\": {\"seed\": 11}}"));
        UUID id = UUID.fromString(job.at("/id"));
        worker.work(id);
        assertThat(api.post("/v1/jobs/" + id + "/generations", "{}").status()).isEqualTo(202);
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

        String sha256 = database.jobs().picture(UUID.fromString(kept));
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
        assertThat(answer.at("/detail")).isEqualTo("Task " + id + " has the status starting and cannot be deleted.");
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
                .map(database::rows)
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
