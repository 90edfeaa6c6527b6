package dev.likeness.bench;

import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Figures that only the database of a service knows. */
final class ServiceTables {

    private final JdbcClient jdbc;

    ServiceTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** When a worker that has leased a job started it. */
    Instant started(String job) {
        return jdbc.sql("select started_at from job where id = ?::uuid")
                .param(job)
                .query(Timestamp.class)
                .single()
                .toInstant();
    }

    long events(String job) {
        return number("select count(*) from job_event where job_id = ?::uuid", job);
    }

    /** Bytes of a job's row. */
    long jobBytes(String job) {
        return number("select pg_column_size(j.*) from job as j where id = ?::uuid", job);
    }

    /** Bytes of a job's rows in a table that refers to jobs. */
    long bytes(String table, String job) {
        return number(
                "select coalesce(sum(pg_column_size(t.*)), 0) from %s as t where job_id = ?::uuid".formatted(table),
                job);
    }

    /** Transactions of all processes so far. The server counts those of the last second later. */
    long transactions() {
        return jdbc.sql("select xact_commit + xact_rollback from pg_stat_database where datname = current_database()")
                .query(Long.class)
                .single();
    }

    private long number(String sql, String job) {
        return jdbc.sql(sql).param(job).query(Long.class).single();
    }
}
