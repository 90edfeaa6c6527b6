package dev.likeness.app.job;

import dev.likeness.app.security.Owners;
import dev.likeness.app.security.SecuritySettings;
import dev.likeness.app.task.QuotaExceededException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How many unfinished jobs an owner may have. */
@Component
class JobQuota {

    private final JdbcClient jdbc;
    private final int limit;

    JobQuota(JdbcClient jdbc, SecuritySettings settings) {
        this.jdbc = jdbc;
        this.limit = settings.limits().unfinishedJobs();
    }

    /**
     * Makes sure that the present owner may have one more. Another submission of the same owner waits until this one's
     * transaction has ended, so that both are counted.
     *
     * @throws QuotaExceededException if there are as many as there may be
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void claim() {
        if (limit == 0 || Owners.seeEverything()) {
            return;
        }
        String owner = Owners.present();
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('job quota ' || ?, 0))::text")
                .param(owner)
                .query(String.class)
                .list();
        long unfinished = jdbc.sql("select count(*) from job where owner = ? and completed_at is null")
                .param(owner)
                .query(Long.class)
                .single();
        if (unfinished >= limit) {
            throw new QuotaExceededException(limit);
        }
    }
}
