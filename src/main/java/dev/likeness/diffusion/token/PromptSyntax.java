package dev.likeness.diffusion.token;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The emphasis syntax of AUTOMATIC1111's stable-diffusion-webui: {@code (x)} has weight 1.1, {@code [x]} 1 / 1.1,
 * {@code (x:1.3)} 1.3, and nested brackets multiply. {@code \( \) \[ \] \\} are the characters themselves; a backslash
 * before any other character is dropped. The word {@code BREAK} ends a section, also inside brackets. {@link ComposedPrompt} and
 * {@link PromptSchedule} have the syntax around it.
 *
 * <p>As there, every prompt is valid: an unmatched closing bracket is text, an unmatched opening one extends to the
 * end, and round and square brackets may overlap. Only round brackets take a number.
 */
public final class PromptSyntax {

    private static final double ROUND = 1.1;
    private static final double SQUARE = 1 / 1.1;

    private static final Pattern TEXT = Pattern.compile("[^\\\\()\\[\\]:]+");
    private static final Pattern WEIGHT =
            Pattern.compile(":\\s*([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))\\s*\\)", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern BREAK = Pattern.compile("\\s*\\bBREAK\\b\\s*", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern BRACKET = Pattern.compile("[()\\[\\]\\\\|:]");
    private static final Pattern WORD =
            Pattern.compile("\\b(?:B(?=REAK\\b)|A(?=ND\\b))", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern COLON = Pattern.compile(":(?=\\s*[+-]?[.0-9])", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern JOINABLE =
            Pattern.compile("\\bBREAK\\b|\\bAND\\b|" + WEIGHT + "|:\\s*[+-]?[.0-9]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern BACKSLASHES = Pattern.compile("\\\\+$");

    private final String prompt;
    private final List<Fragment> pieces = new ArrayList<>();
    private final List<Integer> breaks = new ArrayList<>();
    private final Deque<Integer> round = new ArrayDeque<>();
    private final Deque<Integer> square = new ArrayDeque<>();
    private int at;

    private PromptSyntax(String prompt) {
        this.prompt = prompt;
    }

    /**
     * A part of a prompt with one weight.
     *
     * @param text without the syntax; never empty
     * @param weight 1 for plain text; 0 and negative numbers are possible
     */
    public record Fragment(String text, double weight) {}

    /**
     * Parses a prompt.
     *
     * @return the sections between {@code BREAK}s, at least one; a section may be empty. Adjacent fragments differ in
     *     weight
     */
    public static List<List<Fragment>> parse(String prompt) {
        return new PromptSyntax(prompt).sections();
    }

    /** A prompt's text without syntax: the concatenated fragments of all sections. */
    public static String text(String prompt) {
        return parse(prompt).stream()
                .map(section -> section.stream().map(Fragment::text).collect(Collectors.joining()))
                .filter(section -> !section.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /**
     * As {@link #parse}, but only backslashes are syntax: one section of weight 1, with brackets and {@code BREAK} as text.
     */
    static List<List<Fragment>> parseWithoutWeights(String prompt) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < prompt.length(); at++) {
            boolean escapes = prompt.charAt(at) == '\\';
            if (!escapes) {
                text.append(prompt.charAt(at));
            } else if (isEscaped(prompt, at + 1)) {
                text.append(prompt.charAt(++at));
            }
        }
        return List.of(text.isEmpty() ? List.of() : List.of(new Fragment(text.toString(), 1)));
    }

    /** Whether a backslash before this character makes it text, instead of being dropped alone. */
    private static boolean isEscaped(String prompt, int at) {
        return at < prompt.length() && "()[]\\".indexOf(prompt.charAt(at)) >= 0;
    }

    /** Escapes a text, so that a prompt contains it literally. */
    public static String escape(String text) {
        String brackets = BRACKET.matcher(text).replaceAll("\\\\$0");
        String words = WORD.matcher(brackets).replaceAll("$0\\\\");
        return COLON.matcher(words).replaceAll(":\\\\");
    }

    /**
     * A prompt with texts in place of its variables. Each text is literal: it forms no syntax, also not together with
     * adjacent text.
     *
     * @param texts by variable, for instance {@code {class}}
     */
    public static String fill(String prompt, Map<String, String> texts) {
        StringBuilder filled = new StringBuilder();
        NavigableSet<Integer> seams = new TreeSet<>();
        int from = 0;
        while (from < prompt.length()) {
            int at = from;
            Optional<Map.Entry<String, String>> placeholder = texts.entrySet().stream()
                    .filter(it -> prompt.startsWith(it.getKey(), at))
                    .findFirst();
            if (placeholder.isPresent()) {
                dropOpenEscape(filled);
                seams.add(filled.length());
                filled.append(escape(placeholder.get().getValue()));
                seams.add(filled.length());
                from += placeholder.get().getKey().length();
            } else {
                filled.append(prompt.charAt(from++));
            }
        }
        return JOINABLE.matcher(filled).replaceAll(found -> {
            Integer seam = seams.higher(found.start());
            boolean isJoined = seam != null && seam < found.end();
            String text = found.group();
            return Matcher.quoteReplacement(isJoined ? text.charAt(0) + "\\" + text.substring(1) : text);
        });
    }

    /** Drops a trailing backslash that escapes nothing: it would escape the first character of the next text. */
    private static void dropOpenEscape(StringBuilder prompt) {
        Matcher backslashes = BACKSLASHES.matcher(prompt);
        if (backslashes.find() && (backslashes.end() - backslashes.start()) % 2 == 1) {
            prompt.setLength(prompt.length() - 1);
        }
    }

    private List<List<Fragment>> sections() {
        while (at < prompt.length()) {
            readOne();
        }
        while (!round.isEmpty()) {
            scale(round, it -> it * ROUND);
        }
        while (!square.isEmpty()) {
            scale(square, it -> it * SQUARE);
        }
        List<List<Fragment>> sections = new ArrayList<>();
        int from = 0;
        for (int to : breaks) {
            sections.add(merged(pieces.subList(from, to)));
            from = to;
        }
        sections.add(merged(pieces.subList(from, pieces.size())));
        return List.copyOf(sections);
    }

    private void readOne() {
        char c = prompt.charAt(at);
        if (c == '\\') {
            readEscape();
        } else if (c == '(' || c == '[') {
            (c == '(' ? round : square).push(pieces.size());
            at++;
        } else if (c == ')' && !round.isEmpty()) {
            scale(round, it -> it * ROUND);
            at++;
        } else if (c == ']' && !square.isEmpty()) {
            scale(square, it -> it * SQUARE);
            at++;
        } else if (c != ':' || !readWeight()) {
            readText();
        }
    }

    private void readEscape() {
        boolean escapes = isEscaped(prompt, at + 1);
        if (escapes) {
            addText(prompt.substring(at + 1, at + 2));
        }
        at += escapes ? 2 : 1;
    }

    private boolean readWeight() {
        Matcher weight = WEIGHT.matcher(prompt).region(at, prompt.length());
        if (round.isEmpty() || !weight.lookingAt()) {
            return false;
        }
        double factor = Double.parseDouble(weight.group(1));
        scale(round, it -> it * factor);
        at = weight.end();
        return true;
    }

    private void readText() {
        Matcher text = TEXT.matcher(prompt).region(at, prompt.length());
        int end = text.lookingAt() ? text.end() : at + 1;
        String[] parts = BREAK.split(prompt.substring(at, end), -1);
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                breaks.add(pieces.size());
            }
            addText(parts[i]);
        }
        at = end;
    }

    private void addText(String text) {
        if (!text.isEmpty()) {
            pieces.add(new Fragment(text, 1));
        }
    }

    /** Closes the last open bracket, and scales the pieces since then. */
    private void scale(Deque<Integer> open, DoubleUnaryOperator factor) {
        pieces.subList(open.pop(), pieces.size())
                .replaceAll(it -> new Fragment(it.text(), factor.applyAsDouble(it.weight())));
    }

    /** Joins neighbours of equal weight, so that brackets do not split a word whose parts have the same weight. */
    private static List<Fragment> merged(List<Fragment> pieces) {
        List<Fragment> merged = new ArrayList<>();
        for (Fragment piece : pieces) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).weight() == piece.weight()) {
                merged.set(last, new Fragment(merged.get(last).text() + piece.text(), piece.weight()));
            } else {
                merged.add(piece);
            }
        }
        return List.copyOf(merged);
    }
}
