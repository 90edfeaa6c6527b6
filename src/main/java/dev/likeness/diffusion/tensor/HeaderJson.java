package dev.likeness.diffusion.tensor;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as the reference library's parser (Rust's serde_json) takes it, in what a safetensors file says of nothing, too: texts
 * are valid Unicode, numbers fit 64 bits of floating point, and depth is limited while length is not.
 */
final class HeaderJson {

    /** Objects and lists within one another, the header itself included. */
    private static final int MAX_DEPTH = 127;

    /** The header's own length is the limit of everything in it; names are not kept, since hardly any comes twice. */
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

    /** A JSON text that the library does not take. */
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    static JsonParser parser(String json) {
        return FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    /** The name that the parser stands at, or that of the value that it stands at. */
    static String name(JsonParser parser) throws RefusedException {
        return unicode("a name", parser.currentName());
    }

    /** The text that the parser stands at. */
    static String text(JsonParser parser) throws RefusedException {
        return unicode("a text", parser.getString());
    }

    /** Goes to the end of a value that nobody asks for, and checks what is in it. */
    static void skip(JsonParser parser) throws RefusedException {
        int depth = 0;
        do {
            JsonToken token = depth == 0 ? parser.currentToken() : parser.nextToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token.isStructStart() && parser.streamReadContext().getNestingDepth() > MAX_DEPTH) {
                throw new RefusedException(
                        "has lists and objects in one another, more than %d deep".formatted(MAX_DEPTH));
            }
            if (token == JsonToken.PROPERTY_NAME) {
                name(parser);
            } else if (token == JsonToken.VALUE_STRING) {
                text(parser);
            } else if (token.isNumeric() && Double.isInfinite(Double.parseDouble(parser.getString()))) {
                throw new RefusedException(
                        "holds the number %s, which is out of range".formatted(Excerpt.of(parser.getString())));
            }
        } while (depth > 0);
    }

    private static String unicode(String what, String text) throws RefusedException {
        for (int i = 0; i < text.length(); i++) {
            boolean paired = Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(text.charAt(i)) && !paired) {
                throw new RefusedException("has %s with half a sign, at place %d of it".formatted(what, i));
            }
            i += paired ? 1 : 0;
        }
        return text;
    }
}
