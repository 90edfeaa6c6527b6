package dev.likeness.app.worker;

import static org.awaitility.Awaitility.await;

import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestHome;
import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.job.TestJobs;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.TestSpec;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskRef.Kind;
import dev.likeness.app.upload.AdmittedPictures;
import dev.likeness.app.upload.Upload;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs for real workers, and the workers. */
public final class WorkerBench implements AutoCloseable {

    static final Path HOME = TestHome.path(TestHome.WORKERS);

    /**
     * One thread, so that losses can be compared bit by bit; every step is reported. A worker counts as dead after four
     * seconds.
     */
    static final Map<String, String> SETTINGS = Map.of(
            "likeness.worker.threads", "1",
            "likeness.worker.report-every", "0ms",
            "likeness.queue.heartbeat", "1s");

    private final ApplicationContext context;
    private final JdbcClient jdbc;
    private final List<TestProcess> processes = new ArrayList<>();
    private final List<TestProcess> workers = new ArrayList<>();
    private final Map<UUID, TestProcess> workersById = new HashMap<>();
    private final UUID subject;

    public WorkerBench(ApplicationContext context) {
        this.context = context;
        this.jdbc = context.getBean(JdbcClient.class);
        // Unfinished tasks of an earlier test would come back into the queue.
        TestDatabase.of(context).clearUnfinished();
        this.subject = owl();
    }

    public JobWatch submit(int steps) {
        return submit(steps(steps));
    }

    public JobWatch submitWithPreviews(int steps, int everySteps) {
        return submit(steps(steps)
                .with("previews.every_steps", everySteps)
                .with("previews.prompts", List.of("a {subject} in the snow"))
                .with("previews.images_per_prompt", 2)
                .with("previews.seed", 3));
    }

    public JobWatch submitScoring(int steps, int checkpoints, int patience) {
        return submit(steps(steps).with("evaluation.checkpoints", checkpoints).with("evaluation.patience", patience));
    }

    /** With an average of what is trained. */
    public JobWatch submitAveraging(int steps, int checkpoints) {
        return submit(steps(steps)
                .with("evaluation.checkpoints", checkpoints)
                .with(
                        "training.ema",
                        Map.of(
                                "enabled",
                                true,
                                "decay",
                                0.9,
                                "min_decay",
                                0,
                                "update_after_step",
                                0,
                                "warmup",
                                false,
                                "inv_gamma",
                                1,
                                "power",
                                0.75)));
    }

    public JobWatch submitKeepingCheckpoints(int steps, int keep) {
        return submit(steps(steps).with("training.keep_checkpoints", keep));
    }

    public JobWatch submitWithPriorImages(int images) {
        return submit(steps(5).with("prior.images", images));
    }

    /** Two images, the first with a caption. */
    UUID classSet() {
        List<String> files = List.of(1, 2).stream().map(this::kept).toList();
        return TestDatabase.of(context).classSets().add(files, Arrays.asList("a white {class}", null));
    }

    private String kept(int number) {
        ClassPathResource picture = new ClassPathResource("subjects/owl/%d.png".formatted(number));
        return context.getBean(ArtifactStore.class)
                .put("image/png", out -> out.write(picture.getContentAsByteArray()))
                .sha256();
    }

    /** @param mix null for images of the set only */
    public JobWatch submitWithClassSet(UUID set, int images, @Nullable Double mix) {
        return submitWithClassSet(5, set, images, mix);
    }

    /** @param mix null for images of the set only */
    JobWatch submitWithClassSet(int steps, UUID set, int images, @Nullable Double mix) {
        TestSpec spec = steps(steps).with("prior.images", images).with("prior.class_set_id", set.toString());
        return submit(mix == null ? spec : spec.with("prior.mix", mix));
    }

    public JobWatch submitWithoutPrior(int steps) {
        return submit(steps(steps).with("prior.enabled", false));
    }

    /** A job whose worker proposes its captions. */
    public JobWatch submitWithCaptions(String model) {
        return submit(steps(5).with("model", model).with("training.captions", "auto"));
    }

    public UUID subject() {
        return subject;
    }

    /** A job that continues the training of uploaded embeddings. */
    public JobWatch submitContinuingFrom(UUID adapter) {
        return submit(
                steps(5).with("method", "momentum_textual_inversion").with("textual_inversion.adapter_id", adapter));
    }

    private JobWatch submit(TestSpec spec) {
        return submit(spec.spec(), null);
    }

    /** @param memory what it is planned to take; null if unknown */
    public JobWatch submit(JobSpec spec, @Nullable JobMemory memory) {
        UUID id = new TestJobs(context).job(subject, spec, memory);
        context.getBean(TaskQueue.class).enqueue(new TaskRef(Kind.JOB, id));
        return new JobWatch(jdbc, id);
    }

    /** Brings the number of idle, ordinary workers to this. */
    List<TestProcess> workers(int count) {
        workers.removeIf(worker -> !worker.isAlive());
        while (workers.size() > count) {
            workers.remove(workers.size() - 1).close();
        }
        while (workers.size() < count) {
            UUID id = UUID.randomUUID();
            TestProcess worker = start("worker", List.of(), Map.of("likeness.worker.id", id.toString()));
            workers.add(worker);
            workersById.put(id, worker);
        }
        return List.copyOf(workers);
    }

    /** The ordinary worker that has leased a job. */
    TestProcess workerOf(JobWatch job) {
        return Objects.requireNonNull(workersById.get(job.worker()));
    }

    TestProcess start(String role) {
        return start(role, List.of());
    }

    /** @param wrapper goes before the command */
    TestProcess start(String role, List<String> wrapper) {
        return start(role, wrapper, Map.of());
    }

    /** @param more settings */
    TestProcess start(String role, List<String> wrapper, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(more);
        TestProcess process = TestProcess.start(HOME, role, settings, wrapper);
        processes.add(process);
        return process;
    }

    /**
     * Supervises a worker from this process.
     *
     * @param kills number of processes that the kernel reports as killed for memory
     */
    WorkerSupervisor supervisor(AtomicLong kills) {
        return new WorkerSupervisor(
                id -> {
                    Map<String, String> settings = new HashMap<>(SETTINGS);
                    settings.put("likeness.worker.id", id.toString());
                    settings.put("likeness.worker.supervised", "true");
                    return TestProcess.command(HOME, "worker", settings, List.of());
                },
                () -> new WorkerConsole(HOME.resolve("worker.log"), false, Clock.systemUTC()),
                context.getBean(WorkerSettings.class),
                kills::get,
                context.getBean(OomKillDetector.class)::note);
    }

    /** Waits until this many workers are active. */
    void awaitWorkers(int count) {
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> TestDatabase.of(context).workers().activeWithin(Duration.ofSeconds(6)) == count);
    }

    @Override
    public void close() {
        processes.forEach(TestProcess::close);
    }

    private UUID owl() {
        List<Upload> pictures = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            ClassPathResource file = new ClassPathResource("subjects/owl/%d.png".formatted(i));
            pictures.add(new Upload(i + ".png", -1, file::getInputStream));
        }
        Subjects subjects = context.getBean(Subjects.class);
        try (AdmittedPictures admitted = subjects.admit("teapot", pictures)) {
            return subjects.keep("teapot", admitted.pictures(), List.of()).id();
        }
    }

    private static TestSpec steps(int steps) {
        return TestSpec.small().with("training.steps", steps);
    }
}
