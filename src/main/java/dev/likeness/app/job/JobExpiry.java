package dev.likeness.app.job;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes expired jobs, each in a separate transaction. Several processes may do this at the same time: each skips rows
 * that another one has locked. A job that other jobs or tasks still use stays until the next round.
 */
@Component
@ConditionalOnWebApplication
class JobExpiry {

    private static final Logger log = LoggerFactory.getLogger(JobExpiry.class);

    private final Jobs jobs;
    private final List<JobUse> uses;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    JobExpiry(Jobs jobs, List<JobUse> uses, JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jobs = jobs;
        this.uses = uses;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        Timestamp now = Timestamp.from(clock.instant());
        try {
            due(now).forEach(id -> delete(id, now));
        } catch (RuntimeException e) {
            // The next round tries again.
            log.warn("expired jobs could not be deleted", e);
        }
    }

    /** The newest first, so that a job is deleted before its base job. */
    private List<UUID> due(Timestamp now) {
        return jdbc.sql("select id from job where expires_at <= ? order by created_at desc, id desc")
                .param(now)
                .query(UUID.class)
                .list();
    }

    private void delete(UUID id, Timestamp now) {
        try {
            transaction.executeWithoutResult(status -> {
                if (isFree(id, now)) {
                    jobs.delete(id);
                    log.info("job {} has expired and was deleted", id);
                }
            });
        } catch (JobInUseException e) {
            log.debug("job {} has expired, but other jobs or tasks still use it; it is deleted later", id);
        } catch (RuntimeException e) {
            // One failure does not prevent the deletion of other jobs.
            log.warn("job {} has expired and could not be deleted", id, e);
        }
    }

    private boolean isFree(UUID id, Timestamp now) {
        return lock(id, now) && uses.stream().noneMatch(use -> use.needs(id));
    }

    private boolean lock(UUID id, Timestamp now) {
        return jdbc.sql("""
                        select id from job where id = ? and expires_at <= ? and completed_at is not null
                        for update skip locked
                        """).params(id, now).query(UUID.class).optional().isPresent();
    }
}
