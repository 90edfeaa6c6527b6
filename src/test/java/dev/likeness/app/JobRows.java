package dev.likeness.app;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests ask of rows of jobs, and change in them. */
public final class JobRows {

    private final JdbcClient jdbc;

    JobRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public boolean exists(UUID id) {
        return jdbc.sql("select count(*) from job where id = ?")
                        .param(id)
                        .query(Integer.class)
                        .single()
                == 1;
    }

    /** Ids of a subject's jobs. */
    public List<UUID> ofSubject(UUID subject) {
        return jdbc.sql("select id from job where subject_id = ?")
                .param(subject)
                .query(UUID.class)
                .list();
    }

    /** Images, checkpoints, artifacts, events and scores of a job together. */
    public int parts(UUID id) {
        return Stream.of("job_image", "checkpoint", "job_artifact", "job_event", "score")
                .mapToInt(table -> jdbc.sql("select count(*) from %s where job_id = ?".formatted(table))
                        .param(id)
                        .query(Integer.class)
                        .single())
                .sum();
    }

    /** Generations that use an adapter of a job. */
    public int usesByGenerations(UUID id) {
        return jdbc.sql("select count(*) from generation_adapter where job_id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    /** Bytes of a job's row. */
    public int bytes(UUID id) {
        return jdbc.sql("select pg_column_size(job.*) from job where id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    /** Mean bytes of the rows of a job's events. */
    public int bytesOfAnEvent(UUID id) {
        return jdbc.sql("select avg(pg_column_size(job_event.*))::int from job_event where job_id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    /** Digest of the first picture of a job's subject. */
    public String picture(UUID id) {
        return jdbc.sql("select min(file_sha256) from subject_picture join job using (subject_id) where job.id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    /** Digest of an image of the untrained model. */
    public String imageBeforeTraining(UUID id, int position) {
        return jdbc.sql("""
                        select file_sha256 from job_image
                        where role = 'evaluation' and step = 0 and position = ? and job_id = ?
                        """).params(position, id).query(String.class).single();
    }

    /** Locks a job until the end of the current transaction. */
    public void lock(UUID id) {
        jdbc.sql("select id from job where id = ? for update")
                .param(id)
                .query(UUID.class)
                .single();
    }

    /** Memory savings that a job rules out, as JSON. */
    public String fixed(UUID id) {
        return jdbc.sql("select memory ->> 'fixed' from job where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    /** The deadline of a job is over. */
    public void pass(UUID id) {
        jdbc.sql("update job set cancel_at = now() where id = ?").param(id).update();
    }

    /** Messages in the log of a job. */
    public List<String> messages(UUID id) {
        return jdbc.sql("select data ->> 'message' from job_event where type = 'log' and job_id = ? order by seq")
                .param(id)
                .query(String.class)
                .list();
    }

    public void delete(UUID id) {
        jdbc.sql("delete from job where id = ?").param(id).update();
    }

    /** @param spec SQL expression of the new spec */
    public void changeSpec(UUID id, String spec) {
        jdbc.sql("update job set spec = %s where id = ?".formatted(spec))
                .param(id)
                .update();
    }

    /** No job expires. */
    public void keepAll() {
        jdbc.sql("update job set expires_at = null").update();
    }

    public void queueEarlier(UUID id, Duration by) {
        jdbc.sql("update job set queued_at = queued_at - ? * interval '1 second' where id = ?")
                .params(by.toSeconds(), id)
                .update();
    }

    public void loseWorkers(UUID id, int count) {
        jdbc.sql("update job set lost_workers = ? where id = ?")
                .params(count, id)
                .update();
    }

    /** Every job gets the owner of an API key. */
    public void giveAllToOwnerOf(String keyPrefix) {
        jdbc.sql("update job set owner = (select owner from api_key where prefix = ?)")
                .param(keyPrefix)
                .update();
    }

    /** Events of a kilobyte each. */
    public void addLongEvents(UUID id, int count) {
        jdbc.sql("""
                        insert into job_event (job_id, seq, type, data, created_at)
                        select ?, 1000 + i, 'log', jsonb_build_object('line', repeat('x', 1000)), now()
                        from generate_series(1, ?) i
                        """).params(id, count).update();
    }

    /** Scores of a job are of a metric that this release does not have. */
    public void replaceMetrics(UUID id, String metric) {
        jdbc.sql("update score set metric = ? where job_id = ?")
                .params(metric, id)
                .update();
    }

    /** @param row columns of a score of the job, as JSON */
    public void addScore(UUID id, String row) {
        String columns =
                "image_set, metric, value, reason, n, interval_low, interval_high, encoder, pairing, reference,"
                        + " step, subset, colours";
        jdbc.sql("insert into score (job_id, %1$s) select ?, %1$s from jsonb_populate_record(null::score, ?::jsonb)"
                        .formatted(columns))
                .params(id, row)
                .update();
    }

    /** All columns of the only score of a job but its ids, as JSON. */
    public String score(UUID id) {
        return jdbc.sql("select to_jsonb(score) - '{id,job_id,generation_id}'::text[] from score where job_id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    /** Stores every score of every job once more. */
    public void repeatScores() {
        jdbc.sql("""
                        insert into score (job_id, image_set, metric, value, n, encoder, pairing, step, subset)
                        select job_id, image_set, metric, value, n, encoder, pairing, step, subset from score
                        """).update();
    }

    /** Other content for all artifacts of a job. */
    public void replaceArtifacts(UUID id, String sha256, long size) {
        jdbc.sql("update job_artifact set file_sha256 = ?, size = ? where job_id = ?")
                .params(sha256, size, id)
                .update();
    }

    /** Digests of a set of prior images. */
    public Set<String> priorImages(String key) {
        return Set.copyOf(jdbc.sql("select file_sha256 from prior_image where key = ?")
                .param(key)
                .query(String.class)
                .list());
    }
}
