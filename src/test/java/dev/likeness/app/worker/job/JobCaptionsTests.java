package dev.likeness.app.worker.job;

import static dev.likeness.app.worker.FakeEngine.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.caption.Captions;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.CaptionOrigin;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.worker.FakeEngine;
import dev.likeness.app.worker.FakeWorkerTest;
import dev.likeness.app.worker.JobWatch;
import dev.likeness.app.worker.WorkerBench;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Captions that the worker proposes for a job. */
@FakeWorkerTest
class JobCaptionsTests {

    @Autowired
    ApplicationContext context;

    @Autowired
    Jobs jobs;

    @Autowired
    Captions captions;

    @Autowired
    FakeEngine engine;

    private WorkerBench bench;

    @BeforeEach
    void setUp() {
        bench = new WorkerBench(context);
    }

    @Test
    void trainsWithTheCaptionsItHasProposed() {
        JobWatch watch = bench.submitWithCaptions("tests/described");
        watch.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(engine.lastTraining().captions()).hasSize(3).containsOnly("a sks teapot of 256 pixels");
        assertThat(jobs.get(watch.id()).captions())
                .hasSize(3)
                .containsOnly(new Caption("a sks teapot of 256 pixels", CaptionOrigin.BLIP));
        assertThat(watch.logs()).contains("the captions of the pictures were proposed by blip");
        byte[] spec = context.getBean(ArtifactStore.class)
                .bytes(watch.artifacts("config").get(0));
        assertThat(new JsonMapper().readTree(spec).at("/training/captions/2").asString())
                .isEqualTo("a sks teapot of 256 pixels");
    }

    @Test
    void keepsTheCaptionsThatAnEarlierAttemptHasProposed() {
        CompletableFuture<UUID> id = new CompletableFuture<>();
        engine.onCaption(run(() -> {
            Caption kept = new Caption("kept", CaptionOrigin.BLIP);
            JobProgress progress = context.getBean(JobProgress.class);
            progress.useCaptions(new Lease(id.join(), 1), List.of(kept, kept, kept));
            progress.workerLost(id.join(), false);
        }));
        JobWatch watch = bench.submitWithCaptions("tests/described");
        id.complete(watch.id());

        watch.awaitStatus(TaskStatus.SUCCEEDED);
        assertThat(jobs.get(watch.id()).attempt()).isEqualTo(2);
        assertThat(engine.lastTraining().captions()).containsExactly("kept", "kept", "kept");
    }
}
