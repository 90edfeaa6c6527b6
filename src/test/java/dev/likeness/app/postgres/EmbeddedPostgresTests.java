package dev.likeness.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTests {

    /** Shared, so that the binaries are unpacked and the data directory is made once. */
    @TempDir
    static Path directory;

    @Test
    void isDurableAndListensToThisProcessAlone() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(directory)) {
            assertThat(ask(postgres, "show fsync")).isEqualTo("on");
            assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(postgres, "show unix_socket_directories")).isEmpty();
            assertThat(ask(postgres, "select string_agg(distinct auth_method, ',') from pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
        }
    }

    @Test
    void refusesAWrongPassword() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(directory)) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guess"))
                    .withMessageContaining("password authentication failed");
        }
    }

    @Test
    void keepsItsPasswordToItsOwner() throws Exception {
        EmbeddedPostgres.open(directory).close();

        assertThat(Files.getPosixFilePermissions(directory.resolve("password")))
                .map(Enum::name)
                .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
    }

    @Test
    void keepsDataOverARestart() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(directory)) {
            run(postgres, "create table kept as select 7 as number");
        }
        assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();

        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(directory)) {
            assertThat(ask(postgres, "select number from kept")).isEqualTo("7");
        }
    }

    @Test
    void staysUntilTheLastOfTwoOpenersIsDone() throws Exception {
        EmbeddedPostgres first = EmbeddedPostgres.open(directory);
        try (EmbeddedPostgres second = EmbeddedPostgres.open(directory)) {
            assertThat(second.jdbcUrl()).isEqualTo(first.jdbcUrl());
            first.close();
            assertThat(ask(second, "select 1")).isEqualTo("1");
        }
        assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void sharesTheServerWithAnotherProcessAndOutlivesIt() throws Exception {
        try (OtherProcess other = OtherProcess.opens(directory)) {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.open(directory)) {
                assertThat(postgres.jdbcUrl()).isEqualTo(other.jdbcUrl());
            }
            // The other one is still there: closing must not stop its server.
            assertThat(PostmasterFile.answers(portOf(other.jdbcUrl()))).isTrue();

            other.kill();
            assertThat(PostmasterFile.answers(portOf(other.jdbcUrl()))).isTrue();
            try (EmbeddedPostgres adopted = EmbeddedPostgres.open(directory)) {
                assertThat(adopted.jdbcUrl()).isEqualTo(other.jdbcUrl());
                assertThat(ask(adopted, "select 1")).isEqualTo("1");
            }
        }
        assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void bringsAKilledServerBackOnTheSamePort() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(directory)) {
            run(postgres, "create table survives as select 8 as number");
            long killed =
                    PostmasterFile.read(directory.resolve("data")).orElseThrow().pid();

            assertThat(ProcessHandle.of(killed).orElseThrow().destroyForcibly()).isTrue();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(ask(postgres, "select number from survives"))
                            .isEqualTo("8"));
            assertThat(PostmasterFile.read(directory.resolve("data"))
                            .orElseThrow()
                            .pid())
                    .isNotEqualTo(killed);
        }
    }

    @Test
    void startsOverAfterAnInitdbThatWasKilled(@TempDir Path fresh) throws Exception {
        Files.createDirectories(fresh.resolve("data.unfinished"));
        Files.writeString(fresh.resolve("data.unfinished/PG_VERSION"), "18\n");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(fresh)) {
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
        }
    }

    @Nested
    class Refuses {

        @Test
        void dataOfAnotherMajorVersion() throws Exception {
            EmbeddedPostgres.open(directory).close();
            Path version = directory.resolve("data/PG_VERSION");
            String real = Files.readString(version);
            try {
                Files.writeString(version, "17\n");
                refuses(directory).withMessageContaining("has data of PostgreSQL 17");
            } finally {
                Files.writeString(version, real);
            }
            EmbeddedPostgres.open(directory).close();
        }

        @Test
        void aDirectoryThatCannotBeWritten() {
            refuses(Path.of("/proc/likeness")).withMessageContaining("cannot be written: /proc/likeness");
        }

        @Test
        void aDirectoryThatIsAFile(@TempDir Path folder) throws Exception {
            Path file = Files.createFile(folder.resolve("file"));

            refuses(file).withMessageContaining("cannot be written");
        }

        @Test
        void aPathTheServerHasNoRoomFor(@TempDir Path folder) {
            refuses(folder.resolve("deep/".repeat(200))).withMessageContaining("more than 900 characters");
        }

        @Test
        void aPathTheShellWouldExpand(@TempDir Path folder) {
            refuses(folder.resolve("$HOME")).withMessageContaining("dollar signs");
        }

        @Test
        void aPlatformWithoutBinaries() {
            String archive = PostgresBinaries.archiveName("SunOS", "sparcv9");

            assertThatExceptionOfType(EmbeddedPostgresException.class)
                    .isThrownBy(() -> PostgresBinaries.locate(archive))
                    .withMessageContaining("/postgres-sunos-sparcv9.txz");
        }

        private org.assertj.core.api.ThrowableAssertAlternative<EmbeddedPostgresException> refuses(Path path) {
            return assertThatExceptionOfType(EmbeddedPostgresException.class)
                    .isThrownBy(() -> EmbeddedPostgres.open(path).close());
        }
    }

    private static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    private static int portOf(String jdbcUrl) {
        return Integer.parseInt(jdbcUrl.replaceAll(".*:(\\d+)/.*", "$1"));
    }

    /** A JVM of its own that opens the server and keeps it until it is killed. */
    static final class OtherProcess implements AutoCloseable {

        private final Process process;
        private final String jdbcUrl;

        private OtherProcess(Process process, String jdbcUrl) {
            this.process = process;
            this.jdbcUrl = jdbcUrl;
        }

        static OtherProcess opens(Path directory) throws IOException {
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            OtherProcess.class.getName(),
                            directory.toString()))
                    .redirectError(Redirect.INHERIT)
                    .start();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (@Nullable String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("jdbc:")) {
                    return new OtherProcess(process, line);
                }
            }
            throw new IOException("the other process ended without opening the server");
        }

        String jdbcUrl() {
            return jdbcUrl;
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }

        public static void main(String[] arguments) throws Exception {
            EmbeddedPostgres postgres = EmbeddedPostgres.open(Path.of(arguments[0]));
            System.out.println(postgres.jdbcUrl());
            Thread.currentThread().join();
        }
    }
}
