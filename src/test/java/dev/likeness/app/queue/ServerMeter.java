package dev.likeness.app.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what the embedded server has used: not what its clients have, which share the machine with it. */
final class ServerMeter {

    private final JdbcClient jdbc;
    private final ProcessHandle server;

    ServerMeter(JdbcClient jdbc, Path home) throws IOException {
        this.jdbc = jdbc;
        String pid =
                Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).get(0);
        this.server = ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    Reading read() {
        Map<Long, Duration> cpu = Stream.concat(Stream.of(server), server.children())
                .collect(Collectors.toMap(
                        ProcessHandle::pid, it -> it.info().totalCpuDuration().orElse(Duration.ZERO)));
        return jdbc.sql("""
                        select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as transactions,
                            (pg_current_wal_insert_lsn() - '0/0')::bigint as log
                        """)
                .query((row, number) -> new Reading(cpu, row.getLong("transactions"), row.getLong("log")))
                .single();
    }

    /** What each of so many operations has taken since a reading. */
    Cost since(Reading before, int operations) {
        Reading now = read();
        double cpu = now.cpu().entrySet().stream()
                .mapToDouble(it -> it.getValue()
                                .minus(before.cpu().getOrDefault(it.getKey(), Duration.ZERO))
                                .toNanos()
                        / 1e6)
                .sum();
        return new Cost(
                cpu / operations,
                (now.transactions() - before.transactions()) / (double) operations,
                (now.log() - before.log()) / (double) operations);
    }

    /**
     * A moment's figures.
     *
     * @param cpu by process
     * @param transactions that have written, so far
     * @param log bytes so far
     */
    record Reading(Map<Long, Duration> cpu, long transactions, long log) {}
}
