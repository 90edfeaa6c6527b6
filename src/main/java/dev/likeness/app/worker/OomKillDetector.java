package dev.likeness.app.worker;

import dev.likeness.diffusion.plan.HostMemory;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells whether the kernel has killed a worker because there was no memory left. Its supervisor knows; where there is none,
 * a worker that the kernel counts its kills together with can still see that there was one since the dead worker was last
 * seen. Elsewhere, for instance in another container, nobody can tell.
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

    /** What {@link #count} counts in. */
    String scope() {
        return memory.scope();
    }

    /** What a worker's supervisor has seen. */
    void note(UUID worker) {
        jdbc.sql("update worker set killed_for_memory = true where id = ?")
                .param(worker)
                .update();
    }

    /** Whether a dead worker was killed for memory, as far as can be told. */
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
