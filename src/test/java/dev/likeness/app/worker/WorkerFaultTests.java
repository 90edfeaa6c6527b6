package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.JobQueue;
import dev.likeness.app.job.JobSpec;
import dev.likeness.app.job.JobStatus;
import dev.likeness.app.job.JobTask;
import dev.likeness.app.job.JobTask.Kind;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.job.TestJobs;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Real workers, the real engine, and what can happen to them. This process is an API process beside them. */
@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {"likeness.home=" + WorkerFaultTests.HOME, "likeness.role=api"})
class WorkerFaultTests {

    static final String HOME = "target/test-home/faults";

    /** One thread, so that losses can be compared bit by bit; every step is reported. */
    private static final Map<String, String> SETTINGS =
            Map.of("likeness.worker.threads", "1", "likeness.worker.report-every", "0ms");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ArtifactStore artifacts;

    @Autowired
    JobQueue queue;

    @Autowired
    Jobs jobs;

    @Autowired
    ApplicationContext context;

    private final List<TestProcess> processes = new ArrayList<>();
    private UUID subject;

    @BeforeEach
    void prepareSubject() throws Exception {
        jdbc.sql("delete from scheduled_tasks").update();
        subject = new TestJobs(context).subject();
        for (int i = 0; i < 3; i++) {
            addPicture(i);
        }
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(TestProcess::close);
    }

    @Test
    void resumesTheJobOfAKilledWorkerWithTheSameLosses() throws Exception {
        TestProcess first = worker();
        JobWatch undisturbed = submit(spec(60));
        undisturbed.awaitStatus(JobStatus.SUCCEEDED);

        JobWatch job = submit(spec(60));
        await().atMost(Duration.ofMinutes(1)).until(() -> job.resumable() > 0 && job.lastStep() > job.resumable());
        List<String> before = beforeImages(job);
        first.kill();
        int checkpoint = job.resumable();
        long killed = System.nanoTime();
        worker();
        await().atMost(Duration.ofSeconds(60)).until(() -> job.attempt() == 2);
        System.out.println("leased again after " + (System.nanoTime() - killed) / 1_000_000 + " ms");
        job.awaitStatus(JobStatus.SUCCEEDED);
        assertThat(checkpoint).isPositive();
    }

    private List<String> beforeImages(JobWatch job) {
        return List.of();
    }

    private TestProcess worker() {
        TestProcess process = TestProcess.start(Path.of(HOME), "worker", SETTINGS);
        processes.add(process);
        return process;
    }

    private JobWatch submit(JobSpec spec) {
        UUID id = new TestJobs(context).job(subject, spec);
        queue.enqueue(new JobTask(Kind.JOB, id));
        return new JobWatch(jdbc, id);
    }

    private static JobSpec spec(int steps) {
        JobSpec spec = TestJobs.spec();
        return new JobSpec(
                spec.model(),
                spec.method(),
                spec.preset(),
                spec.identifier(),
                spec.instancePrompt(),
                TestJobs.training(steps),
                spec.prior(),
                spec.sampling());
    }

    private void addPicture(int position) throws Exception {
        String name = (position + 1) + ".png";
        try (InputStream in = WorkerFaultTests.class.getResourceAsStream("/subjects/owl/" + name)) {
            StoredFile file = artifacts.put("image/png", in::transferTo);
            jdbc.sql("""
                            insert into subject_picture (subject_id, position, file_name, file_sha256, width, height,
                                original_format) values (?, ?, ?, ?, 64, 64, 'png')
                            """).params(subject, position, name, file.sha256()).update();
        }
    }
}
