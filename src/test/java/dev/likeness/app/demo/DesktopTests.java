package dev.likeness.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesktopTests {

    private static final URI PAGE = URI.create("http://localhost:8080/#/jobs/1/result");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                    Linux      | DISPLAY=:0                                   | xdg-open
                    Linux      | WAYLAND_DISPLAY=wayland-0                    | xdg-open
                    Linux      | HOME=/root                                   | none
                    Linux      | DISPLAY=                                     | none
                    Linux      | DISPLAY=:0 CI=true                           | none
                    Linux      | DISPLAY=:10 SSH_CONNECTION=10.0.0.1          | none
                    Mac OS X   | HOME=/Users/a                                | open
                    Mac OS X   | CI=1                                         | none
                    Mac OS X   | SSH_CONNECTION=10.0.0.1                      | none
                    Windows 11 | USERNAME=a                                   | rundll32
                    FreeBSD    | DISPLAY=:0                                   | xdg-open
                    """)
    void isWhereAPersonSits(String system, String environment, String program) {
        Map<String, String> variables = Arrays.stream(environment.split(" "))
                .map(it -> it.split("=", 2))
                .collect(Collectors.toMap(it -> it[0], it -> it[1]));

        List<String> opener = Desktop.of(system, variables).opener();

        assertThat(opener.isEmpty() ? null : opener.get(0)).isEqualTo(program);
    }

    @Test
    void opensThePage(@TempDir Path folder) {
        Path opened = folder.resolve("opened");

        new Desktop(List.of("sh", "-c", "printf %s \"$1\" > '" + opened + "'", "sh")).open(PAGE);

        await().until(() -> Files.exists(opened) && Files.readString(opened).equals(PAGE.toString()));
    }

    @Test
    void doesWithoutAProgram() {
        assertThatCode(() -> new Desktop(List.of("no-such-program")).open(PAGE)).doesNotThrowAnyException();
        assertThatCode(() -> new Desktop(List.of()).open(PAGE)).doesNotThrowAnyException();
    }
}
