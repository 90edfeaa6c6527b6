package dev.likeness.app.generation;

import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.SpecBinder;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the weights in a request for a generation. */
@Component
class RequestedWeightsReader {

    private static final String ADAPTERS = "adapters";
    private static final String CHECKPOINT_STEP = "checkpoint_step";
    private static final String WEIGHTS = "weights";

    private final SpecBinder binder;

    RequestedWeightsReader(SpecBinder binder) {
        this.binder = binder;
    }

    /**
     * Takes the weights out of a request, and leaves the sampling settings.
     *
     * @throws InvalidSpecException with locations from the request's root
     */
    RequestedWeights take(ObjectNode request) {
        ObjectNode tree = binder.tree(RequestedWeights.DEFAULT);
        JsonNode adapters = request.remove(ADAPTERS);
        if (adapters != null && !adapters.isNull()) {
            tree.set(ADAPTERS, withDefaults(adapters));
        }
        for (String field : List.of(CHECKPOINT_STEP, WEIGHTS)) {
            JsonNode value = request.remove(field);
            if (value != null) {
                tree.set(field, value);
            }
        }
        return binder.bind(tree, RequestedWeights.class);
    }

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
