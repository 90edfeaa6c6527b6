package dev.likeness.app.job;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which generations draw with which adapters and jobs. */
@Component
class AdapterReferences {

    private final JdbcClient jdbc;

    AdapterReferences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes down what a generation, whose row is there already, draws with. */
    void add(UUID generationId, List<UsedAdapter> adapters) {
        for (UsedAdapter adapter : adapters) {
            jdbc.sql("insert into generation_adapter (generation_id, adapter_id, job_id) values (?, ?, ?)")
                    .params(Arrays.asList(generationId, adapter.id(), adapter.jobId()))
                    .update();
        }
    }

    /** Whether an unfinished generation of another job draws with a job's result. */
    boolean isMerged(UUID jobId) {
        return jdbc.sql("""
                        select exists (
                            select 1 from generation_adapter as a join generation as g on g.id = a.generation_id
                            where a.job_id = ? and g.completed_at is null)
                        """).param(jobId).query(Boolean.class).single();
    }
}
