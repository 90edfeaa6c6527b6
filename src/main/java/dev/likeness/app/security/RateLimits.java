package dev.likeness.app.security;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Limits the calls and the decoded pixels of an owner per minute, counted over all API processes. */
@Component
@ConditionalOnWebApplication
public class RateLimits {

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int CLEANED = 1_000;

    private final SecuritySettings.Limits limits;
    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;

    RateLimits(SecuritySettings settings, DataSource database) {
        this.limits = settings.limits();
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("rate_bucket")
                .expiresAtColumn("expires_at")
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(PERIOD.multipliedBy(2)))
                .build();
    }

    /**
     * Counts a call of the current owner.
     *
     * @param upload whether it uploads files
     * @return how long to wait before the next try; empty if the call may be made
     */
    public Optional<Duration> take(boolean upload) {
        if (Owners.seeEverything()) {
            return Optional.empty();
        }
        String owner = Owners.present();
        return take("requests " + owner, limits.requestsPerMinute(), 1)
                .or(() -> upload ? take("uploads " + owner, limits.uploadsPerMinute(), 1) : Optional.empty());
    }

    /**
     * Counts pixels before they are decoded for the current owner. A number above the limit counts as the limit,
     * because it could never be permitted otherwise.
     *
     * @return how long to wait before the next try; empty if they may be decoded
     */
    public Optional<Duration> takePixels(long pixels) {
        long limit = limits.pixelsPerMinute();
        return Owners.seeEverything() || pixels == 0
                ? Optional.empty()
                : take("pixels " + Owners.present(), limit, Math.min(pixels, limit));
    }

    private Optional<Duration> take(String bucket, long perMinute, long amount) {
        if (perMinute == 0) {
            return Optional.empty();
        }
        // A bucket keeps its initial limit, so a changed limit uses another bucket.
        ConsumptionProbe probe = buckets.builder()
                .build(
                        perMinute + " " + bucket,
                        () -> BucketConfiguration.builder()
                                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, PERIOD))
                                .build())
                .tryConsumeAndReturnRemaining(amount);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** Deletes the buckets of owners without recent calls. */
    @Scheduled(initialDelay = 1, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void clean() {
        while (buckets.removeExpired(CLEANED) == CLEANED) {
            // There may be more.
        }
    }
}
