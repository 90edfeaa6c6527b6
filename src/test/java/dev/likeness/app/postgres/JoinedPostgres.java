package dev.likeness.app.postgres;

import java.nio.file.Path;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The embedded server of a service that runs in other processes, for measurements. */
public final class JoinedPostgres implements AutoCloseable {

    private final EmbeddedPostgres server;
    private final SingleConnectionDataSource connection;

    /** @param home folder of the service's data */
    public JoinedPostgres(Path home) {
        this.server = EmbeddedPostgres.open(home.resolve("postgres"));
        this.connection = new SingleConnectionDataSource(server.jdbcUrl(), server.user(), server.password(), true);
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(connection);
    }

    @Override
    public void close() {
        connection.destroy();
        server.close();
    }
}
