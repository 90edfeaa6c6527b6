package dev.likeness.app.metrics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tasks, workers and deliveries at one time, read from the database at once. */
final class Backlog {

    /** Several times the interval in which a worker announces itself. */
    private static final Duration LATELY = Duration.ofSeconds(30);

    private static final String QUERY = """
            select kind, coalesce(method, 'none') as method, status = 'queued' as waiting, count(*) as n,
                min(waits_since) as since, null as finding
            from task where status in ('queued', 'starting', 'processing') and completed_at is null
            group by kind, method, waiting
            union all
            select 'worker', 'none', false, count(*), null, null
            from worker where last_seen > :lately and not killed_for_memory and engine_check <> 'failed'
            union all
            select 'refusing', 'none', false, count(*), null, (array_agg(engine_summary order by started_at, id))[1]
            from worker where last_seen > :lately and not killed_for_memory and engine_check = 'failed'
            union all
            select 'webhook', 'none', true, count(*), min(since), null
            from (select created_at as since from webhook_delivery where status = 'pending'
                union all
                select occurred_at from webhook_event where body is null or body = '') as undelivered
            """;

    /** A group of tasks, workers or deliveries. */
    record Part(String kind, String method, boolean waiting) {

        static final Part WORKERS = new Part("worker", "none", false);

        static final Part REFUSING = new Part("refusing", "none", false);

        static final Part WEBHOOKS = new Part("webhook", "none", true);
    }

    /** @param finding the fault of the engine of the first worker that refuses tasks */
    private record Figures(
            Part part,
            int count,
            @Nullable Instant since,
            @Nullable String finding) {}

    private final Map<Part, Figures> parts;
    private final Instant at;

    private Backlog(List<Figures> parts, Instant at) {
        this.parts = parts.stream().collect(Collectors.toMap(Figures::part, Function.identity()));
        this.at = at;
    }

    Instant at() {
        return at;
    }

    static Backlog read(JdbcClient jdbc, Instant now) {
        Timestamp lately = Timestamp.from(now.minus(LATELY));
        return new Backlog(
                jdbc.sql(QUERY).param("lately", lately).query(Backlog::figures).list(), now);
    }

    private static Figures figures(ResultSet row, int number) throws SQLException {
        Timestamp since = row.getTimestamp("since");
        return new Figures(
                new Part(row.getString("kind"), row.getString("method"), row.getBoolean("waiting")),
                row.getInt("n"),
                since == null ? null : since.toInstant(),
                row.getString("finding"));
    }

    /**
     * One line about the workers that refuse tasks because their engines fail their self-check or cannot be checked; null if
     * there are no such workers.
     */
    @Nullable
    String refusal() {
        Figures refusing = parts.get(Part.REFUSING);
        if (refusing == null || refusing.count() == 0) {
            return null;
        }
        String finding = refusing.finding();
        return "%d of %d workers take no tasks, because their engines did not pass the self-check%s"
                .formatted(
                        refusing.count(),
                        refusing.count() + (int) count(Part.WORKERS),
                        finding == null ? "" : ": " + finding);
    }

    double count(Part part) {
        Figures figures = parts.get(part);
        return figures == null ? 0 : figures.count();
    }

    /** Age of the oldest in seconds; 0 if the group is empty. */
    double age(Part part) {
        Figures figures = parts.get(part);
        Instant since = figures == null ? null : figures.since();
        return since == null ? 0 : Math.max(0, Duration.between(since, at).toMillis() / 1000.0);
    }
}
