package dev.likeness.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of the demo, with a program in the place of the desktop's. */
class DemoStarterTests {

    private static final URI PAGE =
            URI.create("http://localhost:8080/#/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/result");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void showsTheFinishedJobOnADesktop() throws IOException {
        assertThat(lead(true, opener())).isTrue();

        await().until(() -> Files.exists(opened()) && Files.readString(opened()).equals(PAGE + "\n"));
        assertThat(lines()).last().isEqualTo(PAGE.toString());
    }

    @Test
    void showsNothingWhereThatIsSwitchedOff() throws IOException {
        assertThat(lead(false, opener())).isFalse();
        assertThat(lines()).last().isEqualTo(PAGE.toString());
    }

    @Test
    void endsWithTheAddressWithoutADesktop() {
        assertThat(lead(true, Desktop.NONE)).isFalse();
        assertThat(lines()).last().isEqualTo(PAGE.toString());
    }

    @Test
    void endsWithTheAddressWhereTheDesktopHasNoProgram() {
        assertThat(lead(true, new Desktop(List.of(folder.resolve("missing").toString()))))
                .isFalse();
        assertThat(lines()).last().isEqualTo(PAGE.toString());
    }

    private boolean lead(boolean openBrowser, Desktop desktop) {
        return new DemoStarter(new DemoSettings("owl", openBrowser), Clock.systemUTC())
                .lead(PAGE, new PrintStream(printed, true, StandardCharsets.UTF_8), desktop);
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** A program that writes its argument into a file. */
    private Desktop opener() throws IOException {
        Path program = Files.createFile(
                folder.resolve("xdg-open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(program, "#!/bin/sh\necho \"$1\" > '%s'\n".formatted(opened()));
        return new Desktop(List.of(program.toString()));
    }

    private Path opened() {
        return folder.resolve("opened");
    }
}
