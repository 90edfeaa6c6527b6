package dev.likeness.app.web.task;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.task.Labels;
import dev.likeness.app.task.TaskPriority;
import dev.likeness.app.task.WebhookEvent;
import dev.likeness.diffusion.wire.Wire;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes the fields that every kind of task has out of a request. Null counts as absent. */
final class OptionReader {

    private final ObjectNode body;
    private final List<Violation> violations = new ArrayList<>();

    OptionReader(ObjectNode body) {
        this.body = body;
    }

    /** The labels to set, null without any field; an empty value stands for a label to remove. */
    @Nullable
    Map<String, Optional<String>> labels(boolean removes) {
        JsonNode node = take(TaskOptions.LABELS);
        if (node == null) {
            return null;
        }
        if (!node.isObject()) {
            add(List.of(TaskOptions.LABELS), "must be an object of strings", "type_error");
            return null;
        }
        if (node.size() > Labels.MOST) {
            add(List.of(TaskOptions.LABELS), "must have at most %d labels".formatted(Labels.MOST), "too_long");
            return null;
        }
        Map<String, Optional<String>> labels = new TreeMap<>();
        node.properties()
                .forEach(it ->
                        label(it.getKey(), it.getValue(), removes).ifPresent(value -> labels.put(it.getKey(), value)));
        return labels;
    }

    private Optional<Optional<String>> label(String key, JsonNode value, boolean removes) {
        List<String> location = List.of(TaskOptions.LABELS, key);
        Optional<String> wrongKey = Labels.wrongKey(key);
        if (wrongKey.isPresent()) {
            add(location, "its key " + wrongKey.get(), "pattern_mismatch");
            return Optional.empty();
        }
        if (removes && value.isNull()) {
            return Optional.of(Optional.empty());
        }
        if (!value.isString()) {
            add(location, "must be a string", "type_error");
            return Optional.empty();
        }
        Optional<String> wrongValue = Labels.wrongValue(value.asString());
        wrongValue.ifPresent(it -> add(location, it, "pattern_mismatch"));
        return wrongValue.isPresent() ? Optional.empty() : Optional.of(Optional.of(value.asString()));
    }

    @Nullable
    Integer priority() {
        JsonNode node = take(TaskOptions.PRIORITY);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber()) {
            add(List.of(TaskOptions.PRIORITY), "must be an integer", "type_error");
            return null;
        }
        if (!node.canConvertToInt()
                || node.intValue() < TaskPriority.LOWEST
                || node.intValue() > TaskPriority.HIGHEST) {
            add(
                    List.of(TaskOptions.PRIORITY),
                    "must be from %d to %d".formatted(TaskPriority.LOWEST, TaskPriority.HIGHEST),
                    "value_error");
            return null;
        }
        return node.intValue();
    }

    @Nullable
    String text(String field) {
        JsonNode node = take(field);
        if (node == null || node.isString()) {
            return node == null ? null : node.asString();
        }
        add(List.of(field), "must be a string", "type_error");
        return null;
    }

    /** The events for which the webhook is called; the end of the task unless the request says otherwise. */
    Set<WebhookEvent> events(boolean withWebhook) {
        JsonNode node = take(TaskOptions.EVENTS);
        Set<WebhookEvent> events = EnumSet.noneOf(WebhookEvent.class);
        // Generated clients send an empty list in place of none.
        if (node == null || node.isArray() && node.isEmpty()) {
            events.add(WebhookEvent.COMPLETED);
            return events;
        }
        List<String> location = List.of(TaskOptions.EVENTS);
        if (!node.isArray()) {
            add(location, "must be a list of " + Wire.names(WebhookEvent.class), "type_error");
            return events;
        }
        for (int i = 0; i < node.size(); i++) {
            JsonNode name = node.get(i);
            WebhookEvent event = name.isString()
                    ? Wire.of(WebhookEvent.class, name.asString()).orElse(null)
                    : null;
            if (event == null) {
                add(
                        List.of(TaskOptions.EVENTS, Integer.toString(i)),
                        "must be one of " + Wire.names(WebhookEvent.class),
                        "value_error");
            } else {
                events.add(event);
            }
        }
        if (!withWebhook) {
            add(location, "needs a webhook", "value_error");
        }
        return events;
    }

    /** Refuses what nothing has taken. */
    void refuseOthers() {
        body.propertyNames().forEach(it -> add(List.of(it), "is not a known field", "extra_forbidden"));
    }

    void add(List<String> location, String message, String type) {
        violations.add(new Violation(location, message, type));
    }

    List<Violation> violations() {
        return violations;
    }

    /** @throws InvalidSpecException if anything is wrong */
    void end() {
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
    }

    @Nullable
    JsonNode take(String field) {
        JsonNode node = body.remove(field);
        return node == null || node.isNull() ? null : node;
    }
}
