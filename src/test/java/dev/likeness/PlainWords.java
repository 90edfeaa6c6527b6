package dev.likeness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The expressions that the glossary avoids, each with what to write instead, and the places where a file has them. */
final class PlainWords {

    static final Path GLOSSARY = Path.of("src/docs/glossary.md");

    private static final Set<Path> QUOTING =
            Set.of(GLOSSARY, Path.of("src/test/java/dev/likeness/PlainWordsTests.java"));

    private static final String TABLE = "\n| avoid | write |\n|---|---|\n";
    private static final Pattern ROW = Pattern.compile("\\| (.+?) \\| (.+?) \\|\n");
    private static final Pattern EXPRESSION = Pattern.compile("`([^`]+)`");

    /** Folders have other files as well, such as pictures and scripts. */
    private static final Pattern PROSE =
            Pattern.compile("(?:.*\\.(?:md|ya?ml|java|json|xml|txt|tpl|html|sql|py)|Dockerfile)");

    /** Names of methods without a result, such as tests, are sentences. */
    private static final Pattern METHOD = Pattern.compile("(?m)^\\s*(?:static )?void (\\w+)\\(");

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private final Map<String, String> replacements;
    private final Pattern avoided;

    private PlainWords(Map<String, String> replacements) {
        this.replacements = replacements;
        this.avoided = Pattern.compile(
                "(?<![\\w'-])(?:"
                        + String.join(
                                "|",
                                replacements.keySet().stream()
                                        .sorted(Comparator.comparing(String::length)
                                                .reversed())
                                        .map(it -> it.replace(" ", "\\s+"))
                                        .toList())
                        + ")(?![\\w-])",
                Pattern.CASE_INSENSITIVE);
    }

    static PlainWords ofGlossary() {
        return of(read(GLOSSARY));
    }

    /**
     * Reads the table with the heading "avoid" and "write".
     *
     * @throws IllegalArgumentException without such a table, or where a row of it cannot be read
     */
    static PlainWords of(String glossary) {
        int start = glossary.indexOf(TABLE);
        if (start < 0) {
            throw new IllegalArgumentException("no table of words to avoid");
        }
        Map<String, String> replacements = new LinkedHashMap<>();
        for (String line : glossary.substring(start + TABLE.length()).split("(?<=\n)")) {
            if (!line.startsWith("|")) {
                break;
            }
            Matcher row = ROW.matcher(line);
            List<String> expressions = row.matches()
                    ? EXPRESSION
                            .matcher(row.group(1))
                            .results()
                            .map(it -> it.group(1))
                            .toList()
                    : List.of();
            if (expressions.isEmpty()) {
                throw new IllegalArgumentException("not a row of words to avoid: " + line);
            }
            expressions.forEach(it -> replacements.put(it, row.group(2)));
        }
        return new PlainWords(replacements);
    }

    /** The expressions, in the order of the table. */
    List<String> expressions() {
        return List.copyOf(replacements.keySet());
    }

    /**
     * The checked files of a root, which is a file or a folder with all below it. Those that quote the words to avoid are
     * left out.
     */
    static List<Path> files(String root) {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.filter(Files::isRegularFile)
                    .filter(it -> !QUOTING.contains(it))
                    .filter(it -> it.equals(Path.of(root))
                            || PROSE.matcher(it.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a file has of them, one line each: file:line, the expression and what to write instead. */
    List<String> in(Path file) {
        return in(file.toString(), read(file));
    }

    List<String> in(String name, String text) {
        List<String> found = new ArrayList<>();
        String prose = Prose.of(name, text);
        Matcher matcher = avoided.matcher(prose);
        while (matcher.find()) {
            found.add(finding(name, prose, matcher.start(), matcher.group()));
        }
        if (name.endsWith(".java")) {
            METHOD.matcher(text)
                    .results()
                    .forEach(method -> avoided.matcher(
                                    HUMP.matcher(method.group(1)).replaceAll(" "))
                            .results()
                            .forEach(it -> found.add(finding(name, text, method.start(1), it.group()))));
        }
        return found;
    }

    private String finding(String name, String text, int start, String found) {
        long line = text.substring(0, start).chars().filter(it -> it == '\n').count() + 1;
        String expression = found.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        return "%s:%d: avoid \"%s\", write %s".formatted(name, line, expression, replacements.get(expression));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
