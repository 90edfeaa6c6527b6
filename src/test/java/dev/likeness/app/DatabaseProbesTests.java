package dev.likeness.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Few classes of the tests contain SQL, so that a renamed column changes one of them. Other tests call their methods. */
class DatabaseProbesTests {

    private static final Pattern SQL = Pattern.compile("\\.sql\\(|createStatement\\(");

    /** What tests ask of the database, and change in it. */
    private static final List<String> QUESTIONS = List.of(
            "AdapterRows",
            "ClassSetRows",
            "EvaluationRows",
            "FileRows",
            "Fleet",
            "JobRows",
            "JobWatch",
            "KeyRows",
            "TestDatabase",
            "WebhookRows",
            "WorkerRows");

    /** Tests of PostgreSQL itself, of its connections, of migrations and of a query in the chart. */
    private static final List<String> OF_SQL =
            List.of("EmbeddedPostgresTests", "KeptConnections", "MigrationTests", "ScalingQueryTests");

    /** Measurements of what statements cost. */
    private static final List<String> BENCHMARKS =
            List.of("LoadRun", "QueueWork", "RealFleet", "ScalingRun", "ServerMeter", "ServiceTables");

    @Test
    void areInFewClasses() throws IOException {
        assertThat(classesWithSql())
                .containsExactlyInAnyOrderElementsOf(Stream.of(QUESTIONS, OF_SQL, BENCHMARKS)
                        .flatMap(List::stream)
                        .toList());
    }

    private static List<String> classesWithSql() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(it -> it.toString().endsWith(".java"))
                    .filter(it -> SQL.matcher(read(it)).find())
                    .map(it -> it.getFileName().toString().replace(".java", ""))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
