package dev.likeness.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@ApiTest
class MigrationTests {

    private final String database = "migration_" + UUID.randomUUID().toString().substring(0, 8);

    @Autowired
    DataSource dataSource;

    @Autowired
    JdbcClient jdbc;

    private HikariDataSource server;

    @BeforeEach
    void createDatabase() throws Exception {
        server = dataSource.unwrap(HikariDataSource.class);
        jdbc.sql("create database " + database).update();
    }

    @AfterEach
    void dropDatabase() {
        jdbc.sql("drop database if exists %s with (force)".formatted(database)).update();
        jdbc.sql("drop role if exists %s_user".formatted(database)).update();
    }

    @Test
    void bringsAnEmptyDatabaseUpToDateWithNothingElseAround() {
        try (ConfigurableApplicationContext context = migrate()) {
            assertThat(context.getBean(Flyway.class).info().pending()).isEmpty();
            assertThat(context.getBeanDefinitionNames())
                    .filteredOn(name -> Objects.requireNonNull(context.getType(name))
                            .getName()
                            .startsWith("dev.likeness"))
                    .hasSize(1);
        }
        assertThat(tables(server.getUsername(), server.getPassword())).isPositive();
    }

    @Test
    void leavesNothingToDoForAUserWhoMayOnlyReadAndWrite() {
        migrate().close();
        JdbcClient migrated = client(server.getUsername(), server.getPassword());
        String user = database + "_user";
        migrated.sql("create role %s login password 'secret'".formatted(user)).update();
        migrated.sql("grant select, insert, update, delete on all tables in schema public to " + user)
                .update();

        assertThat(Flyway.configure().dataSource(url(), user, "secret").load().migrate().migrationsExecuted)
                .isZero();
        assertThat(tables(user, "secret")).isPositive();
    }

    private ConfigurableApplicationContext migrate() {
        return LikenessApplication.start(
                "--likeness.role=migrate",
                "--spring.datasource.url=" + url(),
                "--spring.datasource.username=" + server.getUsername(),
                "--spring.datasource.password=" + server.getPassword());
    }

    private long tables(String user, String password) {
        return client(user, password)
                .sql("select count(*) from deployment")
                .query(Long.class)
                .single();
    }

    private JdbcClient client(String user, String password) {
        return JdbcClient.create(new DriverManagerDataSource(url(), user, password));
    }

    private String url() {
        return server.getJdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + database + "$1");
    }
}
