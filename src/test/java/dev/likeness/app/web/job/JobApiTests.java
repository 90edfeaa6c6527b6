package dev.likeness.app.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.task.Lease;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a job shows while it waits, runs and has finished, and how it is canceled. */
@ApiTest
class JobApiTests {

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    JobProgress progress;

    @Autowired
    TestDatabase database;

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

            Answer done = api.get("/v1/jobs/" + worker.finishedJob(api));

            assertThat(done.at("/engine/check")).isEqualTo("57 operators agree with fp64 in fp32");
            assertThat(done.at("/engine/worker_version")).isEqualTo("1.2.3");
            assertThat(done.body().at("/engine/setting").isNull()).isTrue();
        }

        @Test
        void offersFilesForOtherPrograms() {
            String id = worker.finishedJob(api);

            Answer list = api.get("/v1/jobs/" + id + "/artifacts");
            Answer file = api.get(list.at("/results/0/url"));

            assertThat(list.at("/results/0/kind")).isEqualTo("lora");
            assertThat(list.at("/results/0/format")).isEqualTo("kohya");
            assertThat(list.at("/results/0/description"))
                    .contains("With transformers 5, diffusers cannot load it if it contains text encoder layers")
                    .contains("use the file with diffusers' tensor names");
            assertThat(file.text()).isEqualTo("adapter of " + id);
            assertThat(file.headers().getContentDisposition().getFilename()).isEqualTo("sks_lora.safetensors");
            assertThat(api.get("/v1/artifacts/" + UUID.randomUUID()).status()).isEqualTo(404);
        }

        @Test
        void showsAFinishedJobWithItsImagesAndScores() {
            String id = worker.finishedJob(api);

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
        void leavesOutAScoreThatOnlyANewerReleaseKnows() {
            String id = worker.finishedJob(api);
            database.jobs().replaceMetrics(UUID.fromString(id), "unheard_of");

            Answer answer = api.get("/v1/jobs/" + id);

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.body().get("scores").size()).isZero();
        }

        @Test
        void showsHowFarARunningJobIs() {
            String id = api.submit(Api.owl()).at("/id");
            Lease lease = progress.lease(UUID.fromString(id)).orElseThrow().lease();
            progress.start(lease);
            progress.enterPhase(lease, dev.likeness.app.task.Phase.TRAINING);
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
}
