package dev.likeness.app.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestWorker;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The scored checkpoints of a job, and the choice of another one. */
@ApiTest
class JobCheckpointsTests {

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Test
    void areListedWithWhatWasChosen() {
        String id = worker.finishedJob(api);

        Answer list = api.get("/v1/jobs/" + id + "/checkpoints");

        assertThat(list.results("step")).containsExactly("200", "400");
        assertThat(list.results("chosen")).containsExactly("false", "true");
        assertThat(api.get("/v1/jobs/" + id).at("/checkpoint/step")).isEqualTo("400");
        assertThat(api.get("/v1/jobs/" + UUID.randomUUID() + "/checkpoints").status())
                .isEqualTo(404);
    }

    @Test
    void queueAFinishedJobAgainWhenAnotherIsChosen() {
        String id = worker.finishedJob(api);

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
        String id = worker.finishedJob(api);

        Answer job = api.post("/v1/jobs/" + id + "/checkpoints/400/choose");

        assertThat(job.status()).isEqualTo(202);
        assertThat(job.at("/status")).isEqualTo("succeeded");
    }

    @Test
    void areRefusedWhereThereAreNone() {
        String id = worker.finishedJob(api);

        Answer refused = api.post("/v1/jobs/" + id + "/checkpoints/300/choose");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/msg"))
                .isEqualTo("there is no checkpoint of step 300; the job has those of steps 200, 400");
        assertThat(api.post("/v1/jobs/" + UUID.randomUUID() + "/checkpoints/300/choose")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void stayBeneathTheJobsThatAreTrainedOnTopOfThem() {
        String id = worker.finishedJob(api);
        api.submit(Api.owl("{\"method\": \"textual_inversion\", \"base_job_id\": \"%s\"}".formatted(id)));

        assertThat(api.post("/v1/jobs/" + id + "/checkpoints/200/choose").status())
                .isEqualTo(409);
    }
}
