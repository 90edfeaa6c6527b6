package dev.likeness.app.adapter;

import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.ModelIdentifiers;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The rules for placeholder tokens of embeddings. */
@Component
public class AdapterWords {

    private static final int LONGEST = 64;

    private final ModelCatalogue models;
    private final ModelIdentifiers identifiers;

    AdapterWords(ModelCatalogue models, ModelIdentifiers identifiers) {
        this.models = models;
        this.identifiers = identifiers;
    }

    /** Why a word is refused: "must …", to continue a sentence; empty if it is accepted. */
    public Optional<String> refusal(String model, String word) {
        if (word.length() > LONGEST) {
            return Optional.of("must be at most %d characters long".formatted(LONGEST));
        }
        BaseModel base = models.get(model);
        return Optional.ofNullable(identifiers.check(base, word, "").refusal())
                .or(() -> Optional.ofNullable(identifiers.newTokenRefusal(base, List.of(word))));
    }

    /**
     * Whether two words conflict. If one is part of the other, without regard to upper and lower case, a prompt cannot
     * distinguish them.
     */
    public static boolean collide(String one, String other) {
        String first = ModelIdentifiers.compared(one);
        String second = ModelIdentifiers.compared(other);
        return first.contains(second) || second.contains(first);
    }

    /**
     * Whether a tokenizer finds a word in a prompt.
     *
     * @param prompt without prompt syntax
     */
    public static boolean isIn(String prompt, String word) {
        return ModelIdentifiers.compared(prompt).contains(ModelIdentifiers.compared(word));
    }
}
