package dev.likeness.app.spec;

import dev.likeness.app.refusal.Violation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills the prompts of a spec's evaluation from the prompt list that it names. */
@Component
public class EvaluationPrompts {

    private static final String SECTION = "evaluation";
    private static final String PROMPTS = "prompts";
    private static final String LIST = "prompt_list";
    private static final String PER_KIND = "prompts_per_kind";

    private final SpecFiles files;

    EvaluationPrompts(SpecFiles files) {
        this.files = files;
    }

    public List<PromptList> lists() {
        return List.copyOf(files.promptLists().values());
    }

    /**
     * Keeps given prompts. The binder refuses values of a wrong type.
     *
     * @param spec is modified
     * @throws InvalidSpecException if the prompt list does not exist
     */
    public void fill(ObjectNode spec, String classWord) {
        if (!(spec.get(SECTION) instanceof ObjectNode section)
                || !(section.path(PROMPTS) instanceof ArrayNode given)
                || !given.isEmpty()) {
            return;
        }
        JsonNode list = section.path(LIST);
        JsonNode perKind = section.path(PER_KIND);
        if (list.isString() && perKind.isInt() && perKind.intValue() >= 0) {
            find(list.stringValue(), classWord).prompts(perKind.intValue()).forEach(given::add);
        }
    }

    private PromptList find(String id, String classWord) {
        if (id.equals(PromptList.AUTO)) {
            return files.promptLists().values().stream()
                    .filter(it -> it.classWords().contains(classWord.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseGet(() -> files.promptLists().get(PromptList.OTHERWISE));
        }
        return Optional.ofNullable(files.promptLists().get(id))
                .orElseThrow(() -> new InvalidSpecException(List.of(new Violation(
                        List.of(SECTION, LIST),
                        "there is no prompt list %s; the prompt lists are %s and %s"
                                .formatted(
                                        id,
                                        PromptList.AUTO,
                                        String.join(", ", files.promptLists().keySet())),
                        "unknown"))));
    }
}
