package dev.likeness.app.task;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds unfinished tasks of any kind. */
@Service
@Transactional(readOnly = true)
public class OpenTasks {

    private final JdbcClient jdbc;

    OpenTasks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The ids of existing tasks that are not final. */
    public Set<UUID> among(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("select id from task where id in (:ids) and completed_at is null")
                .param("ids", ids)
                .query(UUID.class)
                .list());
    }
}
