package dev.likeness.app.artifact;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes leftovers of killed processes: drafts, files without a row, and files whose row is unreferenced. Each must
 * be old enough that no process can still need it.
 */
@Component
@ConditionalOnWebApplication
class ArtifactSweep {

    private static final Logger log = LoggerFactory.getLogger(ArtifactSweep.class);

    private static final Duration AGE = Duration.ofHours(1);

    private final StoredFiles store;
    private final JdbcClient jdbc;
    private final Clock clock;

    ArtifactSweep(StoredFiles store, JdbcClient jdbc, Clock clock) {
        this.store = store;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void sweep() {
        Instant before = clock.instant().minus(AGE);
        try {
            store.contents().deleteDrafts(before);
            // Released like any other file, so that this waits for a process that is storing the same content again.
            store.withoutRow(store.contents().names(before)).forEach(store::releaseNow);
            unusedRows(before).stream()
                    .filter(file -> !store.contents().isWrittenSince(file, before))
                    .forEach(store::releaseNow);
        } catch (RuntimeException e) {
            // The next sweep tries again.
            log.warn("Unused files of the artifact store could not be deleted", e);
        }
    }

    /** Every use of a file is a foreign key to its row, so the database catalogue lists the tables to check. */
    private List<String> unusedRows(Instant before) {
        String unused = jdbc.sql("""
                        select format('not exists (select 1 from %s as u where u.%I = f.sha256)', conrelid::regclass, attname)
                        from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
                        where contype = 'f' and confrelid = 'stored_file'::regclass
                        """).query(String.class).list().stream().collect(Collectors.joining(" and "));
        return jdbc.sql("select sha256 from stored_file as f where created_at < ? and " + unused)
                .param(Timestamp.from(before))
                .query(String.class)
                .list();
    }
}
