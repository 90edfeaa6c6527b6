package dev.likeness.app.notification;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A connection of the pool that listens on all channels. It never returns to the pool, because it would listen on. */
final class ListeningConnection implements AutoCloseable {

    /** How long a notification may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

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
        try (Statement statement = open.connection.createStatement()) {
            for (Channel channel : Channel.values()) {
                statement.execute("listen " + channel.identifier());
            }
            statement.execute("listen " + open.own);
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
     * @param deliver receives channel and payload of notifications that arrive meanwhile
     */
    boolean isAlive(BiConsumer<String, String> deliver) throws SQLException {
        try (Connection other = pool.getConnection();
                PreparedStatement notify = other.prepareStatement("select pg_notify(?, '')")) {
            notify.setString(1, own);
            notify.execute();
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean arrived = false;
        for (long left = PATIENCE.toMillis(); !arrived && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            arrived = receive(left, deliver);
        }
        return arrived;
    }

    /** Waits for notifications, so long at most. */
    void receive(Duration longest, BiConsumer<String, String> deliver) throws SQLException {
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            receive(left, deliver);
        }
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
        pool.evictConnection(connection);
    }
}
