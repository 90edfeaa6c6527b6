package dev.likeness.app.job;

import dev.likeness.app.security.Owners;
import dev.likeness.app.security.SecuritySettings;
import dev.likeness.app.task.QuotaExceededException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The maximum number of unfinished jobs per owner. */
@Component
class JobQuota {

    private final JdbcClient jdbc;
    private final int limit;

    JobQuota(JdbcClient jdbc, SecuritySettings settings) {
        this.jdbc = jdbc;
        this.limit = settings.limits().unfinishedJobs();
    }

    /**
     * Checks that the owner may have one more. Another submission of the same owner waits for the end of this
     * transaction, so that both are counted.
     *
     * @throws QuotaExceededException if the maximum is reached
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
