package dev.likeness.app.spec;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.likeness.diffusion.wire.Wire;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * The source of the captions of a job's pictures. In JSON it is the list of captions with a field for the source. Specs
 * of releases before this field have the source instead of the list.
 *
 * @param texts given captions, one per picture; empty for none
 */
@JsonDeserialize(using = TrainingCaptions.Reader.class)
public record TrainingCaptions(Source source, List<String> texts) {

    /** The source of the captions. */
    public enum Source implements Wire {
        /** The request. */
        GIVEN,
        /** The worker, which proposes them. */
        AUTO,
        /** They are the subject's captions. */
        SUBJECT
    }

    /** Captions that the worker proposes. */
    public static TrainingCaptions auto() {
        return new TrainingCaptions(Source.AUTO, List.of());
    }

    /** @param texts one per picture; empty for none */
    public static TrainingCaptions given(List<String> texts) {
        return new TrainingCaptions(Source.GIVEN, Collections.unmodifiableList(new ArrayList<>(texts)));
    }

    @JsonValue
    List<String> json() {
        return texts;
    }

    /** Reads both forms. */
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
            return source(parser)
                    .filter(it -> it != Source.GIVEN)
                    .map(it -> new TrainingCaptions(it, List.of()))
                    .orElseGet(() -> context.reportInputMismatch(
                            TrainingCaptions.class, "neither a list nor the name of another source"));
        }

        private static Optional<Source> source(JsonParser parser) {
            return parser.hasToken(JsonToken.VALUE_STRING)
                    ? Wire.of(Source.class, parser.getString())
                    : Optional.empty();
        }
    }
}
