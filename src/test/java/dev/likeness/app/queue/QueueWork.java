package dev.likeness.app.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.SystemClock;
import com.github.kagkarlsson.scheduler.TaskResolver;
import com.github.kagkarlsson.scheduler.event.SchedulerListeners;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepository;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.likeness.app.Api;
import dev.likeness.app.TestWorker;
import dev.likeness.app.job.CheckpointKind;
import dev.likeness.app.job.EventType;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobEventFeed;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.Phase;
import dev.likeness.app.task.TaskRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What workers and clients do with the database, each operation as the product does it. */
final class QueueWork {

    private static final String WORKER = UUID.randomUUID().toString();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Api api;
    private final TestWorker files;
    private final JobProgress progress;
    private final JobEventFeed history;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final JdbcTaskRepository repository;

    QueueWork(
            Api api,
            TestWorker files,
            JobProgress progress,
            JobEventFeed history,
            DataSource dataSource,
            TransactionTemplate transactions) {
        this.api = api;
        this.files = files;
        this.progress = progress;
        this.history = history;
        this.jdbc = JdbcClient.create(dataSource);
        this.transactions = transactions;
        SystemClock clock = new SystemClock();
        this.repository = new JdbcTaskRepository(
                dataSource,
                true,
                new DuePick(
                        WORKER,
                        Arrays.stream(TaskRef.Kind.values()).map(TaskNames::of).toList()),
                "scheduled_tasks",
                new TaskResolver(
                        SchedulerListeners.NOOP,
                        clock,
                        Arrays.stream(TaskRef.Kind.values())
                                .map(kind -> Tasks.custom(TaskNames.of(kind), Void.class)
                                        .execute((instance, context) -> (complete, operations) -> {}))
                                .collect(Collectors.toList())),
                new SchedulerName.Fixed(WORKER),
                true,
                clock);
    }

    UUID subject() {
        return UUID.fromString(
                api.send(HttpMethod.POST, "/v1/subjects", it -> {}, Api.owl(), MediaType.MULTIPART_FORM_DATA)
                        .at("/id"));
    }

    UUID submit(UUID subject) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(api.root() + "/v1/jobs"))
                .header("Content-Type", MediaType.APPLICATION_JSON_VALUE)
                .POST(BodyPublishers.ofString("{\"subject_id\":\"%s\"}".formatted(subject)))
                .build());
        assertThat(answer.statusCode()).isEqualTo(202);
        String job = answer.headers().firstValue("Location").orElseThrow();
        return UUID.fromString(job.substring(job.lastIndexOf('/') + 1));
    }

    /** Not by {@link Api}, which holds every answer against the document and takes its time for that. */
    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<Execution> claim() {
        return repository.lockAndGetDue(Instant.now(), 1);
    }

    Lease lease(UUID job) {
        Lease lease = progress.lease(job).orElseThrow().lease();
        progress.start(lease);
        progress.enterPhase(lease, Phase.PREPARING);
        return lease;
    }

    void phase(Lease lease) {
        progress.enterPhase(lease, Phase.TRAINING);
    }

    void ask(Lease lease) {
        progress.signal(lease);
    }

    /** As training does it: both in one transaction. */
    void report(Lease lease, int step) {
        transactions.executeWithoutResult(status -> {
            progress.event(
                    lease, EventType.METRIC, Map.of("step", step, "loss", 0.1074 + 1e-6 * step, "learning_rate", 1e-4));
            progress.progress(lease, step, 100_000, 100_000 - step);
        });
    }

    void checkpoint(Lease lease, int step) {
        transactions.executeWithoutResult(status -> progress.keepCheckpoint(
                lease, CheckpointKind.RESUME, step, files.file("state " + lease.taskId() + step)));
    }

    void image(Lease lease, int position) {
        transactions.executeWithoutResult(status -> progress.addImage(
                lease, TestWorker.image(ImageRole.RESULT, files.file("image " + lease.taskId() + position), position)));
    }

    void succeed(Lease lease) {
        progress.succeed(lease, new Job.Outcome(5.0, 1L << 30));
    }

    void finish(Lease lease, Execution claimed) {
        succeed(lease);
        repository.remove(claimed);
        progress.waitsAgain(lease.taskId());
    }

    void heartbeat(Execution claimed) {
        repository.updateHeartbeat(claimed, Instant.now());
    }

    void lookForDeadWorkers() {
        repository.getDeadExecutions(Instant.now().minus(Duration.ofSeconds(8)));
    }

    /** As {@code WorkerRegistration} does it. */
    void announce() {
        jdbc.sql("""
                        insert into worker (id, version, device, memory_total, memory_free, memory_held,
                            kill_scope, kills, started_at, last_seen)
                        values (?::uuid, '1', 'cpu', 1::bigint << 40, 1::bigint << 40, 0, 'scope', 0, now(), now())
                        on conflict (id) do update
                        set memory_free = excluded.memory_free, memory_held = excluded.memory_held,
                            kills = excluded.kills, last_seen = excluded.last_seen
                        """).param(WORKER).update();
        jdbc.sql("delete from worker where last_seen < now() - interval '1 hour'")
                .update();
    }

    void status(UUID job) {
        assertThat(send(HttpRequest.newBuilder(URI.create(api.root() + "/v1/jobs/" + job))
                                .build())
                        .statusCode())
                .isEqualTo(200);
    }

    /** One look for all of them. */
    void watch(List<UUID> jobs) {
        history.after(jobs.stream().collect(Collectors.toMap(Function.identity(), it -> 1_000_000L)));
    }

    /** So many tasks that wait, behind so many that workers have, each with a minute of heartbeats. */
    void queue(int waiting, int busy) {
        jdbc.sql("truncate scheduled_tasks").update();
        jdbc.sql("""
                        insert into scheduled_tasks
                            (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version, priority)
                        select 'job', gen_random_uuid()::text, now() - (:all - n) * interval '1 second', n <= :busy,
                            case when n <= :busy then 'another' end, case when n <= :busy then now() end, 1, 50
                        from generate_series(1, :all) as n
                        """).param("all", waiting + busy).param("busy", busy).update();
        Stream.generate(() -> "update scheduled_tasks set last_heartbeat = now() where picked")
                .limit(30)
                .forEach(beat -> jdbc.sql(beat).update());
        jdbc.sql("analyze scheduled_tasks").update();
    }

    /** Jobs that wait, as copies of one that is there. */
    void jobs(UUID job, int waiting) {
        List<String> columns = jdbc.sql("""
                        select column_name from information_schema.columns
                        where table_name = 'job' and column_name not in ('id', 'status', 'completed_at', 'owner')
                        """).query(String.class).list();
        String others = String.join(", ", columns);
        jdbc.sql("""
                        insert into job (id, status, owner, %1$s)
                        select gen_random_uuid(), 'queued', 'somebody', %1$s
                        from (select * from job where id = ?) as j, generate_series(1, %2$d) as n
                        """.formatted(others, waiting)).param(job).update();
        jdbc.sql("vacuum analyze job").update();
    }
}
