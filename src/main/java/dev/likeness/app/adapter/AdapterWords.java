package dev.likeness.app.adapter;

import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.ModelIdentifiers;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which words embeddings may stand for. */
@Component
public class AdapterWords {

    private static final int LONGEST = 64;

    private final ModelCatalogue models;
    private final ModelIdentifiers identifiers;

    AdapterWords(ModelCatalogue models, ModelIdentifiers identifiers) {
        this.models = models;
        this.identifiers = identifiers;
    }

    /** Why a word cannot be one, to be read after it: "must …"; empty if it can. */
    public Optional<String> refusal(String model, String word) {
        if (word.length() > LONGEST) {
            return Optional.of("must be at most %d characters long".formatted(LONGEST));
        }
        BaseModel base = models.get(model);
        return Optional.ofNullable(identifiers.check(base, word, "").refusal())
                .or(() -> Optional.ofNullable(identifiers.newTokenRefusal(base, List.of(word))));
    }

    /**
     * Whether two words get in each other's way: where one is part of the other as tokenizers compare them, which is in any
     * case of letters, a prompt does not tell them apart.
     */
    public static boolean collide(String one, String other) {
        String first = ModelIdentifiers.compared(one);
        String second = ModelIdentifiers.compared(other);
        return first.contains(second) || second.contains(first);
    }

    /**
     * Whether a prompt holds a word as tokenizers find it.
     *
     * @param prompt without prompt syntax
     */
    public static boolean isIn(String prompt, String word) {
        return ModelIdentifiers.compared(prompt).contains(ModelIdentifiers.compared(word));
    }
}
