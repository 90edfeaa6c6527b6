package dev.likeness.diffusion.adapter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.likeness.diffusion.tensor.Excerpt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import tools.jackson.databind.JsonNode;

/**
 * Numbers for some of the layers, as peft's LoraConfig has them in {@code alpha_pattern}: the keys are regular expressions,
 * and the first KEY applies for which {@code (.*\.)?(KEY)} matches the whole name of the layer.
 *
 * <p>The expressions come from untrusted files. RE2 matches all of them in linear time, and the size that it compiles is
 * limited. It supports neither lookaround nor back references.
 */
final class LayerPatterns {

    /** Names of layers have at most a hundred characters. */
    private static final int MAX_LENGTH = 1_000;

    /**
     * Instructions of all expressions together; one of a dozen words has a hundred. Each can run for every character of all
     * layers' names.
     */
    private static final int MAX_PROGRAM = 1_000;

    /** Characters of an expression with its repetitions expanded, which bounds the size before compiling. */
    private static final int MAX_WRITTEN_OUT = 50_000;

    /** The product of nested repetition counts: RE2 expands every repetition. */
    private static final int MAX_COUNT = 1_000;

    /** A name, with an anchor at its beginning or its end or without: the expressions that programs write. A dot matches any character. */
    private static final java.util.regex.Pattern NAME =
            java.util.regex.Pattern.compile("(\\^?)((?:[\\w-]|\\.|\\\\[.-])+)\\$?");

    private static final java.util.regex.Pattern COUNT = java.util.regex.Pattern.compile("\\{(\\d*),?(\\d*)\\}");

    private final List<Rule> rules = new ArrayList<>();
    private int program;

    private record Rule(LayerTest test, JsonNode value) {}

    private interface LayerTest {
        boolean matches(String layer);
    }

    /**
     * @param setting name of the numbers in the file's header
     * @throws UnusableAdapterException if a key is no expression, or takes too long to match
     */
    LayerPatterns(String setting, JsonNode values) {
        values.properties().forEach(entry -> {
            String key = entry.getKey();
            if (key.length() > MAX_LENGTH) {
                throw unusable(setting, key, "which is longer than %d characters".formatted(MAX_LENGTH));
            }
            Matcher name = NAME.matcher(key);
            rules.add(new Rule(
                    name.matches() ? new Name(name.group(2), !name.group(1).isEmpty()) : expression(setting, key),
                    entry.getValue()));
        });
    }

    /**
     * The value for a layer.
     *
     * @param names of the layer, without the model's part
     */
    Optional<JsonNode> find(Collection<String> names) {
        return rules.stream()
                .filter(rule -> names.stream().anyMatch(rule.test()::matches))
                .findFirst()
                .map(Rule::value);
    }

    private LayerTest expression(String setting, String key) {
        double count = COUNT.matcher(key)
                .results()
                // A count of zero does not reduce the counts inside it.
                .mapToDouble(it -> Math.max(1, Math.max(number(it.group(1)), number(it.group(2)))))
                .reduce(1, (a, b) -> a * b);
        if (count > MAX_COUNT || count * key.length() > MAX_WRITTEN_OUT) {
            throw unusable(setting, key, "which would take too long");
        }
        try {
            // In Python a count can lack its lower bound.
            Pattern pattern = Pattern.compile("(.*\\.)?(" + key.replace("{,", "{0,") + ")");
            program += pattern.programSize();
            if (program > MAX_PROGRAM) {
                throw unusable(setting, key, "which would take too long together with the previous ones");
            }
            return pattern::matches;
        } catch (PatternSyntaxException e) {
            throw unusable(
                    setting,
                    key,
                    "which is not a regular expression in the syntax of RE2 (%s)".formatted(e.getDescription()));
        }
    }

    private static double number(String digits) {
        return digits.isEmpty() ? 1 : Double.parseDouble(digits);
    }

    private static UnusableAdapterException unusable(String setting, String key, String why) {
        return new UnusableAdapterException(KeyProblem.file(
                KeyProblem.Kind.WRONG_VALUE,
                "the header's %s has the key \"%s\", %s".formatted(setting, Excerpt.of(key), why)));
    }

    /** An expression whose only operator is the dot, which is fast to match for all layers of a file and all keys. */
    private static final class Name implements LayerTest {

        private static final char ANY = 0;

        private final String wanted;
        private final boolean isWhole;

        Name(String expression, boolean isWhole) {
            this.wanted = expression
                    .replaceAll("(?<!\\\\)\\.", Character.toString(ANY))
                    .replace("\\", "");
            this.isWhole = isWhole;
        }

        @Override
        public boolean matches(String layer) {
            int from = layer.length() - wanted.length();
            if (isWhole ? from != 0 : from < 0 || from > 0 && layer.charAt(from - 1) != '.') {
                return false;
            }
            for (int i = wanted.length() - 1; i >= 0; i--) {
                char c = wanted.charAt(i);
                if (c != ANY && c != layer.charAt(from + i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
