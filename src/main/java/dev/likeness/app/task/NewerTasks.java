package dev.likeness.app.task;

import dev.likeness.app.json.StoredJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Detects tasks that an API process of a newer release has accepted while workers of this release still run. A setting
 * that this release does not know may change the result, so only a newer worker may run the task. Unknown settings with
 * the value null, false, zero or empty are ignored: they stand for the behaviour before the setting existed.
 */
@Component
public class NewerTasks {

    private final TaskTypes types;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    NewerTasks(TaskTypes types, JdbcClient jdbc, JsonMapper json) {
        this.types = types;
        this.jdbc = jdbc;
        this.json = StoredJson.mapper(json)
                .rebuild()
                .disable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .build();
    }

    /** Settings of the task that this release does not know, as paths with dots; empty if the task was deleted. */
    public List<String> unknownSettings(TaskRef task) {
        TaskType type = types.of(task.kind());
        return jdbc.sql("select spec::text from %s where id = ?".formatted(type.table()))
                .param(task.id())
                .query(String.class)
                .optional()
                .map(json::readTree)
                .map(spec -> unknown(spec, type.spec()))
                .orElse(List.of());
    }

    private List<String> unknown(JsonNode spec, Class<?> type) {
        List<String> unknown = new ArrayList<>();
        try {
            collect(spec, json.valueToTree(json.treeToValue(spec, type)), "", unknown);
        } catch (DatabindException e) {
            // An unknown value, or a value of another type.
            unknown.add(e.getPathReference());
        }
        return unknown;
    }

    private static void collect(JsonNode stored, @Nullable JsonNode known, String path, List<String> unknown) {
        if (stored.isArray() && known != null && known.size() == stored.size()) {
            for (int i = 0; i < stored.size(); i++) {
                collect(stored.get(i), known.get(i), "%s[%d]".formatted(path, i), unknown);
            }
            return;
        }
        if (known == null && !stored.isObject()) {
            if (!saysNothing(stored)) {
                unknown.add(path);
            }
            return;
        }
        stored.properties().forEach(property -> {
            String name = property.getKey();
            JsonNode same = known == null ? null : known.get(name);
            collect(property.getValue(), same, path.isEmpty() ? name : path + "." + name, unknown);
        });
    }

    private static boolean saysNothing(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> true;
            case BOOLEAN -> !value.booleanValue();
            case NUMBER -> value.doubleValue() == 0;
            case STRING -> value.stringValue().isEmpty();
            default -> value.isEmpty();
        };
    }
}
