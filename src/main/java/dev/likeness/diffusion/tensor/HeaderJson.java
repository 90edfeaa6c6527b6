package dev.likeness.diffusion.tensor;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as the reference library's parser (Rust's serde_json) accepts it, also in fields that safetensors ignores: texts
 * are valid Unicode, numbers fit 64-bit floating point, and the depth is limited but not the length.
 */
final class HeaderJson {

    /** Maximum nesting of objects and lists, including the header itself. */
    private static final int MAX_DEPTH = 127;

    /**
     * No limits on lengths, because the header's own length is limited. Names are not interned, because hardly any
     * occurs twice.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private HeaderJson() {}

    /** The reference library would refuse this JSON. */
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    static JsonParser parser(String json) {
        return FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    /** The parser's current name, or the name of its current value. */
    static String name(JsonParser parser) throws RefusedException {
        return unicode("a name", parser.currentName());
    }

    /** The parser's current text. */
    static String text(JsonParser parser) throws RefusedException {
        return unicode("a text", parser.getString());
    }

    /** Skips a value that is not used, and checks its content. */
    static void skip(JsonParser parser) throws RefusedException {
        int depth = 0;
        do {
            JsonToken token = depth == 0 ? parser.currentToken() : parser.nextToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token.isStructStart() && parser.streamReadContext().getNestingDepth() > MAX_DEPTH) {
                throw new RefusedException("nests lists and objects more than %d deep".formatted(MAX_DEPTH));
            }
            if (token == JsonToken.PROPERTY_NAME) {
                name(parser);
            } else if (token == JsonToken.VALUE_STRING) {
                text(parser);
            } else if (token.isNumeric() && Double.isInfinite(Double.parseDouble(parser.getString()))) {
                throw new RefusedException(
                        "contains the number %s, which is out of range".formatted(Excerpt.of(parser.getString())));
            }
        } while (depth > 0);
    }

    private static String unicode(String what, String text) throws RefusedException {
        for (int i = 0; i < text.length(); i++) {
            boolean paired = Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(text.charAt(i)) && !paired) {
                throw new RefusedException("has %s with half a surrogate pair, at index %d".formatted(what, i));
            }
            i += paired ? 1 : 0;
        }
        return text;
    }
}
