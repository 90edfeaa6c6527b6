package dev.likeness.app.web.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Texts of problems, from {@code problems/en.yml}. */
public final class ProblemTexts {

    private static final String FILE = "problems/en.yml";

    /** Titles by problem code, details by key. */
    private static final Map<String, Map<String, String>> TEXTS = read();

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    private ProblemTexts() {}

    static Map<String, String> titles() {
        return Objects.requireNonNull(TEXTS.get("titles"));
    }

    static Map<String, String> details() {
        return Objects.requireNonNull(TEXTS.get("details"));
    }

    static String title(String code) {
        return Objects.requireNonNull(titles().get(code), code);
    }

    public static String detail(String key) {
        return detail(key, Map.of());
    }

    /** @param values of the placeholders, by name */
    public static String detail(String key, Map<String, ?> values) {
        String text = Objects.requireNonNull(details().get(key), key);
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(it -> Matcher.quoteReplacement(String.valueOf(values.get(it.group(1)))));
    }

    private static Map<String, Map<String, String>> read() {
        try (InputStream file = new ClassPathResource(FILE).getInputStream()) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }
}
