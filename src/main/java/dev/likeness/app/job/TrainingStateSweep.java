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
 * Deletes states at the end of training whose time is over, and the oldest ones of owners that have too many. Each is a
 * transaction of its own, so several processes may do this at the same time.
 */
@Component
@ConditionalOnWebApplication
class TrainingStateSweep {

    private static final Logger log = LoggerFactory.getLogger(TrainingStateSweep.class);

    private final JdbcClient jdbc;
    private final JobRepository jobs;
    private final TrainingStates states;
    private final TrainingStateSettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;

    TrainingStateSweep(
            JdbcClient jdbc,
            JobRepository jobs,
            TrainingStates states,
            TrainingStateSettings settings,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.jobs = jobs;
        this.states = states;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Scheduled(initialDelay = 2, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        try {
            expired().forEach(id -> delete(id, TrainingState.Status.EXPIRED));
            overQuota().forEach(id -> delete(id, TrainingState.Status.OVER_QUOTA));
        } catch (RuntimeException e) {
            // The next round tries again.
            log.warn("training states could not be deleted", e);
        }
    }

    private List<UUID> expired() {
        return jdbc.sql("""
                        select j.id from checkpoint c join job j on j.id = c.job_id
                        where c.kind = 'state' and j.completed_at is not null
                            and (j.training_state ->> 'kept_until')::timestamptz <= ?
                        """)
                .param(Timestamp.from(clock.instant()))
                .query(UUID.class)
                .list();
    }

    /** The states of an owner beyond its limit, when they are counted from the newest one. */
    private List<UUID> overQuota() {
        return jdbc.sql("""
                        select id from (
                            select j.id, j.completed_at,
                                sum(f.size) over (partition by j.owner order by c.created_at desc, j.id) as total
                            from checkpoint c join job j on j.id = c.job_id join stored_file f on f.sha256 = c.file_sha256
                            where c.kind = 'state') as states
                        where total > ? and completed_at is not null
                        """)
                .param(settings.maxSizePerOwner().toBytes())
                .query(UUID.class)
                .list();
    }

    private void delete(UUID id, TrainingState.Status reason) {
        transaction.executeWithoutResult(status -> jobs.findLockedById(id)
                .filter(job -> job.status().isFinal())
                .ifPresent(job -> {
                    states.delete(job, reason);
                    jobs.save(job);
                    log.info("the training state of job {} was deleted: {}", id, reason.wire());
                }));
    }
}
