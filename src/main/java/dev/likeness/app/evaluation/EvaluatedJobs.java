package dev.likeness.app.evaluation;

import dev.likeness.app.job.JobUse;
import dev.likeness.app.task.TaskRef;
import java.util.List;
import java.util.UUID;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Records which evaluations use which jobs. */
@Component
@Order(2)
public class EvaluatedJobs implements JobUse {

    private final JdbcClient jdbc;

    EvaluatedJobs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores the jobs of an evaluation whose row exists already. */
    public void add(UUID evaluationId, List<UUID> jobIds) {
        for (UUID jobId : jobIds) {
            jdbc.sql("insert into evaluation_job (evaluation_id, job_id) values (?, ?)")
                    .params(evaluationId, jobId)
                    .update();
        }
    }

    @Override
    public void refuseRemoval(UUID jobId) {
        if (needs(jobId)) {
            throw new EvaluatedJobException(jobId);
        }
    }

    @Override
    public boolean needs(UUID jobId) {
        return jdbc.sql("""
                        select exists (
                            select 1 from evaluation_job as j join evaluation as e on e.id = j.evaluation_id
                            where j.job_id = ? and e.completed_at is null)
                        """).param(jobId).query(Boolean.class).single();
    }

    /** Empty, because an evaluation of several jobs continues without the deleted one. */
    @Override
    public List<TaskRef> tasks(UUID jobId) {
        return List.of();
    }

    @Override
    public List<String> files(UUID jobId) {
        return jdbc.sql("select distinct file_sha256 from evaluation_image where job_id = ?")
                .param(jobId)
                .query(String.class)
                .list();
    }

    /** Deletes evaluations that have no job left. */
    @Override
    public void afterRemoval() {
        jdbc.sql(
                        "delete from evaluation as e where not exists (select 1 from evaluation_job where evaluation_id = e.id)")
                .update();
    }
}
