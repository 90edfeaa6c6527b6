package dev.likeness.app;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Queries and changes of the database by tests. Names of tables and columns are in this class and in those that it
 * returns.
 */
public class TestDatabase {

    private static final String LONG_SILENT = "last_heartbeat = now() - interval '1 hour'";

    private final JdbcClient jdbc;

    public TestDatabase(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The database of a process of the service. */
    public static TestDatabase of(ApplicationContext process) {
        return new TestDatabase(process.getBean(JdbcClient.class));
    }

    public JobRows jobs() {
        return new JobRows(jdbc);
    }

    public AdapterRows adapters() {
        return new AdapterRows(jdbc);
    }

    public EvaluationRows evaluations() {
        return new EvaluationRows(jdbc);
    }

    public WorkerRows workers() {
        return new WorkerRows(jdbc);
    }

    public FileRows files() {
        return new FileRows(jdbc);
    }

    public ClassSetRows classSets() {
        return new ClassSetRows(jdbc);
    }

    public WebhookRows webhooks() {
        return new WebhookRows(jdbc);
    }

    public KeyRows keys() {
        return new KeyRows(jdbc);
    }

    /** Number of rows of a table. */
    public int rows(String table) {
        return count("select count(*) from " + table);
    }

    /** The ids of those queued tasks that wait, in the order in which workers take them. */
    public List<String> waiting() {
        return jdbc.sql("""
                        select task_instance from scheduled_tasks where not picked
                        order by priority desc, coalesce(place, execution_time)
                        """).query(String.class).list();
    }

    /** Deletes all rows of tables, in this order. */
    public void clear(String... tables) {
        for (String table : tables) {
            jdbc.sql("delete from " + table).update();
        }
    }

    /** Deletes every subject and every file, with all rows that refer to them. */
    public void clearSubjectsAndFiles() {
        jdbc.sql("truncate subject, stored_file cascade").update();
    }

    /** Deletes jobs, evaluations and captions that have not ended, the queue and the workers. */
    public void clearUnfinished() {
        for (String table : List.of("job", "evaluation", "caption_task")) {
            jdbc.sql("delete from %s where completed_at is null".formatted(table))
                    .update();
        }
        clear("scheduled_tasks", "worker");
    }

    /** Every row of every table but those, as text. */
    public Set<String> everyRow(Set<String> except) {
        Set<String> rows = new HashSet<>();
        List<String> tables = jdbc.sql("select tablename from pg_tables where schemaname = current_schema()")
                .query(String.class)
                .list();
        for (String table : tables) {
            if (!except.contains(table)) {
                rows.addAll(jdbc.sql("select '%1$s: ' || t::text from %1$s as t".formatted(table))
                        .query(String.class)
                        .list());
            }
        }
        return rows;
    }

    /** Asks the server for the number 1, inside the current transaction. */
    public int one() {
        return count("select 1");
    }

    /** Notifies on a channel, in the current transaction if there is one. */
    public void notify(String channel, String payload) {
        jdbc.sql("select pg_notify(?, ?)").params(channel, payload).query().singleRow();
    }

    /** Ends every connection that listens for notifications, as a restart of the server does. */
    public void endListeningConnections() {
        jdbc.sql("""
                        select pg_terminate_backend(pid) from pg_stat_activity
                        where datname = current_database() and query ilike 'listen %'
                        """).query().listOfRows();
    }

    /** A schema whose function for notifications does nothing. */
    public void createMuteNotifications(String schema) {
        jdbc.sql("create schema if not exists " + schema).update();
        jdbc.sql("create or replace function %s.pg_notify(text, text) returns void language sql as ''"
                        .formatted(schema))
                .update();
    }

    /** Files of all prior images and images that score an untrained model, by position. */
    public List<String> priorImages() {
        return jdbc.sql(
                        "select file_sha256 from prior_image join prior_set using (key) order by created_at, key, position")
                .query(String.class)
                .list();
    }

    /** Transactions that wait for a lock of another one. */
    public int blockedTransactions() {
        return count("select count(*) from pg_locks where not granted");
    }

    /** Gives a job another base model, which need not exist. */
    public void setModel(UUID job, String model) {
        jdbc.sql("update job set model = ? where id = ?").params(model, job).update();
    }

    /** Makes a job one that was trained with zero terminal SNR. */
    public void trainedFromPureNoise(UUID job) {
        jdbc.sql("update job set spec = jsonb_set(spec::jsonb, '{training,zero_terminal_snr}', 'true') where id = ?")
                .params(job)
                .update();
    }

    /** A new subject without pictures. */
    public UUID subject(String classWord, Instant created) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into subject (id, owner, class_word, created_at) values (?, 'local', ?, ?)")
                .params(id, classWord, Timestamp.from(created))
                .update();
        return id;
    }

    /** Pictures of a subject have no thumbnails, as those that an earlier release has stored. */
    public void forgetThumbnails(UUID subject) {
        jdbc.sql("update subject_picture set thumbnail_sha256 = null where subject_id = ?")
                .param(subject)
                .update();
    }

    /** Caption tasks of a subject. */
    public int captionTasks(UUID subject) {
        return count("select count(*) from caption_task where subject_id = ?", subject);
    }

    /** The newest caption task of a subject, if there is one. */
    public Optional<UUID> captionTask(UUID subject) {
        return jdbc.sql("select id from caption_task where subject_id = ? order by id desc limit 1")
                .param(subject)
                .query(UUID.class)
                .optional();
    }

    /** Waiting tasks of all kinds, other than this one. */
    public int waitingTasks(UUID except) {
        return count("select count(*) from task where status = 'queued' and id <> ?", except);
    }

    /** Tasks in the queue, leased ones included. */
    public int tasks() {
        return rows("scheduled_tasks");
    }

    /** Tasks of a kind in the queue, leased ones included. */
    public int tasks(String kind) {
        return count("select count(*) from scheduled_tasks where task_name = ?", kind);
    }

    /** Whether a task is in the queue. */
    public boolean hasTask(UUID id) {
        return count("select count(*) from scheduled_tasks where task_instance = ?", id.toString()) == 1;
    }

    /** Tasks that a worker has leased. */
    public int leasedTasks() {
        return count("select count(*) from scheduled_tasks where picked");
    }

    /** Whether a worker has leased this task. */
    public boolean isLeased(UUID id) {
        return count("select count(*) from scheduled_tasks where picked and task_instance = ?", id.toString()) == 1;
    }

    /** The priority of a task in the queue. */
    public int priority(UUID id) {
        return count("select priority from scheduled_tasks where task_instance = ?", id.toString());
    }

    /** When a task is due. */
    public Instant due(UUID id) {
        return dueIfQueued(id).orElseThrow();
    }

    /** When a task is due; empty if it is not in the queue. */
    public Optional<Instant> dueIfQueued(UUID id) {
        return jdbc.sql("select execution_time from scheduled_tasks where task_instance = ?")
                .param(id.toString())
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    /** Removes every task. */
    public void clearQueue() {
        clear("scheduled_tasks");
    }

    /** Ends the tasks that other tests left waiting. The process would put them back into the queue now and then. */
    public void endWaitingTasks() {
        for (String table : List.of("job", "generation", "caption_task", "evaluation")) {
            jdbc.sql("update %s set status = 'canceled', completed_at = now() where status = 'queued'".formatted(table))
                    .update();
        }
    }

    /** A task of a kind that this release does not have. */
    public void enqueueUnknownKind() {
        jdbc.sql("""
                        insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
                        values ('telepathy', 'of another version', now() - interval '60 days', false, 1, 50)
                        """).update();
    }

    /** Tasks have no data, as those that an earlier release has enqueued. */
    public void removeTaskData() {
        jdbc.sql("update scheduled_tasks set task_data = null").update();
    }

    /** Leases every task for a worker. */
    public void leaseAll(String worker) {
        jdbc.sql("update scheduled_tasks set picked = true, picked_by = ?, version = version + 1")
                .param(worker)
                .update();
    }

    /** Leases a task for a worker. */
    public void lease(UUID id, String worker) {
        jdbc.sql("update scheduled_tasks set picked = true, picked_by = ? where task_instance = ?")
                .params(worker, id.toString())
                .update();
    }

    /** Gives every task back to the queue, to be tried again later. */
    public void retryAllIn(Duration pause) {
        jdbc.sql("update scheduled_tasks set picked = false, execution_time = now() + ? * interval '1 millisecond'")
                .param(pause.toMillis())
                .update();
    }

    /** Leases a task for a worker that has been silent since an hour ago. */
    public void leaseSilently(UUID id, String worker) {
        jdbc.sql("update scheduled_tasks set picked = true, picked_by = ?, version = version + 1, " + LONG_SILENT
                        + " where task_instance = ?")
                .params(worker, id.toString())
                .update();
    }

    /** Every worker has been silent since an hour ago, as after an outage of the database. */
    public void silenceWorkers() {
        jdbc.sql("update scheduled_tasks set " + LONG_SILENT).update();
    }

    /** How many of these tasks have a heartbeat older than two intervals, apart from those that a test has silenced. */
    public int lateHeartbeats(Set<UUID> tasks, Instant now, Duration interval) {
        return (int) jdbc
                .sql(
                        "select task_instance, last_heartbeat from scheduled_tasks where picked and last_heartbeat between ? and ?")
                .params(
                        Timestamp.from(now.minus(Duration.ofMinutes(30))),
                        Timestamp.from(now.minus(interval.multipliedBy(2))))
                .query((row, i) -> UUID.fromString(row.getString(1)))
                .list()
                .stream()
                .filter(tasks::contains)
                .count();
    }

    private int count(String sql, Object... parameters) {
        return jdbc.sql(sql).params(parameters).query(Integer.class).single();
    }
}
