package dev.likeness.app.spec;

import dev.likeness.app.refusal.Violation;
import dev.likeness.diffusion.wire.Wire;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads constants by their exact wire names. An unknown name is recorded and reading continues, so that one answer
 * lists all wrong fields of a request.
 */
final class WireDeserializers extends Deserializers.Base {

    /** The attribute that holds the list of {@link Violation}s to add to. */
    static final String UNKNOWN_NAMES = WireDeserializers.class.getName();

    private static final int LISTED_AS_CHOICE = 4;

    static JacksonModule module() {
        return new SimpleModule("wire names") {
            @Override
            public void setupModule(SetupContext context) {
                context.addDeserializers(new WireDeserializers());
            }
        };
    }

    @Override
    public @Nullable ValueDeserializer<?> findEnumDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
        return hasDeserializerFor(config, type.getRawClass()) ? new ByName(type.getRawClass()) : null;
    }

    @Override
    public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
        return type.isEnum() && Wire.class.isAssignableFrom(type);
    }

    private static final class ByName extends ValueDeserializer<Object> {

        private final List<Wire> constants;

        ByName(Class<?> type) {
            this.constants =
                    Arrays.stream(type.getEnumConstants()).map(Wire.class::cast).toList();
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                return context.handleUnexpectedToken(constants.get(0).getClass(), parser);
            }
            String name = parser.getString();
            return constants.stream()
                    .filter(it -> it.wire().equals(name))
                    .findFirst()
                    .orElseGet(() -> unknown(parser, context));
        }

        /** Any constant stands in: the violation refuses the whole. */
        @SuppressWarnings("unchecked")
        private Wire unknown(JsonParser parser, DeserializationContext context) {
            List<String> location = Arrays.stream(parser.streamReadContext()
                            .pathAsPointer()
                            .toString()
                            .split("/"))
                    .skip(1)
                    .toList();
            ((List<Violation>) context.getAttribute(UNKNOWN_NAMES))
                    .add(new Violation(location, "must be " + choices(), "pattern_mismatch"));
            return constants.get(0);
        }

        private String choices() {
            List<String> names = constants.stream().map(Wire::wire).toList();
            if (names.size() > LISTED_AS_CHOICE) {
                return "one of " + String.join(", ", names);
            }
            return Alternatives.of(names);
        }
    }
}
