package dev.likeness.app.job;

import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.ModelIdentifiers;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.JobSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Checks whether the embeddings of a placeholder can start from a spec's initializer. */
@Component
class Initializers {

    private static final Set<String> NO_WORDS = Set.of("<random>", "<zero>");

    private static final Pattern BRACKETED = Pattern.compile("<[^<>\\s]+>");

    private static final List<String> LOCATION = List.of("spec", "textual_inversion", "initializer");

    private final ModelCatalogue models;
    private final ModelIdentifiers identifiers;
    private final BaseJobs baseJobs;

    Initializers(ModelCatalogue models, ModelIdentifiers identifiers, BaseJobs baseJobs) {
        this.models = models;
        this.identifiers = identifiers;
        this.baseJobs = baseJobs;
    }

    /** The class word, which is the default, may be truncated. The job's log states that. */
    Optional<Violation> check(JobSpec spec, String classWord) {
        if (!spec.usesTextualInversion()) {
            return Optional.empty();
        }
        String named = spec.textualInversion().initializer();
        if (named == null) {
            return tokens(spec, classWord).isEmpty() && !classWord.isEmpty()
                    ? refuse(List.of("class_word"), "must be text that this model's tokenizer can encode")
                    : Optional.empty();
        }
        if (NO_WORDS.contains(named)) {
            return Optional.empty();
        }
        OptionalInt learned = baseJobs.vectors(spec, named);
        List<String> tokens = tokens(spec, named);
        if (tokens.isEmpty()) {
            return refuse(LOCATION, "must be text that this model's tokenizer can encode");
        }
        if (learned.isEmpty() && tokens.size() > 1 && BRACKETED.matcher(named).find()) {
            return refuse(
                    LOCATION,
                    "must be a word, <random> or <zero>: this model reads \"%s\" as %d tokens (%s), and the base job did not learn it"
                            .formatted(named, tokens.size(), spelled(tokens)));
        }
        int count = learned.orElse(tokens.size());
        int vectors = spec.textualInversion().vectors();
        if (count > vectors) {
            String which = learned.isPresent() ? "embeddings" : "tokens (%s)".formatted(spelled(tokens));
            return refuse(
                    LOCATION,
                    "must not have more tokens than vectors (%d): \"%s\" has %d %s; set more vectors or a shorter word"
                            .formatted(vectors, named, count, which));
        }
        return Optional.empty();
    }

    private List<String> tokens(JobSpec spec, String word) {
        return identifiers.check(models.get(spec.model()), word, "").tokens();
    }

    private static String spelled(List<String> tokens) {
        return tokens.stream().map(it -> it.replace("</w>", "")).collect(Collectors.joining(", "));
    }

    private static Optional<Violation> refuse(List<String> location, String message) {
        return Optional.of(new Violation(location, message, "value_error"));
    }
}
