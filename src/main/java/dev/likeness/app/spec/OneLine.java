package dev.likeness.app.spec;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads a text as one line: line breaks and tabs become blanks. */
public final class OneLine extends StdScalarDeserializer<String> {

    private static final Pattern BREAK = Pattern.compile("\\r\\n|[\\t\\n\\x0B\\f\\r\\x85\\u2028\\u2029]");

    OneLine() {
        super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
        return of(context.readValue(parser, String.class));
    }

    /** A text in one line; null stays null. */
    static @Nullable String of(@Nullable String text) {
        return text == null ? null : required(text);
    }

    /** A text in one line. */
    public static String required(String text) {
        return BREAK.matcher(text).replaceAll(" ");
    }
}
