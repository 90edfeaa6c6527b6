package dev.likeness.app.spec;

import java.util.List;
import java.util.Map;

/**
 * Named prompts for scores.
 *
 * @param id name in requests
 * @param description one sentence to display
 * @param classWords of subjects that the list suits; {@link #AUTO} selects by them
 * @param kinds prompts with placeholders, by their kind: another scene, another property, a style, a view, an accessory
 */
public record PromptList(String id, String description, List<String> classWords, Map<String, List<String>> kinds) {

    /** Instead of an id: selects the list with the class word, or else {@link #OTHERWISE}. */
    public static final String AUTO = "auto";

    /** Id of the list for class words that are in no list. */
    public static final String OTHERWISE = "object";

    /**
     * The first prompts of each kind.
     *
     * @param perKind number of prompts; 0 for all
     */
    public List<String> prompts(int perKind) {
        return kinds.values().stream()
                .flatMap(prompts -> prompts.stream().limit(perKind == 0 ? prompts.size() : perKind))
                .toList();
    }
}
