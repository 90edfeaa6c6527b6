package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import dev.likeness.app.MovableClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class WorkerConsoleTests {

    private static final String NNPACK =
            "[W1130 05:36:01.%09d NNPACK.cpp:56] Could not initialize NNPACK! Reason: Unsupported hardware.";

    private final MovableClock clock = new MovableClock();
    private final ListAppender<ILoggingEvent> shown = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @TempDir
    Path logs;

    @BeforeEach
    void listen() {
        shown.start();
        root.addAppender(shown);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(shown);
    }

    @Test
    void anEventKeepsItsLevelItsLoggerAndItsTrace() {
        relay(event(Level.ERROR, "job 7 has failed", null), event(Level.WARN, "the store is away: {}", null));

        assertThat(shown.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getLoggerName, ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        tuple(Level.ERROR, "dev.likeness.Test", "job 7 has failed"),
                        tuple(Level.WARN, "dev.likeness.Test", "the store is away: {}"));
        assertThat(shown.list.get(0).getMDCPropertyMap()).containsEntry("traceId", "0a1b");
    }

    @Test
    void anExceptionIsOneLineThatNamesItsCause() {
        IOException root = new IOException("no space left on “device”");

        relay(event(Level.ERROR, "job 7 has failed", new IllegalStateException("not kept", new Error("why", root))));

        assertThat(messages())
                .containsExactly("job 7 has failed: java.lang.IllegalStateException: not kept; at the bottom of it: "
                        + "java.io.IOException: no space left on “device” (with its stack trace in " + file() + ")");
        assertThat(file()).doesNotExist();
    }

    @Test
    void aNativeWarningIsShownOnceAndCounted() {
        String[] lines = IntStream.range(0, 1000).mapToObj(NNPACK::formatted).toArray(String[]::new);

        relay(lines);

        assertThat(shown.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        tuple(
                                Level.WARN,
                                "Could not initialize NNPACK! Reason: Unsupported hardware. (libtorch, NNPACK.cpp:56)"),
                        tuple(
                                Level.INFO,
                                "The worker's libraries have repeated since %s: 999 times \"%s\""
                                        .formatted(clock.instant(), messages().get(0))));
        assertThat(file()).content().isEqualToIgnoringNewLines(String.join("", lines));
    }

    @Test
    void countsAreLoggedEveryHour() {
        BufferedReader console =
                new BufferedReader(new StringReader(String.join("\n", Collections.nCopies(4, NNPACK.formatted(1))))) {
                    @Override
                    public String readLine() throws IOException {
                        clock.pass(Duration.ofMinutes(40));
                        return super.readLine();
                    }
                };

        console().relay(console);

        assertThat(messages()).hasSize(3);
        assertThat(messages().get(1)).contains("1 times \"Could not initialize NNPACK!");
        assertThat(messages().get(2)).contains("2 times \"Could not initialize NNPACK!");
    }

    @Test
    void anExceptionThatTheJvmPrintsIsOneLine() {
        String[] lines = {
            "Exception in thread \"engine-1\" java.lang.IllegalStateException: no engine",
            "\tat dev.likeness.app.worker.Worker.run(Worker.java:17)",
            "\tat java.base/java.lang.Thread.run(Thread.java:840)",
            "Caused by: java.io.IOException: no file",
            "\tSuppressed: java.io.IOException: nor this",
            "\t\t... 2 more",
            "\t... 14 common frames omitted"
        };

        relay(lines);

        assertThat(messages()).containsExactly(lines[0]);
        assertThat(file()).content().isEqualTo(String.join("\n", lines) + "\n");
    }

    @Test
    void aWorkerThatPrintsTooMuchIsReadInTheFile() {
        relay(IntStream.range(0, 500)
                .mapToObj(i -> "loaded class " + "x".repeat(i))
                .toArray(String[]::new));

        assertThat(messages()).hasSize(16);
        assertThat(messages().get(15)).isEqualTo("Further output of the worker's libraries is in " + file());
        assertThat(file()).content().hasLineCount(500);
    }

    @Test
    void anEventBehindALineThatWasNotEndedIsStillOne() {
        relay(
                "half a line " + event(Level.ERROR, "whole", null),
                event(Level.WARN, "cut", null).substring(0, 30));

        assertThat(shown.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
                .startsWith(tuple(Level.WARN, "half a line "), tuple(Level.ERROR, "whole"))
                .hasSize(3);
        assertThat(file()).content().isEqualTo("half a line \n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"level\":\"INFO\",\"message\":\"without a logger\",\"context\":{}}",
                "{\"logger\":\"a\",\"message\":\"without a level\",\"context\":{}}",
                "{\"level\":\"LOUD\",\"logger\":\"a\",\"message\":\"m\",\"context\":{}}",
                "{\"level\":\"INFO\",\"logger\":\"a\",\"message\":\"m\",\"context\":[7]}"
            })
    void whatIsNoEventIsShownUnchanged(String text) {
        relay(ConsoleFormat.SEPARATOR + text, event(Level.WARN, "and more", null));

        assertThat(shown.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
                .containsExactly(tuple(Level.WARN, text), tuple(Level.WARN, "and more"));
    }

    @Test
    void aFileOfJsonStaysOne() {
        new WorkerConsole(file(), true, clock).relay(reader("say \"no\""));

        assertThat(file())
                .content()
                .isEqualToIgnoringNewLines(
                        "{\"@timestamp\":\"%s\",\"message\":\"say \\\"no\\\"\"}".formatted(clock.instant()));
    }

    private void relay(String... lines) {
        console().relay(reader(lines));
    }

    private WorkerConsole console() {
        return new WorkerConsole(file(), false, clock);
    }

    private static BufferedReader reader(String... lines) {
        return new BufferedReader(new StringReader(String.join("\n", lines)));
    }

    private Path file() {
        return logs.resolve("worker.log");
    }

    private List<String> messages() {
        return shown.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** A log line of a worker. */
    private static String event(Level level, String message, @Nullable Throwable error) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(context);
        event.setLoggerName("dev.likeness.Test");
        event.setLevel(level);
        event.setMessage(message);
        if (error != null) {
            event.setThrowableProxy(new ThrowableProxy(error));
        }
        event.setMDCPropertyMap(Map.of("traceId", "0a1b"));
        return new ConsoleFormat().format(event).stripTrailing();
    }
}
