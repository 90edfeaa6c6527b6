package dev.likeness.app.notification;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Connections that stay open when a client closes them, as a pooler's connections to the server do. */
final class KeptConnections extends AbstractDataSource implements AutoCloseable {

    private static final Set<String> ENDS = Set.of("close", "abort");

    private final DataSource server;
    private final List<Connection> kept = new CopyOnWriteArrayList<>();

    KeptConnections(DataSource server) {
        this.server = server;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = server.getConnection();
        kept.add(connection);
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (ENDS.contains(method.getName())) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    /** What they listen on, all together. */
    List<String> channels() throws SQLException {
        List<String> channels = new ArrayList<>();
        for (Connection each : kept) {
            try (Statement statement = each.createStatement();
                    ResultSet rows = statement.executeQuery("select pg_listening_channels()")) {
                while (rows.next()) {
                    channels.add(rows.getString(1));
                }
            }
        }
        return channels;
    }

    @Override
    public void close() throws SQLException {
        for (Connection each : kept) {
            each.close();
        }
    }
}
