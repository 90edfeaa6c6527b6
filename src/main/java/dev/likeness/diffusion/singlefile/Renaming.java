package dev.likeness.diffusion.singlefile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules that map names between naming schemes. The first rule whose pattern matches the whole name applies. */
final class Renaming {

    private final Map<Pattern, Function<MatchResult, String>> rules = new LinkedHashMap<>();

    /**
     * Adds a rule.
     *
     * @param pattern of the whole name
     * @param name the new name, with {@code $1} and so on for the pattern's groups
     */
    Renaming rule(String pattern, String name) {
        return rule(pattern, match -> {
            String filled = name;
            for (int i = 1; i <= match.groupCount(); i++) {
                filled = filled.replace("$" + i, match.group(i));
            }
            return filled;
        });
    }

    /** Adds a rule with a computed name. */
    Renaming rule(String pattern, Function<MatchResult, String> name) {
        rules.put(Pattern.compile(pattern), name);
        return this;
    }

    /** The new name; empty if no rule matches. */
    Optional<String> apply(String name) {
        for (Map.Entry<Pattern, Function<MatchResult, String>> rule : rules.entrySet()) {
            Matcher matcher = rule.getKey().matcher(name);
            if (matcher.matches()) {
                return Optional.of(rule.getValue().apply(matcher));
            }
        }
        return Optional.empty();
    }
}
