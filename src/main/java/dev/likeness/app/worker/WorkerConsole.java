package dev.likeness.app.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import tools.jackson.databind.json.JsonMapper;

/**
 * Copies the console of one supervised worker process into the log of this one. Events of the worker keep their level
 * and logger. Other output comes from native libraries and the JVM: each text is shown once and then counted, and all
 * of it goes to the worker's log file.
 */
final class WorkerConsole {

    private static final Logger log = LoggerFactory.getLogger(WorkerConsole.class);

    /** The maximum number of different texts to show; further ones are only in the file. */
    private static final int MOST_SHOWN = 15;

    /** Repetitions are reported with the first line after this pause. */
    private static final Duration COUNTS_EVERY = Duration.ofHours(1);

    /** The format of c10's lines, with or without a date: the level's letter, and the position in libtorch's source. */
    private static final Pattern C10 =
            Pattern.compile("\\[(?<level>[IWEF])(?:\\d{4} [\\d:.]+(?: +\\d+)?)? (?<place>[^\\]]+:\\d+)] (?<text>.*)");

    private static final Map<String, Level> C10_LEVELS =
            Map.of("I", Level.INFO, "W", Level.WARN, "E", Level.ERROR, "F", Level.ERROR);

    /** The rest of an exception that the JVM has printed. */
    private static final Pattern STACK_TRACE =
            Pattern.compile("\\s+at .*|\\s*Caused by: .*|\\s*Suppressed: .*|\\s*\\.\\.\\. \\d+ (more|common frames).*");

    private static final Pattern NUMBER = Pattern.compile("0x[0-9a-fA-F]+|\\d+");

    private final Path file;
    private final boolean structured;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.shared();

    /** The texts that were shown, without numbers, and how often each was repeated since the last summary. */
    private final Map<String, Repeats> shown = new LinkedHashMap<>();

    private boolean silent;
    private Instant counted;

    /**
     * @param file the worker's log file
     * @param structured whether each of its lines is JSON
     */
    WorkerConsole(Path file, boolean structured, Clock clock) {
        this.file = file;
        this.structured = structured;
        this.clock = clock;
        this.counted = clock.instant();
    }

    /** Returns when the worker has closed its console, that is, when it has ended. */
    void relay(BufferedReader console) {
        try (console) {
            console.lines().forEach(this::line);
        } catch (IOException | UncheckedIOException e) {
            log.debug("The worker's output has ended", e);
        }
        tellCounts();
    }

    private void line(String line) {
        int event = line.indexOf(ConsoleFormat.SEPARATOR);
        // A library may have printed something without ending its line.
        String text = event < 0 ? line : line.substring(0, event);
        if (!text.isBlank()) {
            keep(text);
            show(text);
        }
        if (event >= 0) {
            logged(line.substring(event + 1));
        }
        if (!clock.instant().isBefore(counted.plus(COUNTS_EVERY))) {
            tellCounts();
        }
    }

    private void logged(String text) {
        try {
            log(json.readValue(text, ConsoleEvent.class));
        } catch (RuntimeException e) {
            // A library has printed into the middle of the event, or a part is missing. Reading continues, because the
            // supervisor waits for the end of the output.
            show(text);
        }
    }

    private void log(ConsoleEvent event) {
        MDC.setContextMap(event.context());
        try {
            LoggerFactory.getLogger(event.logger())
                    .atLevel(Level.valueOf(event.level()))
                    .log(
                            event.error() == null
                                    ? event.message()
                                    : "%s: %s (with its stack trace in %s)"
                                            .formatted(event.message(), event.error(), file));
        } finally {
            MDC.clear();
        }
    }

    private void show(String line) {
        if (STACK_TRACE.matcher(line).matches()) {
            return;
        }
        Matcher c10 = C10.matcher(line);
        boolean torch = c10.matches();
        String text = torch ? c10.group("text") + " (libtorch, " + c10.group("place") + ")" : line;
        String key = NUMBER.matcher(text).replaceAll("#");
        Repeats repeats = shown.get(key);
        if (repeats != null) {
            repeats.count++;
        } else if (shown.size() < MOST_SHOWN) {
            shown.put(key, new Repeats(text));
            log.atLevel(torch ? C10_LEVELS.get(c10.group("level")) : Level.WARN).log(text);
        } else if (!silent) {
            silent = true;
            log.warn("Further output of the worker's libraries is in {}", file);
        }
    }

    private void tellCounts() {
        String counts = shown.values().stream()
                .filter(repeats -> repeats.count > 0)
                .map(repeats -> String.format(Locale.ROOT, "%,d times \"%s\"", repeats.count, repeats.text))
                .collect(Collectors.joining(", "));
        if (!counts.isEmpty()) {
            log.info("The worker's libraries have repeated since {}: {}", counted, counts);
            shown.values().forEach(repeats -> repeats.count = 0);
        }
        counted = clock.instant();
    }

    private void keep(String text) {
        String line = structured
                ? json.writeValueAsString(
                        new TreeMap<>(Map.of("@timestamp", clock.instant().toString(), "message", text)))
                : text;
        try {
            // Opened for each line: the worker rolls its file over.
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            log.debug("The worker's log file cannot be written", e);
        }
    }

    /** The repetitions of a shown text. */
    private static final class Repeats {

        private final String text;
        private int count;

        private Repeats(String text) {
            this.text = text;
        }
    }
}
