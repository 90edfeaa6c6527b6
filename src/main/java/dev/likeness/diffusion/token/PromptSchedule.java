package dev.likeness.diffusion.token;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A prompt that changes during sampling, in the grammar of AUTOMATIC1111's stable-diffusion-webui: {@code [from:to:when]},
 * {@code [to:when]} and {@code [from::when]} contain {@code from} up to and including the step {@code when}, and {@code to} after
 * it. {@code when} is a step from 0, or, with a decimal point, a share of all steps, rounded down to a step. {@code [a|b|c]}
 * contains its options in turn, a different one in each step. All can be nested, and can stand in the brackets of
 * {@link PromptSyntax}, whose syntax stays in the text. A backslash escapes {@code : | ( ) [ ]}.
 *
 * <p>As there, brackets without a valid schedule are emphasis or text. {@link #fault} finds those that are probably a mistake.
 */
public final class PromptSchedule {

    private static final Pattern NUMBER = Pattern.compile(
            "\\s*([+-]?(?:[0-9]+(\\.[0-9]*)?|(\\.[0-9]+))(?:[eE][+-]?[0-9]+)?)\\s*", Pattern.UNICODE_CHARACTER_CLASS);
    private static final String SEPARATORS = ":|";
    private static final int PARTS = 3;

    private final String prompt;
    private final PromptBrackets brackets;
    private final List<Node> nodes;

    private PromptSchedule(String prompt) {
        this.prompt = prompt;
        brackets = new PromptBrackets(prompt);
        nodes = parse(0, prompt.length());
    }

    /** Parses a prompt without {@code AND}. Every prompt has a schedule. */
    public static PromptSchedule of(String prompt) {
        return new PromptSchedule(prompt);
    }

    /** A part of the prompt. */
    private interface Node {

        String at(int step, int steps);
    }

    private record Text(String text) implements Node {

        @Override
        public String at(int step, int steps) {
            return text;
        }
    }

    private record Change(List<Node> from, List<Node> to, When when) implements Node {

        @Override
        public String at(int step, int steps) {
            return join(step <= when.last(steps) ? from : to, step, steps);
        }
    }

    private record Alternation(List<List<Node>> options) implements Node {

        @Override
        public String at(int step, int steps) {
            return join(options.get((step - 1) % options.size()), step, steps);
        }
    }

    /**
     * The last step before a change.
     *
     * @param isShare whether the number is a share of all steps
     */
    private record When(double number, boolean isShare) {

        int last(int steps) {
            return (int) Math.min(steps, isShare ? number * steps : number);
        }
    }

    private static String join(List<Node> nodes, int step, int steps) {
        return nodes.stream().map(node -> node.at(step, steps)).collect(Collectors.joining());
    }

    /**
     * The prompt in a step, in the syntax of {@link PromptSyntax}.
     *
     * @param step 1 to {@code steps}
     */
    public String at(int step, int steps) {
        return join(nodes, step, steps);
    }

    /** The position of the first bracket with a schedule. */
    public Optional<Integer> firstChange() {
        for (int at = 0; at < prompt.length(); at += prompt.charAt(at) == '\\' ? 2 : 1) {
            if (prompt.charAt(at) == '['
                    && brackets.opens(at)
                    && schedule(at, brackets.end(at)).isPresent()) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** Whether the prompt may differ between steps. */
    public boolean changes() {
        return nodes.stream().anyMatch(node -> !(node instanceof Text));
    }

    /**
     * All words of the prompt, for comparisons with the image: what {@code [from:to:when]} contains in the last step, and every
     * option of {@code [a|b]}.
     */
    public String words(int steps) {
        return words(nodes, steps);
    }

    private static String words(List<Node> nodes, int steps) {
        return nodes.stream().map(node -> words(node, steps)).collect(Collectors.joining());
    }

    private static String words(Node node, int steps) {
        if (node instanceof Change change) {
            return words(steps <= change.when.last(steps) ? change.from : change.to, steps);
        }
        if (node instanceof Alternation alternation) {
            return alternation.options.stream()
                    .map(option -> words(option, steps))
                    .filter(option -> !option.isBlank())
                    .distinct()
                    .collect(Collectors.joining(" "));
        }
        return node.at(steps, steps);
    }

    /** The first probable mistake. */
    public Optional<PromptFault> fault() {
        for (int at = 0; at < prompt.length(); at += prompt.charAt(at) == '\\' ? 2 : 1) {
            if (prompt.charAt(at) == '[') {
                Optional<PromptFault> fault = brackets.opens(at) ? closedFault(at) : unclosedFault(at);
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<PromptFault> closedFault(int at) {
        int end = brackets.end(at);
        List<Integer> colons = brackets.outside(at + 1, end, ":");
        if (colons.isEmpty()) {
            return Optional.empty();
        }
        int last = colons.get(colons.size() - 1) + 1;
        Matcher number = NUMBER.matcher(prompt).region(last, end);
        boolean isNumber = number.matches();
        boolean alternates = !brackets.outside(at + 1, end, "|").isEmpty();
        if (alternates) {
            return isNumber
                    ? fault(
                            at,
                            "the bracket has | and a step; put an alternation into its own bracket, as in [[a|b]:c:0.5]")
                    : Optional.empty();
        }
        if (colons.size() >= PARTS) {
            return fault(
                    colons.get(PARTS - 1), "a schedule has at most three parts, [from:to:when]; escape a colon as \\:");
        }
        if (!isNumber) {
            return colons.size() == 1
                    ? Optional.empty()
                    : fault(last, "a schedule ends with a step or a share of the steps, as in [a:b:10] or [a:b:0.5]");
        }
        return when(number).number < 0 || when(number).isShare && when(number).number > 1
                ? fault(
                        number.start(1),
                        "%s is neither a step nor a share of the steps from 0.0 to 1.0; a weight has round brackets, as in (a:1.3)"
                                .formatted(number.group(1)))
                : Optional.empty();
    }

    /** A bracket that would be a schedule if it were closed. */
    private Optional<PromptFault> unclosedFault(int at) {
        int end = at + 1;
        while (end < prompt.length() && (brackets.opens(end) || "()[]".indexOf(prompt.charAt(end)) < 0)) {
            end = brackets.after(end);
        }
        end = Math.min(end, prompt.length());
        List<Integer> separators = brackets.outside(at + 1, end, SEPARATORS);
        if (separators.isEmpty()) {
            return Optional.empty();
        }
        int last = separators.get(separators.size() - 1) + 1;
        boolean alternates = separators.stream().anyMatch(it -> prompt.charAt(it) == '|');
        return alternates || NUMBER.matcher(prompt).region(last, end).matches()
                ? fault(at, "the bracket is not closed; close it with ], or escape it as \\[")
                : Optional.empty();
    }

    private static Optional<PromptFault> fault(int position, String reason) {
        return Optional.of(new PromptFault(position, reason));
    }

    private List<Node> parse(int from, int to) {
        List<Node> found = new ArrayList<>();
        int text = from;
        for (int at = from; at < to; at = brackets.after(at)) {
            if (brackets.opens(at)) {
                addText(found, text, at);
                addBrackets(found, at, brackets.end(at));
                text = brackets.end(at) + 1;
            }
        }
        addText(found, text, to);
        return List.copyOf(found);
    }

    private void addText(List<Node> found, int from, int to) {
        if (from < to) {
            found.add(new Text(prompt.substring(from, to)));
        }
    }

    private void addBrackets(List<Node> found, int start, int end) {
        Optional<Node> schedule = prompt.charAt(start) == '[' ? schedule(start, end) : Optional.empty();
        if (schedule.isPresent()) {
            found.add(schedule.get());
        } else {
            addText(found, start, start + 1);
            found.addAll(parse(start + 1, end));
            addText(found, end, end + 1);
        }
    }

    private Optional<Node> schedule(int start, int end) {
        List<Integer> colons = brackets.outside(start + 1, end, ":");
        List<Integer> bars = brackets.outside(start + 1, end, "|");
        if (!bars.isEmpty()) {
            return colons.isEmpty() ? Optional.of(alternation(start, end, bars)) : Optional.empty();
        }
        if (colons.isEmpty() || colons.size() >= PARTS) {
            return Optional.empty();
        }
        int last = colons.get(colons.size() - 1);
        Matcher number = NUMBER.matcher(prompt).region(last + 1, end);
        if (!number.matches()) {
            return Optional.empty();
        }
        int first = colons.get(0);
        List<Node> from = colons.size() == 1 ? List.of() : parse(start + 1, first);
        List<Node> to = colons.size() == 1 ? parse(start + 1, first) : parse(first + 1, last);
        return Optional.of(new Change(from, to, when(number)));
    }

    private Alternation alternation(int start, int end, List<Integer> bars) {
        List<List<Node>> options = new ArrayList<>();
        int from = start + 1;
        for (int bar : bars) {
            options.add(parse(from, bar));
            from = bar + 1;
        }
        options.add(parse(from, end));
        return new Alternation(options);
    }

    private static When when(Matcher number) {
        String digits = number.group(1);
        return new When(new BigDecimal(digits).doubleValue(), digits.indexOf('.') >= 0);
    }
}
