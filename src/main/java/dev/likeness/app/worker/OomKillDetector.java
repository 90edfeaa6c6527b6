package dev.likeness.app.worker;

import dev.likeness.diffusion.plan.HostMemory;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Detects whether the kernel has killed a worker because memory ran out. The worker's supervisor records it. Without a
 * supervisor, another worker in the same control group sees that the kernel's count of kills has risen since the last
 * heartbeat of the killed worker. A worker in another container cannot detect it.
 */
@Component
class OomKillDetector {

    private final JdbcClient jdbc;
    private final HostMemory memory;

    OomKillDetector(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.memory = new HostMemory();
    }

    /** How many processes the kernel has killed for memory here so far. */
    long count() {
        return memory.kills();
    }

    /** Identifies the scope of {@link #count}. */
    String scope() {
        return memory.scope();
    }

    /** Records a kill that the supervisor of the worker has seen. */
    void note(UUID worker) {
        jdbc.sql("update worker set killed_for_memory = true where id = ?")
                .param(worker)
                .update();
    }

    /** Whether a worker was killed for memory, as far as this process can detect it. */
    boolean killed(String worker) {
        return jdbc.sql("""
                        select killed_for_memory or (kill_scope = :scope and kills < :kills) from worker where id::text = :id
                        """)
                .param("scope", scope())
                .param("kills", count())
                .param("id", worker)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }
}
