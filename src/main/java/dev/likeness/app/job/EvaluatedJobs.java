package dev.likeness.app.job;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which evaluations draw with which jobs. */
@Component
class EvaluatedJobs {

    private final JdbcClient jdbc;

    EvaluatedJobs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes down what an evaluation, whose row is there already, draws with. */
    void add(UUID evaluationId, List<UUID> jobIds) {
        for (UUID jobId : jobIds) {
            jdbc.sql("insert into evaluation_job (evaluation_id, job_id) values (?, ?)")
                    .params(evaluationId, jobId)
                    .update();
        }
    }

    /** Whether there are evaluations of a job that are not finished. */
    boolean areUnfinished(UUID jobId) {
        return jdbc.sql("""
                        select exists (
                            select 1 from evaluation_job as j join evaluation as e on e.id = j.evaluation_id
                            where j.job_id = ? and e.completed_at is null)
                        """).param(jobId).query(Boolean.class).single();
    }

    /** Deletes evaluations none of whose jobs is left. */
    void dropEmpty() {
        jdbc.sql(
                        "delete from evaluation as e where not exists (select 1 from evaluation_job where evaluation_id = e.id)")
                .update();
    }
}
