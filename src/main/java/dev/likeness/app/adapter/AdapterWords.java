package dev.likeness.app.adapter;

import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.ModelIdentifiers;
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
        return Optional.ofNullable(
                identifiers.check(models.get(model), word, "").refusal());
    }

    /** Whether two words get in each other's way: where one is part of the other, a prompt does not tell them apart. */
    public static boolean collide(String one, String other) {
        return one.contains(other) || other.contains(one);
    }
}
