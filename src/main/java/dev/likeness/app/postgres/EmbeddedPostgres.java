package dev.likeness.app.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PostgreSQL server in a directory, shared by every process that opens the same directory. The first process to
 * open it starts the server, and the last process to close it stops the server. A server that outlived its processes
 * is reused. A server that dies in use is restarted on the same port.
 */
final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    /** File locks belong to the JVM, so openers within one JVM share a counted instance. */
    private static final Map<Path, EmbeddedPostgres> OPEN = new HashMap<>();

    /** pg_ctl passes paths through a shell, and the server copies them into buffers of 1024 bytes. */
    private static final int LONGEST_PATH = 900;

    private final Path directory;
    private final SharedLocks locks;
    private final PostgresServer server;
    private final PostgresWatchdog watchdog;
    private final String password;
    private final int port;
    private int openers;

    private EmbeddedPostgres(Path directory, SharedLocks locks) throws IOException {
        this.directory = directory;
        this.locks = locks;
        Path passwordFile = PasswordFile.in(directory);
        this.password = Files.readString(passwordFile).strip();
        this.server =
                new PostgresServer(directory, PostgresBinaries.unpackInto(directory), PrivilegeDrop.to(directory));
        server.initialize(passwordFile);
        locks.join();
        this.port = startOrAdopt(0);
        this.watchdog = new PostgresWatchdog(port, this::restart);
    }

    /**
     * Opens the server of a directory, and creates the directory if necessary.
     *
     * @throws EmbeddedPostgresException if the server cannot run here
     */
    static EmbeddedPostgres open(Path directory) {
        Path real = prepare(directory);
        synchronized (OPEN) {
            @Nullable EmbeddedPostgres postgres = OPEN.get(real);
            if (postgres == null) {
                postgres = startOrJoin(real);
                OPEN.put(real, postgres);
            }
            postgres.openers++;
            return postgres;
        }
    }

    private static EmbeddedPostgres startOrJoin(Path directory) {
        SharedLocks locks = new SharedLocks(directory);
        try {
            return locks.exclusively(() -> new EmbeddedPostgres(directory, locks));
        } catch (IOException e) {
            locks.close();
            throw new EmbeddedPostgresException(
                    "PostgreSQL cannot be started in " + directory + ": " + e.getMessage(),
                    "check the server's log there, or " + EmbeddedPostgresException.USE_A_SERVER,
                    e);
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    String user() {
        return PostgresServer.USER;
    }

    String password() {
        return password;
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            if (openers == 0 || --openers > 0) {
                return;
            }
            OPEN.remove(directory);
            watchdog.close();
            try {
                locks.exclusively(this::leave);
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL in " + directory + " could not be stopped", e);
            }
        }
    }

    private boolean leave() throws IOException {
        try (locks) {
            boolean last = locks.leave();
            if (!last) {
                log.info("Other processes still use the PostgreSQL on port {}: it keeps running", port);
            } else if (PostmasterFile.answers(port)) {
                server.stop();
            }
            return last;
        }
    }

    private int startOrAdopt(int wanted) throws IOException {
        OptionalInt running = server.running();
        if (running.isPresent()) {
            log.info("Using the running PostgreSQL on port {}", running.getAsInt());
            return running.getAsInt();
        }
        return server.start(wanted);
    }

    /** One of the processes that detect the server's death restarts it; the others find it running. */
    private void restart() throws IOException {
        int found = locks.exclusively(() -> startOrAdopt(port));
        if (found != port) {
            throw new IOException("PostgreSQL restarted on port " + found + " instead of " + port);
        }
    }

    private static Path prepare(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        if (absolute.toString().length() > LONGEST_PATH || absolute.toString().matches("(?s).*[\"$`\\\\\\n].*")) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL does not support a path of more than %d characters or with quotes, dollar signs or backslashes: %s"
                            .formatted(LONGEST_PATH, absolute),
                    "choose another likeness.home, or " + EmbeddedPostgresException.USE_A_SERVER);
        }
        try {
            Files.createDirectories(absolute);
            Files.delete(Files.createTempFile(absolute, "writable", ""));
            return absolute.toRealPath();
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "the directory for the embedded PostgreSQL cannot be written: " + absolute + " (" + e + ")",
                    "make it writable, choose another likeness.home, or " + EmbeddedPostgresException.USE_A_SERVER,
                    e);
        }
    }
}
