package dev.likeness.app.spec;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Where the captions of a job's pictures come from. In JSON this is the list of them, beside a word for who has them; what
 * was written before there was a place for the word has it in place of the list.
 *
 * @param texts those that are given, one a picture; empty for none
 */
@JsonDeserialize(using = TrainingCaptions.Reader.class)
public record TrainingCaptions(Source source, List<String> texts) {

    private static final Map<String, TrainingCaptions> WORDS =
            Map.of(Source.AUTO.word(), auto(), Source.SUBJECT.word(), new TrainingCaptions(Source.SUBJECT, List.of()));

    /** The words there are, as a pattern. */
    static final String PATTERN = "^(given|auto|subject)$";

    /** Who has them. */
    public enum Source {
        /** The request. */
        GIVEN,
        /** The worker, which proposes them. */
        AUTO,
        /** The subject. */
        SUBJECT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** To be proposed. */
    public static TrainingCaptions auto() {
        return new TrainingCaptions(Source.AUTO, List.of());
    }

    /** @param texts one a picture; empty for none */
    public static TrainingCaptions given(List<String> texts) {
        return new TrainingCaptions(Source.GIVEN, Collections.unmodifiableList(new ArrayList<>(texts)));
    }

    /** Those of a source, by its word; these, where it is not known. */
    TrainingCaptions of(String word) {
        return WORDS.getOrDefault(word, this);
    }

    @JsonValue
    List<String> json() {
        return texts;
    }

    /** Reads either form. */
    static final class Reader extends StdDeserializer<TrainingCaptions> {

        Reader() {
            super(TrainingCaptions.class);
        }

        @Override
        public TrainingCaptions deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.hasToken(JsonToken.START_ARRAY)) {
                List<@Nullable String> texts = context.readValue(
                        parser, context.getTypeFactory().constructCollectionType(List.class, String.class));
                texts.replaceAll(OneLine::of);
                return given(texts);
            }
            TrainingCaptions word = parser.hasToken(JsonToken.VALUE_STRING) ? WORDS.get(parser.getString()) : null;
            if (word == null) {
                return context.reportInputMismatch(TrainingCaptions.class, "neither a list nor a known word");
            }
            return word;
        }
    }
}
