package dev.likeness.app.webhook;

import dev.likeness.app.outbound.TargetUrl;
import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.page.KeysetSql;
import dev.likeness.app.security.Owners;
import dev.likeness.diffusion.wire.Wire;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of deliveries. */
@Component
class Deliveries {

    private static final String VIEW = """
            select d.*, e.job_id, e.generation_id, e.caption_task_id, e.evaluation_id, e.type,
                exists (select 1 from job_webhook w where w.job_id = e.job_id and w.url = d.url)
                    or d.url in (
                        coalesce(case when g.id is null then j.webhook end, ''),
                        coalesce(g.webhook, ''), coalesce(c.webhook, ''), coalesce(v.webhook, '')) as named
            from webhook_delivery d join webhook_event e on e.id = d.event_id
            left join generation g on g.id = e.generation_id
            left join job j on j.id = coalesce(e.job_id, g.job_id)
            left join caption_task c on c.id = e.caption_task_id
            left join subject s on s.id = c.subject_id
            left join evaluation v on v.id = e.evaluation_id
            """;

    private static final String OWN = " where (:all or coalesce(j.owner, s.owner, v.owner) = :owner)";

    private final JdbcClient jdbc;
    private final MeterRegistry meters;
    private final Clock clock;

    Deliveries(JdbcClient jdbc, MeterRegistry meters, Clock clock) {
        this.jdbc = jdbc;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Claims due deliveries, each for one process. If that process dies, its delivery is due again later. A delivery
     * that was tried before and is past its time has failed, even if no attempt was completed.
     *
     * @param patience after which a claimed delivery is due again; longer than an attempt can take
     */
    List<Claim> claim(int limit, Duration patience) {
        Instant now = clock.instant();
        endOverdue(now);
        return jdbc.sql("""
                        with due as materialized (
                            select id from webhook_delivery where status = 'pending' and next_attempt_at <= :now
                            order by next_attempt_at limit :limit for update skip locked)
                        update webhook_delivery d
                        set attempts = attempts + 1, attempted_at = :now, next_attempt_at = :later, version = version + 1
                        from webhook_event e, due
                        where e.id = d.event_id and d.id = due.id
                        returning d.id, d.url, e.body, d.retries, d.give_up_at, d.version
                        """)
                .param("now", Timestamp.from(now))
                .param("later", Timestamp.from(now.plus(patience)))
                .param("limit", limit)
                .query(Deliveries::claim)
                .list();
    }

    /** An attempt without a result timed out: its process has died. */
    private void endOverdue(Instant now) {
        jdbc.sql("""
                        update webhook_delivery
                        set status = 'failed', next_attempt_at = null, error = coalesce(error, :late), version = version + 1
                        where id in (
                            select id from webhook_delivery
                            where status = 'pending' and next_attempt_at <= :now and give_up_at <= :now and attempts > 0
                            for update skip locked)
                        returning error
                        """)
                .param("now", Timestamp.from(now))
                .param("late", DeliveryError.TIMED_OUT.wire())
                .query(String.class)
                .list()
                .forEach(error -> count(DeliveryStatus.FAILED, error));
    }

    /**
     * Stores the result of an attempt. Nothing is written after a redelivery was requested or the delivery was deleted.
     */
    void settle(Claim claim, DeliveryStatus status, Result result, @Nullable Instant next) {
        DeliveryError error = result.error();
        count(status, error == null ? "none" : error.wire());
        int written = jdbc.sql("""
                        update webhook_delivery
                        set status = :status, response_code = :code, error = :error, next_attempt_at = :next,
                            retries = retries + 1, version = version + 1
                        where id = :id and version = :version
                        """)
                .param("status", status.wire())
                .param("code", result.responseCode())
                .param("error", error == null ? null : error.wire())
                .param("next", next == null ? null : Timestamp.from(next))
                .param("id", claim.id())
                .param("version", claim.version())
                .update();
        if (written > 0 && status == DeliveryStatus.DELIVERED) {
            // The receiver accepts calls again.
            jdbc.sql("update webhook_delivery set status = 'failed' where url = ? and status = 'disabled'")
                    .param(claim.url())
                    .update();
        }
        if (written > 0 && status == DeliveryStatus.DISABLED) {
            jdbc.sql("""
                            update webhook_delivery
                            set status = 'disabled', next_attempt_at = null, version = version + 1
                            where url = ? and status = 'pending'
                            """).param(claim.url()).update();
        }
    }

    private void count(DeliveryStatus status, String error) {
        meters.counter("likeness.webhook.deliveries", "outcome", status.wire(), "error", error)
                .increment();
    }

    /**
     * Deliveries of the current owner's tasks beyond a position, in its direction.
     *
     * @param task id of the only task to list; null for all
     */
    KeysetPage<Delivery> page(@Nullable UUID task, KeysetScrollPosition from, int limit) {
        Map<String, Object> parameters =
                new HashMap<>(Map.of("all", Owners.seeEverything(), "owner", Owners.present()));
        String only = "";
        if (task != null) {
            parameters.put("task", task);
            only = " and :task in (e.job_id, e.generation_id, e.caption_task_id, e.evaluation_id)";
        }
        return new KeysetSql(jdbc, VIEW + OWN + only, parameters).page(from, limit, Deliveries::delivery);
    }

    List<Delivery> ofJob(UUID jobId) {
        return jdbc.sql(VIEW + " where e.job_id = ? order by d.created_at desc, d.id")
                .param(jobId)
                .query(Deliveries::delivery)
                .list();
    }

    /** Makes a delivery due now, in any state; empty if it does not exist. */
    Optional<Delivery> restart(UUID id, Duration giveUpAfter) {
        Instant now = clock.instant();
        int restarted = jdbc.sql("""
                        update webhook_delivery
                        set status = 'pending', retries = 0, next_attempt_at = :now, give_up_at = :end, version = version + 1
                        where id = :id and id in (select own.id from (%s) as own)
                        """.formatted(VIEW + OWN + " and d.id = :id"))
                .param("now", Timestamp.from(now))
                .param("end", Timestamp.from(now.plus(giveUpAfter)))
                .param("id", id)
                .param("all", Owners.seeEverything())
                .param("owner", Owners.present())
                .update();
        if (restarted == 0) {
            return Optional.empty();
        }
        return jdbc.sql(VIEW + " where d.id = ?")
                .param(id)
                .query(Deliveries::delivery)
                .optional();
    }

    private static Claim claim(ResultSet row, int number) throws SQLException {
        return new Claim(
                row.getObject("id", UUID.class),
                row.getString("url"),
                row.getString("body"),
                row.getInt("retries"),
                row.getTimestamp("give_up_at").toInstant(),
                row.getInt("version"));
    }

    private static Delivery delivery(ResultSet row, int number) throws SQLException {
        String error = row.getString("error");
        return new Delivery(
                row.getObject("id", UUID.class),
                EventRows.task(row),
                row.getString("type"),
                row.getBoolean("named") || Owners.seeEverything()
                        ? TargetUrl.shown(row.getString("url"))
                        : TargetUrl.origin(row.getString("url")),
                Wire.named(DeliveryStatus.class, row.getString("status")),
                new Delivery.Attempts(
                        row.getInt("attempts"),
                        row.getObject("response_code", Integer.class),
                        error == null
                                ? null
                                : Wire.of(DeliveryError.class, error).orElse(null),
                        instant(row, "attempted_at"),
                        instant(row, "next_attempt_at")),
                row.getTimestamp("created_at").toInstant());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    /**
     * A delivery that this process has claimed.
     *
     * @param retries number of earlier failed attempts
     */
    record Claim(UUID id, String url, String body, int retries, Instant giveUpAt, int version) {}

    /**
     * The result of an attempt.
     *
     * @param responseCode null without an answer
     * @param error null if it succeeded
     */
    record Result(@Nullable Integer responseCode, @Nullable DeliveryError error) {}
}
