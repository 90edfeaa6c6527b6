package dev.likeness.app.spec;

import java.util.List;
import java.util.Map;

/**
 * Named prompts to judge weights by.
 *
 * @param id as clients name it
 * @param description one sentence to display
 * @param classWords of the subjects it is meant for; {@link #AUTO} chooses by them
 * @param kinds prompts with their placeholders, by what they ask of the model: another scene, another property, a style, a
 *     view, an accessory
 */
public record PromptList(String id, String description, List<String> classWords, Map<String, List<String>> kinds) {

    /** In place of an id: the list that knows the class word, or else {@link #OTHERWISE}. */
    public static final String AUTO = "auto";

    /** Id of the list for subjects that no list knows. */
    public static final String OTHERWISE = "object";

    /**
     * The first prompts of each kind.
     *
     * @param perKind how many; 0 for all
     */
    public List<String> prompts(int perKind) {
        return kinds.values().stream()
                .flatMap(prompts -> prompts.stream().limit(perKind == 0 ? prompts.size() : perKind))
                .toList();
    }
}
