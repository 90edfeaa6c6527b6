package dev.likeness.app.model;

import dev.likeness.diffusion.tensor.FileFaults;
import dev.likeness.diffusion.token.Identifiers;
import dev.likeness.diffusion.token.NormalizedText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Suggests and checks identifiers with each model's own tokenizer. A tokenizer is loaded at first use, within a second,
 * and kept.
 */
@Component
public class ModelIdentifiers implements AutoCloseable {

    private final ModelCatalogue models;
    private final Map<Path, Identifiers> loaded = new ConcurrentHashMap<>();

    ModelIdentifiers(ModelCatalogue models) {
        this.models = models;
    }

    /**
     * Suggests identifiers, the best first.
     *
     * @param classWord of the subject; may be empty
     * @param n most suggestions, at least 1
     * @return at least one
     */
    public List<IdentifierCheck> suggest(BaseModel model, String classWord, int n) {
        return of(model).suggest(classWord, n).stream().map(IdentifierCheck::of).toList();
    }

    /**
     * Words that a model knows, the commonest first, as class words.
     *
     * @param prefix of the words; may be empty
     * @param n most suggestions
     */
    public List<String> knownWords(BaseModel model, String prefix, int n) {
        return of(model).knownWords(prefix, n);
    }

    /**
     * Checks a proposed identifier.
     *
     * @param classWord of the subject; may be empty
     */
    public IdentifierCheck check(BaseModel model, String identifier, String classWord) {
        return IdentifierCheck.of(of(model).check(identifier, classWord));
    }

    /** A text in the form in which tokenizers compare it, without regard to upper and lower case. */
    public static String compared(String text) {
        return NormalizedText.of(text);
    }

    /**
     * Why a word cannot become a new token of a model: "must …", to continue a sentence; null if it can.
     *
     * @param tokens names of the tokens that would be added for the word
     */
    public @Nullable String newTokenRefusal(BaseModel model, List<String> tokens) {
        return of(model).newTokenRefusal(tokens);
    }

    private Identifiers of(BaseModel model) {
        Path home = models.documents(model.id()).orElseThrow(() -> UnknownModelException.missing(model.id()));
        return loaded.computeIfAbsent(home.resolve("tokenizer"), folder -> {
            try {
                return Identifiers.load(folder);
            } catch (IOException | IllegalArgumentException e) {
                throw new UnusableModelException(
                        model.id(), "its tokenizer cannot be read: " + FileFaults.reason(e), e);
            }
        });
    }

    @Override
    public void close() {
        loaded.values().forEach(Identifiers::close);
    }
}
