package dev.likeness.app.spec;

import dev.likeness.app.refusal.Violation;
import dev.likeness.diffusion.wire.Wire;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Binds JSON to a validated spec, and reports all invalid fields. */
@Component
public class SpecBinder {

    /** Names of rules, as far as possible those of pydantic. */
    private static final Map<String, String> RULES = Map.ofEntries(
            Map.entry("Min", "greater_than_equal"),
            Map.entry("DecimalMin", "greater_than_equal"),
            Map.entry("Max", "less_than_equal"),
            Map.entry("DecimalMax", "less_than_equal"),
            Map.entry("MultipleOf", "multiple_of"),
            Map.entry("Size", "wrong_length"),
            Map.entry("NotBlank", "blank"),
            Map.entry("Pattern", "pattern_mismatch"),
            Map.entry("PlainText", "pattern_mismatch"),
            Map.entry("SamplerName", "pattern_mismatch"),
            Map.entry("MethodName", "pattern_mismatch"),
            Map.entry("DecidingMetric", "pattern_mismatch"),
            Map.entry("PromptGrammar", "prompt_syntax"),
            Map.entry("Placeholders", "unknown_placeholder"));

    private static final String OUT_OF_RANGE = "is outside the range of this number";

    private static final Set<String> FIGURES = Set.of("value", "min", "max");

    private static final Comparator<Violation> BY_LOCATION =
            Comparator.comparing(it -> String.join(".", it.location()));

    private final JsonMapper json;
    private final Validator validator;

    SpecBinder(JsonMapper json, Validator validator) {
        this.json = json.rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .addModule(WireDeserializers.module())
                .build();
        this.validator = validator;
    }

    /** @throws InvalidSpecException with locations relative to the tree's root */
    public <T> T bind(ObjectNode tree, Class<T> type) {
        List<Violation> violations = new ArrayList<>();
        T spec;
        try {
            spec = json.readerFor(type)
                    .withAttribute(WireDeserializers.UNKNOWN_NAMES, violations)
                    .readValue(tree);
        } catch (JacksonException e) {
            violations.add(violation(e));
            throw new InvalidSpecException(violations);
        }
        violations.addAll(violations(spec));
        if (violations.isEmpty()) {
            addEndless(json.valueToTree(spec), List.of(), violations);
        }
        violations.sort(BY_LOCATION);
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return spec;
    }

    /** 1e400 is infinite, and so is the text Infinity, which the parser reads as a number. Neither can be stored as JSON. */
    private static void addEndless(JsonNode value, List<String> location, List<Violation> violations) {
        if (value.isDouble() && !Double.isFinite(value.doubleValue())) {
            violations.add(new Violation(location, OUT_OF_RANGE, "type_error"));
        }
        value.properties()
                .forEach(field -> addEndless(field.getValue(), RateRules.within(location, field.getKey()), violations));
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                addEndless(value.get(i), RateRules.within(location, Integer.toString(i)), violations);
            }
        }
    }

    /** Violations of a value's constraints, with locations relative to the value. */
    public List<Violation> violations(Object value) {
        return validator.validate(value).stream()
                .map(SpecBinder::violation)
                .sorted(BY_LOCATION)
                .toList();
    }

    /** A value as a tree with wire names. */
    public ObjectNode tree(Object value) {
        return json.valueToTree(value);
    }

    /** Overlays one tree on another, field by field. Null counts as absent, and a list replaces a list. */
    public static ObjectNode overlay(ObjectNode below, ObjectNode above) {
        ObjectNode merged = below.deepCopy();
        for (Map.Entry<String, JsonNode> field : above.properties()) {
            if (field.getValue().isNull()) {
                continue;
            }
            boolean nested = merged.get(field.getKey()) instanceof ObjectNode && field.getValue() instanceof ObjectNode;
            merged.set(
                    field.getKey(),
                    nested
                            ? overlay((ObjectNode) merged.get(field.getKey()), (ObjectNode) field.getValue())
                            : field.getValue());
        }
        return merged;
    }

    /** The fields of a tree that are not those of another one, except those that are null. */
    public static ObjectNode difference(ObjectNode tree, ObjectNode other) {
        ObjectNode difference = tree.objectNode();
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            JsonNode value = field.getValue();
            JsonNode usual = other.path(field.getKey());
            if (value instanceof ObjectNode section && usual instanceof ObjectNode usualSection) {
                ObjectNode inner = difference(section, usualSection);
                if (!inner.isEmpty()) {
                    difference.set(field.getKey(), inner);
                }
            } else if (!value.isNull() && !isSame(value, usual)) {
                difference.set(field.getKey(), value);
            }
        }
        return difference;
    }

    /** Files write 5 where a spec has 5.0. */
    private static boolean isSame(JsonNode value, JsonNode usual) {
        return value.isNumber() && usual.isNumber() ? value.doubleValue() == usual.doubleValue() : value.equals(usual);
    }

    /** Replaces fields of a tree, field by field. Null removes a field, and a list replaces a list. */
    public static ObjectNode replace(ObjectNode below, ObjectNode above) {
        ObjectNode replaced = below.deepCopy();
        for (Map.Entry<String, JsonNode> field : above.properties()) {
            if (field.getValue().isNull()) {
                replaced.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode section) {
                JsonNode present = replaced.get(field.getKey());
                replaced.set(
                        field.getKey(),
                        replace(present instanceof ObjectNode before ? before : below.objectNode(), section));
            } else {
                replaced.set(field.getKey(), field.getValue());
            }
        }
        return replaced;
    }

    private static Violation violation(JacksonException e) {
        List<String> location = e.getPath().stream().map(SpecBinder::step).toList();
        if (e instanceof UnrecognizedPropertyException) {
            return new Violation(location, "is not a known field", "extra_forbidden");
        }
        if (e instanceof InputCoercionException) {
            return new Violation(location, OUT_OF_RANGE, "type_error");
        }
        Class<?> wanted = e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : Object.class;
        return new Violation(location, "must be " + name(wanted), "type_error");
    }

    private static String step(JacksonException.Reference reference) {
        String field = reference.getPropertyName();
        return field != null ? field : Integer.toString(reference.getIndex());
    }

    private static String name(Class<?> type) {
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "an integer";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == String.class || Wire.class.isAssignableFrom(type)) {
            return "a string";
        }
        if (type == TrainingCaptions.class) {
            return "auto, subject, or a list of strings";
        }
        if (type == UUID.class) {
            return "an id";
        }
        return List.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static Violation violation(ConstraintViolation<?> violation) {
        var descriptor = violation.getConstraintDescriptor();
        Map<String, Object> attributes = descriptor.getAttributes();
        String constraint = descriptor.getAnnotation().annotationType().getSimpleName();
        String rule = RULES.getOrDefault(constraint, "value_error");
        boolean exclusive = Boolean.FALSE.equals(attributes.get("inclusive"));
        Map<String, Object> context = new TreeMap<>(attributes);
        context.keySet().retainAll(FIGURES);
        return new Violation(
                location(violation.getPropertyPath()),
                violation.getMessage(),
                exclusive ? rule.replace("_equal", "") : rule,
                context);
    }

    private static List<String> location(Path path) {
        List<String> location = new ArrayList<>();
        for (Path.Node node : path) {
            if (node.getIndex() != null) {
                location.add(node.getIndex().toString());
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                location.add(snakeCase(node.getName()));
            }
        }
        return location;
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
