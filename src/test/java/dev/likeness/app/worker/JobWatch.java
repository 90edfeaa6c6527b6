package dev.likeness.app.worker;

import dev.likeness.app.task.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests ask about one job: its rows in the database. */
public final class JobWatch {

    private final JdbcClient jdbc;
    private final UUID id;

    public JobWatch(JdbcClient jdbc, UUID id) {
        this.jdbc = jdbc;
        this.id = id;
    }

    public UUID id() {
        return id;
    }

    public String status() {
        return text("select status from job where id = ?");
    }

    public String error() {
        return text("select coalesce(error_code, 'none') from job where id = ?");
    }

    public int attempt() {
        return number("select attempt from job where id = ?");
    }

    /** The worker that has leased it. */
    UUID worker() {
        return UUID.fromString(text("select picked_by from scheduled_tasks where task_instance = ?::text"));
    }

    public int lostWorkers() {
        return number("select lost_workers from job where id = ?");
    }

    public int starts() {
        return number("select count(*) from job_event where type = 'start' and job_id = ?");
    }

    /** The last training step that was reported. */
    public int lastStep() {
        return number(
                "select coalesce(max((data->>'step')::int), 0) from job_event where type = 'metric' and job_id = ?");
    }

    /** Training step that a run would resume from; 0 if it would start from the beginning. */
    int resumable() {
        return number("select coalesce(max(step), 0) from checkpoint where kind = 'resume' and job_id = ?");
    }

    /** The first step of the present attempt. */
    int firstStepOfAttempt() {
        return number("""
                select coalesce(min((data->>'step')::int), 0) from job_event e where type = 'metric' and job_id = ?
                and seq > (select max(seq) from job_event where type = 'start' and job_id = e.job_id)
                """);
    }

    public List<String> images(String role) {
        return jdbc.sql(
                        "select id || ' ' || file_sha256 from job_image where job_id = ? and role = ? order by position")
                .params(id, role)
                .query(String.class)
                .list();
    }

    /** Digests of its images of a role that the untrained model generated. */
    public List<String> untrained(String role) {
        return jdbc.sql(
                        "select file_sha256 from job_image where job_id = ? and role = ? and step = 0 order by position")
                .params(id, role)
                .query(String.class)
                .list();
    }

    /** Training steps of its images of a role. */
    public List<Integer> steps(String role) {
        return jdbc.sql("select distinct step from job_image where job_id = ? and role = ? order by step")
                .params(id, role)
                .query(Integer.class)
                .list();
    }

    /** Messages of its log events, in order. */
    public List<String> logs() {
        return jdbc.sql("select data->>'message' from job_event where type = 'log' and job_id = ? order by seq")
                .param(id)
                .query(String.class)
                .list();
    }

    public List<String> scores() {
        return jdbc.sql("""
                        select image_set || ' ' || metric || ' ' || coalesce(subset, 'overall') || ' @ ' || step || coalesce(': ' || reason, '')
                        from score where job_id = ? order by metric, step, subset, image_set
                        """).param(id).query(String.class).list();
    }

    /** Losses by step; of a repeated step, the first. */
    public Map<Integer, Double> losses() {
        return losses("order by seq desc");
    }

    /** Losses by step; of a repeated step, the last. */
    Map<Integer, Double> lastLosses() {
        return losses("order by seq");
    }

    private Map<Integer, Double> losses(String order) {
        Map<Integer, Double> losses = new TreeMap<>();
        jdbc.sql("select (data->>'step')::int as step, (data->>'loss')::float8 as loss from job_event"
                        + " where type = 'metric' and job_id = ? " + order)
                .param(id)
                .query((row, n) -> losses.put(row.getInt("step"), row.getDouble("loss")))
                .list();
        return losses;
    }

    /** Times that it ran out of memory. */
    public int memoryShortages() {
        return number("select memory_shortages from job where id = ?");
    }

    /** Whether it trains with gradient checkpointing now. */
    public boolean checkpointsGradients() {
        return text("select spec->'training'->>'gradient_checkpointing' from job where id = ?")
                .equals("true");
    }

    /** A field of the stored description of its engine. */
    public String engine(String field) {
        return text("select engine->>'%s' from job where id = ?".formatted(field));
    }

    /** Why it failed; empty if it did not. */
    public String errorMessage() {
        return text("select coalesce(error_message, '') from job where id = ?");
    }

    /** The status in the event of its end. */
    public String completedAs() {
        return text("select data->>'status' from job_event where type = 'completed' and job_id = ?");
    }

    public double plannedBytes() {
        return Double.parseDouble(text("select memory->>'planned_bytes' from job where id = ?"));
    }

    public double peakBytes() {
        return Double.parseDouble(text("select peak_memory_bytes from job where id = ?"));
    }

    /** The digest of the state that a run would resume from. */
    public String resumableFile() {
        return text("select file_sha256 from checkpoint where kind = 'resume' and job_id = ?");
    }

    /** Training steps whose weights are kept. */
    public List<Integer> stepsOfWeights() {
        return list("select step from checkpoint where kind = 'weights' and job_id = ? order by step", Integer.class);
    }

    /** Training steps of the image events of a role. */
    public List<Integer> stepsOfImageEvents(String role) {
        return list("""
                select (data->>'step')::int from job_event
                where type = 'image' and job_id = ? and data->>'role' = '%s' order by seq
                """.formatted(role), Integer.class);
    }

    /** Digests of its artifacts of a kind, the newest first. */
    public List<String> artifacts(String kind) {
        return list(
                "select file_sha256 from job_artifact where job_id = ? and kind = '%s' order by created_at desc"
                        .formatted(kind),
                String.class);
    }

    /** Training steps of its artifacts of a kind. */
    public List<Integer> stepsOfArtifacts(String kind) {
        return list("select step from job_artifact where job_id = ? and kind = '%s'".formatted(kind), Integer.class);
    }

    /** The digest of its newest report in a format. */
    public String newestReport(String format) {
        return list(
                        "select file_sha256 from job_artifact where job_id = ? and kind = 'report' and format = '%s' order by created_at desc"
                                .formatted(format),
                        String.class)
                .get(0);
    }

    private <T> List<T> list(String sql, Class<T> type) {
        return jdbc.sql(sql).param(id).query(type).list();
    }

    private String text(String sql) {
        return jdbc.sql(sql).param(id).query(String.class).single();
    }

    private int number(String sql) {
        return jdbc.sql(sql).param(id).query(Integer.class).single();
    }

    public void awaitStatus(TaskStatus wanted) {
        Awaitility.await("job %s to be %s".formatted(id, wanted))
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(DataAccessException.class)
                .until(() -> status().equals(wanted.wire()) || isFinal(wanted));
    }

    private boolean isFinal(TaskStatus wanted) {
        String status = status();
        if (!status.equals(wanted.wire()) && (status.equals("failed") || status.equals("canceled"))) {
            throw new AssertionError("job is %s (%s) and will never be %s".formatted(status, error(), wanted));
        }
        return false;
    }
}
