package dev.likeness.app.generation;

import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.SpecBinder;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the adapters in a request for a generation. */
@Component
class AdapterUseReader {

    private static final int MOST_ADAPTERS = 16;

    private final SpecBinder binder;

    AdapterUseReader(SpecBinder binder) {
        this.binder = binder;
    }

    /** @throws InvalidSpecException with locations from the request's root */
    List<AdapterUse> read(@Nullable JsonNode adapters) {
        ObjectNode tree = binder.tree(new Wrapper(List.of()));
        if (adapters != null && !adapters.isNull()) {
            tree.set("adapters", withDefaults(adapters));
        }
        return binder.bind(tree, Wrapper.class).adapters();
    }

    /** Puts the list into an object, so that its locations begin with its name. */
    private record Wrapper(@Size(max = MOST_ADAPTERS) List<@Valid AdapterUse> adapters) {}

    private JsonNode withDefaults(JsonNode adapters) {
        if (!(adapters instanceof ArrayNode list)) {
            return adapters;
        }
        ObjectNode defaults = binder.tree(new AdapterUse(null, null, 1, 1, null));
        ArrayNode completed = list.arrayNode();
        list.forEach(
                each -> completed.add(each instanceof ObjectNode object ? SpecBinder.overlay(defaults, object) : each));
        return completed;
    }
}
