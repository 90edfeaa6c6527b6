package dev.likeness.app.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The desktop of the person who started this process, if there is one. Spring Boot makes the JVM headless, so a program of the
 * system opens pages.
 *
 * @param opener command that opens the page in its last argument; empty without a desktop
 */
record Desktop(List<String> opener) {

    private static final Logger log = LoggerFactory.getLogger(Desktop.class);

    static final Desktop NONE = new Desktop(List.of());

    static Desktop ofThisMachine() {
        return of(System.getProperty("os.name", ""), System.getenv());
    }

    /**
     * Continuous integration ({@code CI}), the other end of a connection, and Linux without a display have no desktop.
     *
     * @param system name of the operating system, as in {@code os.name}
     */
    static Desktop of(String system, Map<String, String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        if (anyOf(environment, "CI", "SSH_CONNECTION")) {
            return NONE;
        } else if (name.startsWith("mac")) {
            return new Desktop(List.of("open"));
        } else if (name.startsWith("windows")) {
            return new Desktop(List.of("rundll32", "url.dll,FileProtocolHandler"));
        } else if (anyOf(environment, "DISPLAY", "WAYLAND_DISPLAY")) {
            return new Desktop(List.of("xdg-open"));
        }
        return NONE;
    }

    private static boolean anyOf(Map<String, String> environment, String... names) {
        return Stream.of(names).anyMatch(it -> !environment.getOrDefault(it, "").isBlank());
    }

    /**
     * Opens a page. Without a desktop, nothing happens.
     *
     * @return whether a program has started that opens it
     */
    boolean open(URI page) {
        if (opener.isEmpty()) {
            return false;
        }
        try {
            new ProcessBuilder(Stream.concat(opener.stream(), Stream.of(page.toString()))
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) {
            log.debug("No browser was opened", e);
            return false;
        }
    }
}
