package dev.likeness.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project's build, of one class and of one test that does not compile. */
@Tag("acceptance")
class FirstStartTests {

    private static final String RUN = "spring-boot:run";

    @TempDir
    private Path project;

    /** The result of a build: its exit status and its output. */
    private record Built(int status, String output) {}

    @BeforeEach
    void writeProject() throws IOException {
        Files.copy(Path.of("pom.xml"), project.resolve("pom.xml"));
        write(
                "main",
                "Service",
                "final class Service { private Service() {} boolean any(boolean a, boolean b, boolean c) { return a || b && c; } }");
        write("test", "ServiceTests", "class ServiceTests { this is not Java }");
        Files.createDirectories(project.resolve("src/test/resources"));
        Files.writeString(project.resolve("src/test/resources/for-tests.txt"), "");
    }

    private void write(String kind, String name, String source) throws IOException {
        Path folder = Files.createDirectories(project.resolve("src/%s/java/dev/likeness".formatted(kind)));
        Files.writeString(folder.resolve(name + ".java"), "package dev.likeness;\n" + source);
    }

    @Test
    void startsWithoutAnythingOfTests() throws IOException, InterruptedException {
        Built built = build(RUN, "-Dspring-boot.run.skip");
        assertThat(built.status()).as(built.output()).isZero();
        assertThat(project.resolve("target/classes/dev/likeness/Service.class")).exists();
        assertThat(project.resolve("target/test-classes")).doesNotExist();
        assertThat(project.resolve("target/s3proxy")).doesNotExist();
        assertThat(built.output()).doesNotContain("Service.java");
    }

    @Test
    void buildsTestsWhereverAnythingElseIsAskedFor() throws IOException, InterruptedException {
        for (List<String> goals : List.of(List.of("test-compile"), List.of("test-compile", RUN))) {
            Built built = build(Stream.concat(goals.stream(), Stream.of("-Dspring-boot.run.skip"))
                    .toArray(String[]::new));
            assertThat(built.status()).as(built.output()).isNotZero();
            assertThat(built.output()).contains("ServiceTests.java");
            assertThat(project.resolve("target/s3proxy/s3proxy.jar")).exists();
        }
    }

    @Test
    void showsWarningsToThoseWhoBuild() throws IOException, InterruptedException {
        assertThat(build("compile").output()).contains("/Service.java");
    }

    private Built build(String... arguments) throws IOException, InterruptedException {
        Path output = project.resolve("build.log");
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        "./mvnw",
                                        "-B",
                                        // The document for generating the client is missing.
                                        "-Dcodegen.skip",
                                        "-f",
                                        project.resolve("pom.xml").toString()),
                                Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status = process.waitFor();
        return new Built(status, Files.readString(output));
    }
}
