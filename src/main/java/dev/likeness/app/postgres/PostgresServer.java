package dev.likeness.app.postgres;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** The data directory and its server process. Every method expects its caller to hold the start lock. */
final class PostgresServer {

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);

    static final String USER = "likeness";

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final int POLL_MILLIS = 100;

    private static final int DEAD_POLLS = 10;

    private static final int STARTING_POLLS = 50;

    private static final int RECOVERING_POLLS = 1_000;

    private static final long LOG_LIMIT = 10L << 20;

    private final Path directory;
    private final Path data;
    private final Path programs;
    private final PrivilegeDrop privileges;

    PostgresServer(Path directory, Path programs, PrivilegeDrop privileges) {
        this.directory = directory;
        this.data = directory.resolve("data");
        this.programs = programs;
        this.privileges = privileges;
    }

    /** Creates the data directory if it is missing. Refuses one of another major version. */
    void initialize(Path passwordFile) throws IOException {
        Path version = data.resolve("PG_VERSION");
        if (Files.exists(version)) {
            requireSameMajor(Files.readString(version).strip());
            return;
        }
        // initdb writes PG_VERSION early, so only the rename marks a complete directory.
        Path unfinished = directory.resolve("data.unfinished");
        FileSystemUtils.deleteRecursively(unfinished);
        Files.createDirectory(unfinished);
        privileges.giveAway(unfinished);
        privileges.giveAway(passwordFile);
        run(
                "initdb",
                "-D",
                unfinished.toString(),
                "-U",
                USER,
                "--encoding=UTF8",
                "--locale=C",
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile);
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void requireSameMajor(String found) throws IOException {
        String program = run("postgres", "--version").replaceAll("(?s)\\D*(\\d+).*", "$1");
        if (!found.equals(program)) {
            throw new EmbeddedPostgresException(
                    "%s has data of PostgreSQL %s, but this version of Likeness contains PostgreSQL %s"
                            .formatted(data, found, program),
                    "start the version that created it and move the data with pg_dump, choose another likeness.home, or "
                            + EmbeddedPostgresException.USE_A_SERVER);
        }
    }

    /** The port of the server that already runs on this directory. The process that started it may have ended. */
    OptionalInt running() throws IOException {
        for (int poll = 0; Files.exists(data.resolve("postmaster.pid")); poll++) {
            Optional<PostmasterFile> file = PostmasterFile.read(data);
            if (file.isPresent() && !file.get().alive()) {
                return OptionalInt.empty();
            }
            if (file.isPresent()
                    && file.get().ready()
                    && PostmasterFile.answers(file.get().port())) {
                return OptionalInt.of(file.get().port());
            }
            if (poll >= polls(file)) {
                return OptionalInt.empty();
            }
            pause();
        }
        return OptionalInt.empty();
    }

    /** The number of checks before an unresponsive server counts as dead. */
    private static int polls(Optional<PostmasterFile> file) {
        if (file.isEmpty()) {
            return STARTING_POLLS;
        }
        // A server that was ready and does not answer is dead, even if its process still exists as a zombie.
        return file.get().ready() ? DEAD_POLLS : RECOVERING_POLLS;
    }

    /** Starts the server on a port of the loopback interface, or on a free one for 0, and waits until it is ready. */
    int start(int wanted) throws IOException {
        int port = wanted == 0 ? freePort() : wanted;
        Path serverLog = data.resolve("server.log");
        if (Files.exists(serverLog) && Files.size(serverLog) > LOG_LIMIT) {
            Files.delete(serverLog);
        }
        String options = String.join(
                " ",
                "-p " + port,
                "-c listen_addresses=127.0.0.1",
                "-c unix_socket_directories=''",
                "-c max_connections=100",
                "-c shared_buffers=64MB");
        run("pg_ctl", "-D", data.toString(), "-l", serverLog.toString(), "-w", "-t", "100", "-o", options, "start");
        log.info("PostgreSQL started on port {} with its data in {}", port, data);
        return port;
    }

    void stop() throws IOException {
        run("pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "-t", "60", "stop");
        log.info("PostgreSQL stopped");
    }

    private String run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return Commands.run(TIMEOUT, privileges.wrap(command));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for PostgreSQL");
        }
    }
}
