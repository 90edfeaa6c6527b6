package dev.likeness.app.web.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The client's preference to wait (RFC 7240). Unknown preferences are ignored. */
public final class Preference {

    public static final String HEADER = "Prefer";
    static final String APPLIED = "Preference-Applied";

    private static final int LONGEST = 60;

    private static final Pattern WAIT =
            Pattern.compile("wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private Preference() {}

    /**
     * The time to wait.
     *
     * @param header value of the header, or several values separated by commas; the first one applies
     */
    static Optional<Duration> wait(@Nullable String header) {
        List<String> preferences = header == null ? List.of() : Arrays.asList(header.split(",", -1));
        return preferences.stream()
                .map(it -> WAIT.matcher(it.strip()))
                .filter(Matcher::matches)
                .map(it -> Integer.parseInt(it.group(1)))
                .findFirst()
                .filter(it -> it > 0)
                .map(it -> Duration.ofSeconds(Math.min(it, LONGEST)));
    }
}
