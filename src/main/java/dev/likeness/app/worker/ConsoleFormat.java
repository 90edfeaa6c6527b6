package dev.likeness.app.worker;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.structured.StructuredLogFormatter;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the console of a supervised worker: each event is one text of a JSON text sequence (RFC 7464). So the reader
 * distinguishes events from the output of native libraries, even if the two processes have different charsets.
 */
final class ConsoleFormat implements StructuredLogFormatter<ILoggingEvent> {

    /** Begins each text. */
    static final char SEPARATOR = '\u001e';

    private final JsonMapper json =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @Override
    public String format(ILoggingEvent event) {
        return SEPARATOR
                + json.writeValueAsString(new ConsoleEvent(
                        event.getLevel().toString(),
                        event.getLoggerName(),
                        event.getFormattedMessage(),
                        shortened(event.getThrowableProxy()),
                        event.getMDCPropertyMap()))
                + "\n";
    }

    private static @Nullable String shortened(@Nullable IThrowableProxy error) {
        if (error == null) {
            return null;
        }
        IThrowableProxy root = error;
        while (root.getCause() != null && root.getCause() != error) {
            root = root.getCause();
        }
        return root == error ? named(error) : named(error) + "; at the bottom of it: " + named(root);
    }

    private static String named(IThrowableProxy error) {
        return error.getMessage() == null ? error.getClassName() : error.getClassName() + ": " + error.getMessage();
    }
}
