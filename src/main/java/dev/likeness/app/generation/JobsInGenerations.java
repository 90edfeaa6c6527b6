package dev.likeness.app.generation;

import dev.likeness.app.job.JobUse;
import dev.likeness.app.job.MergedAdapter;
import dev.likeness.app.task.TaskRef;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Records which generations use which adapters and jobs. */
@Component
@Order(1)
class JobsInGenerations implements JobUse {

    private final JdbcClient jdbc;

    JobsInGenerations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Records the adapters of a generation, whose row must exist. */
    void add(UUID generationId, List<MergedAdapter> adapters) {
        for (MergedAdapter adapter : adapters) {
            jdbc.sql("insert into generation_adapter (generation_id, adapter_id, job_id) values (?, ?, ?)")
                    .params(Arrays.asList(generationId, adapter.id(), adapter.jobId()))
                    .update();
        }
    }

    @Override
    public void refuseRemoval(UUID jobId) {
        if (isMerged(jobId)) {
            throw new MergedJobException(jobId);
        }
    }

    /** Whether an unfinished generation of another job uses a job's result. */
    private boolean isMerged(UUID jobId) {
        return jdbc.sql("""
                        select exists (
                            select 1 from generation_adapter as a join generation as g on g.id = a.generation_id
                            where a.job_id = ? and g.completed_at is null)
                        """).param(jobId).query(Boolean.class).single();
    }

    @Override
    public boolean needs(UUID jobId) {
        return isMerged(jobId)
                || jdbc.sql("select exists (select 1 from generation where job_id = ? and completed_at is null)")
                        .param(jobId)
                        .query(Boolean.class)
                        .single();
    }

    @Override
    public List<TaskRef> tasks(UUID jobId) {
        return jdbc.sql("select id from generation where job_id = ?").param(jobId).query(UUID.class).list().stream()
                .map(id -> new TaskRef(TaskRef.Kind.GENERATION, id))
                .toList();
    }

    /** Empty, because images of generations are images of the job. */
    @Override
    public List<String> files(UUID jobId) {
        return List.of();
    }

    @Override
    public void afterRemoval() {}
}
