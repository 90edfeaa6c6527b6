package dev.likeness.app.notification;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * A connection of the pool that listens on all channels. It never returns to the pool. Behind a pooler, a connection that
 * closes leaves the server's one open for other clients, so it stops listening first.
 */
final class ListeningConnection implements AutoCloseable {

    /** How long a notification may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How soon a wait for notifications notices that it is to end. */
    private static final Duration SLICE = Duration.ofMillis(200);

    /** How many times the end of listening is tried: a pooler in transaction mode may choose another server connection. */
    private static final int TRIES = 3;

    private static final Executor HERE = Runnable::run;

    /** One connection listens, one is for the check, and one is for everything else. */
    private static final int SMALLEST_POOL = 3;

    private final HikariDataSource pool;
    private final Connection connection;
    private final PGConnection server;
    private final String own = "likeness_check_" + UUID.randomUUID().toString().replace("-", "");

    private ListeningConnection(HikariDataSource pool, Connection connection) throws SQLException {
        this.pool = pool;
        this.connection = connection;
        this.server = connection.unwrap(PGConnection.class);
    }

    /** Whether the pool is large enough that listening does not hinder others. */
    static boolean leavesEnoughOf(HikariDataSource pool) {
        return pool.getMaximumPoolSize() >= SMALLEST_POOL;
    }

    static ListeningConnection open(HikariDataSource pool) throws SQLException {
        ListeningConnection open = new ListeningConnection(pool, pool.getConnection());
        // One call is one transaction, so that a pooler does not spread it over connections.
        StringJoiner listen = new StringJoiner(";");
        for (Channel channel : Channel.values()) {
            listen.add("listen " + channel.identifier());
        }
        listen.add("listen " + open.own);
        try (Statement statement = open.connection.createStatement()) {
            statement.execute(listen.toString());
            return open;
        } catch (SQLException e) {
            open.close();
            throw e;
        }
    }

    /**
     * Whether a notification that another connection sends arrives here. Behind a pooler in transaction mode, one that
     * this connection sends to itself can arrive although others do not.
     *
     * @param wanted whether the answer is still of interest
     * @param deliver receives channel and payload of notifications that arrive meanwhile
     */
    boolean isAlive(BooleanSupplier wanted, BiConsumer<String, String> deliver) throws SQLException {
        try (Connection other = pool.getConnection();
                PreparedStatement notify = other.prepareStatement("select pg_notify(?, '')")) {
            notify.setString(1, own);
            notify.execute();
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean arrived = false;
        for (long left = slice(end); !arrived && left > 0 && wanted.getAsBoolean(); left = slice(end)) {
            arrived = receive(left, deliver);
        }
        return arrived;
    }

    /** Waits for notifications, so long at most and only while it is wanted. */
    void receive(Duration longest, BooleanSupplier wanted, BiConsumer<String, String> deliver) throws SQLException {
        long end = System.nanoTime() + longest.toNanos();
        for (long left = slice(end); left > 0 && wanted.getAsBoolean(); left = slice(end)) {
            receive(left, deliver);
        }
    }

    /** Milliseconds of the next wait. */
    private static long slice(long end) {
        return Math.min(SLICE.toMillis(), (end - System.nanoTime()) / 1_000_000);
    }

    /** Waits for the next notifications. Returns whether one is this connection's own. */
    private boolean receive(long millis, BiConsumer<String, String> deliver) throws SQLException {
        boolean arrived = false;
        for (PGNotification each : server.getNotifications((int) millis)) {
            if (each.getName().equals(own)) {
                arrived = true;
            } else {
                deliver.accept(each.getName(), each.getParameter());
            }
        }
        return arrived;
    }

    /** Ends a wait of another thread. */
    void abort() {
        try {
            connection.unwrap(Connection.class).abort(Runnable::run);
        } catch (SQLException e) {
            close();
        }
    }

    @Override
    public void close() {
        try {
            unlisten();
        } catch (SQLException e) {
            // It is lost, and with it what it listened on.
        } finally {
            pool.evictConnection(connection);
        }
    }

    private void unlisten() throws SQLException {
        connection.setNetworkTimeout(HERE, Math.toIntExact(PATIENCE.toMillis()));
        boolean listened = false;
        for (int i = 0; i < TRIES && !listened; i++) {
            connection.setAutoCommit(false);
            try (PreparedStatement here =
                            connection.prepareStatement("select 1 from pg_listening_channels() it where it = ?");
                    Statement unlisten = connection.createStatement()) {
                here.setString(1, own);
                try (ResultSet row = here.executeQuery()) {
                    listened = row.next();
                }
                unlisten.execute("unlisten *");
            }
            connection.commit();
        }
    }
}
