package dev.likeness.app.model;

import dev.likeness.diffusion.token.Identifiers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A word that may stand for a subject, held against a model's vocabulary.
 *
 * @param tokens what the model's tokenizer splits it into
 * @param refusal why it cannot be an identifier: "must …"; null if it can
 * @param warnings why it may serve badly: "is …"; may be empty
 */
public record IdentifierCheck(
        String identifier, List<String> tokens, @Nullable String refusal, List<String> warnings) {

    static IdentifierCheck of(Identifiers.Check check) {
        return new IdentifierCheck(check.identifier(), check.tokens(), check.refusal(), check.warnings());
    }
}
