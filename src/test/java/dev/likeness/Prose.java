package dev.likeness;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences of a file. Every other character is replaced by one that is in no sentence, and marks between the lines of a
 * sentence (of comments, quotes, concatenation) by a blank, so that offsets and lines stay those of the file.
 */
final class Prose {

    private static final char CODE = '\0';

    private static final Pattern MARKDOWN_CODE = Pattern.compile("(?ms)^```.*?^```|`[^`]*`|\\]\\([^)]*\\)|^    .*?$");

    /** Of an OpenAPI document: what is read, not what is sent. */
    private static final Pattern JSON_TEXT =
            Pattern.compile("\"(?:summary|description|title)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Keys are names. */
    private static final Pattern YAML_KEY = Pattern.compile("(?m)^\\s*(?:- )?[\\w.-]+:(?=\\s|$)");

    private static final Pattern JAVA_PROSE = Pattern.compile(
            "(?s)(?<doc>/\\*.*?\\*/)|(?<comment>//[^\n]*)|\"\"\"(?<block>.*?)\"\"\"|\"(?<string>(?:[^\"\\\\\n]|\\\\.)*)\"|'(?:[^'\\\\]|\\\\.)+'");

    private static final Pattern JAVADOC_CODE = Pattern.compile(
            "\\{@(?:code|link|linkplain|value|snippet)\\b[^}]*}|@(?:param|throws)\\s+\\S+|<pre>.*?</pre>",
            Pattern.DOTALL);

    /** In a literal of Java. */
    private static final Pattern JSON_KEY = Pattern.compile("\\\\?\"[\\w-]+\\\\?\"\\s*:");

    private static final Pattern COMMENT_MARKS = Pattern.compile("(?m)/\\*+|\\*+/|^\\s*\\*(?!/)|//");

    private Prose() {}

    static String of(String name, String text) {
        if (name.endsWith(".md")) {
            return without(MARKDOWN_CODE, text);
        }
        if (name.endsWith(".json")) {
            return json(text);
        }
        if (name.endsWith(".java")) {
            return java(text);
        }
        String comments = text.replaceAll("(?m)^(\\s*)#", "$1 ");
        return name.matches(".*\\.ya?ml") ? without(YAML_KEY, comments) : comments;
    }

    private static String json(String text) {
        StringBuilder prose = new StringBuilder(code(text));
        Matcher texts = JSON_TEXT.matcher(text);
        while (texts.find()) {
            prose.replace(texts.start(1), texts.end(1), texts.group(1).replace("\\n", "  "));
        }
        return prose.toString();
    }

    private static String java(String text) {
        StringBuilder prose = new StringBuilder();
        Matcher parts = JAVA_PROSE.matcher(text);
        int end = 0;
        while (parts.find()) {
            prose.append(between(text.substring(end, parts.start()))).append(part(parts));
            end = parts.end();
        }
        return prose.append(between(text.substring(end))).toString();
    }

    private static String part(Matcher parts) {
        String comment = parts.group("doc") != null ? parts.group("doc") : parts.group("comment");
        if (comment != null) {
            return blank(COMMENT_MARKS, without(JAVADOC_CODE, comment));
        }
        String literal = parts.group("block") != null ? parts.group("block") : parts.group("string");
        // A literal without a blank is a name, not a sentence.
        if (literal == null || !literal.strip().contains(" ")) {
            return code(parts.group());
        }
        return without(JSON_KEY, parts.group()).replace("\\n", "  ").replace('"', ' ');
    }

    /** Literals with a plus between them are one sentence, and so are comments with nothing between them. */
    private static String between(String code) {
        return code.isBlank() || code.strip().equals("+") ? code.replace('+', ' ') : code(code);
    }

    private static String without(Pattern pattern, String text) {
        return pattern.matcher(text).replaceAll(it -> Matcher.quoteReplacement(code(it.group())));
    }

    private static String blank(Pattern pattern, String text) {
        return pattern.matcher(text).replaceAll(it -> it.group().replaceAll("[^\n]", " "));
    }

    private static String code(String text) {
        return text.replaceAll("[^\n]", String.valueOf(CODE));
    }
}
