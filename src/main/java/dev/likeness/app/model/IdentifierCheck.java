package dev.likeness.app.model;

import dev.likeness.diffusion.token.Identifiers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The check of an identifier against a model's vocabulary.
 *
 * @param tokens the tokens into which the model's tokenizer splits it
 * @param refusal why it cannot be an identifier: "must …"; null if it can
 * @param warnings why it may work badly: "is …"; may be empty
 */
public record IdentifierCheck(
        String identifier, List<String> tokens, @Nullable String refusal, List<String> warnings) {

    static IdentifierCheck of(Identifiers.Check check) {
        return new IdentifierCheck(check.identifier(), check.tokens(), check.refusal(), check.warnings());
    }
}
