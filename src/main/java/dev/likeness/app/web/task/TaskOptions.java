package dev.likeness.app.web.task;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.task.TaskChanges;
import dev.likeness.app.task.WebhookEvent;
import dev.likeness.app.web.http.FormParts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request says about a task of any kind besides its settings. Null stands for what it does not say.
 *
 * @param webhook URL of the receiver
 * @param events for which the receiver is called
 */
public record TaskOptions(
        @Nullable Map<String, String> labels,
        @Nullable Integer priority,
        @Nullable String webhook,
        Set<WebhookEvent> events) {

    public static final String LABELS = "labels";
    public static final String PRIORITY = "priority";
    public static final String WEBHOOK = "webhook";
    public static final String EVENTS = "webhook_events_filter";

    /** All fields. */
    public static final Set<String> FIELDS = Set.of(LABELS, PRIORITY, WEBHOOK, EVENTS);

    /**
     * Takes the fields out of a request.
     *
     * @throws InvalidSpecException if one of them is invalid
     */
    public static TaskOptions take(ObjectNode body) {
        OptionReader reader = new OptionReader(body);
        TaskOptions options = read(reader);
        reader.end();
        return options;
    }

    /** As above, and adds what is wrong to the violations. */
    public static TaskOptions take(ObjectNode body, List<Violation> violations) {
        OptionReader reader = new OptionReader(body);
        TaskOptions options = read(reader);
        violations.addAll(reader.violations());
        return options;
    }

    private static TaskOptions read(OptionReader reader) {
        Map<String, Optional<String>> labels = reader.labels(false);
        Map<String, String> given = labels == null ? null : TaskChanges.merge(Map.of(), labels);
        Integer priority = reader.priority();
        String webhook = reader.text(WEBHOOK);
        return new TaskOptions(given, priority, webhook, reader.events(webhook != null));
    }

    /** The fields of a form as JSON: labels are an object, and events an array or several parts. */
    public static ObjectNode of(FormParts parts, JsonMapper json) {
        ObjectNode fields = json.createObjectNode();
        fields.put(WEBHOOK, parts.text(WEBHOOK));
        for (String field : List.of(LABELS, PRIORITY)) {
            String text = parts.text(field);
            if (text != null && !text.isBlank()) {
                fields.set(field, parse(text, json));
            }
        }
        List<String> events = parts.texts(EVENTS);
        if (events.size() == 1 && events.get(0).strip().startsWith("[")) {
            fields.set(EVENTS, parse(events.get(0), json));
        } else if (!events.isEmpty()) {
            events.forEach(fields.putArray(EVENTS)::add);
        }
        return fields;
    }

    /** Text that is no JSON is refused later, as a value of the wrong type. */
    private static JsonNode parse(String text, JsonMapper json) {
        try {
            return json.readTree(text);
        } catch (JacksonException e) {
            return json.getNodeFactory().stringNode(text);
        }
    }

    /** The same with labels, unless the request has some. Generated clients send an empty object in place of none. */
    public TaskOptions withLabels(Map<String, String> others) {
        return labels == null || labels.isEmpty() ? new TaskOptions(others, priority, webhook, events) : this;
    }

    /** The fields in the OpenAPI document. */
    public record Described(
            @Schema(format = "uri", nullable = true) @Nullable
            String webhook,

            List<WebhookEvent> webhookEventsFilter,

            Map<String, String> labels,

            @Schema(minimum = "-10", maximum = "10") Integer priority) {}
}
