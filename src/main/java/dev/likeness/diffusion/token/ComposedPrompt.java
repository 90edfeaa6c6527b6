package dev.likeness.diffusion.token;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A prompt of one or more parts, {@code a cat :1.2 AND a dog}, whose predictions are added (Liu et al. 2022, arXiv:2206.01714), in
 * the syntax of AUTOMATIC1111's stable-diffusion-webui. A number after a colon at the end of a part is its weight; without it
 * the weight is 1. Each part has its own schedule.
 *
 * <p>Only the whole word {@code AND} outside all brackets separates parts; {@code A\ND} is text. A prompt without {@code AND} has
 * the weight 1, whatever it ends with.
 */
public final class ComposedPrompt {

    /** Most parts of a prompt, each of which takes a call of the denoiser in every step. */
    public static final int MOST_PARTS = 16;

    /** Most different texts of all parts in all steps of a prompt, whose states are kept during sampling. */
    public static final int MOST_TEXTS = 64;

    private static final Pattern AND = Pattern.compile("\\bAND\\b", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WEIGHT =
            Pattern.compile("\\s*:\\s*([+-]?(?:[0-9]+\\.?|[0-9]*\\.[0-9]+))\\s*$", Pattern.UNICODE_CHARACTER_CLASS);

    private final List<Part> parts;

    private ComposedPrompt(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * A part of a prompt.
     *
     * @param weight of its prediction in the sum; can be negative
     */
    public record Part(PromptSchedule schedule, double weight) {}

    /** Parses a prompt. Every prompt is valid. */
    public static ComposedPrompt of(String prompt) {
        List<Part> parts = new ArrayList<>();
        List<String> texts = split(prompt);
        for (String text : texts) {
            Matcher weight = WEIGHT.matcher(text);
            if (texts.size() > 1 && weight.find() && !isEscaped(text, text.indexOf(':', weight.start()))) {
                parts.add(new Part(
                        PromptSchedule.of(text.substring(0, weight.start())), Double.parseDouble(weight.group(1))));
            } else {
                parts.add(new Part(PromptSchedule.of(text), 1));
            }
        }
        return new ComposedPrompt(parts);
    }

    /** At least one. */
    public List<Part> parts() {
        return parts;
    }

    /** Whether there is one part of weight 1. */
    public boolean isPlain() {
        return parts.size() == 1 && parts.get(0).weight() == 1;
    }

    /** The words of all parts with a positive weight, in the syntax of {@link PromptSyntax}: {@link PromptSchedule#words}. */
    public String words(int steps) {
        return parts.size() == 1
                ? parts.get(0).schedule().words(steps)
                : parts.stream()
                        .filter(part -> part.weight() > 0)
                        .map(part -> part.schedule().words(steps).strip())
                        .collect(Collectors.joining(", "));
    }

    /**
     * The first probable mistake in a prompt.
     *
     * @param steps of sampling
     */
    public static Optional<PromptFault> fault(String prompt, int steps) {
        PromptBrackets brackets = new PromptBrackets(prompt);
        int from = 0;
        List<Integer> ends = separators(prompt);
        for (int at = 0; at < prompt.length(); at = brackets.after(at)) {
            int end = Math.min(brackets.after(at), prompt.length());
            Matcher inside = AND.matcher(prompt).useTransparentBounds(true).region(at, end);
            if (brackets.opens(at) && inside.find()) {
                return Optional.of(new PromptFault(
                        inside.start(),
                        "AND joins whole prompts, outside of brackets; as a word, write it in lower case or as A\\ND"));
            }
        }
        if (ends.size() >= MOST_PARTS) {
            return Optional.of(new PromptFault(
                    ends.get(MOST_PARTS - 1), "at most %d prompts can be joined with AND".formatted(MOST_PARTS)));
        }
        for (int i = 0; i <= ends.size(); i++) {
            int to = i == ends.size() ? prompt.length() : ends.get(i);
            String part = prompt.substring(from, to);
            if (!ends.isEmpty() && WEIGHT.matcher(part).replaceFirst("").isBlank()) {
                return Optional.of(new PromptFault(
                        Math.min(from, prompt.length() - 1),
                        "AND needs a prompt on both sides; as a word, write it in lower case or as A\\ND"));
            }
            Optional<PromptFault> fault = PromptSchedule.of(part).fault();
            if (fault.isPresent()) {
                return Optional.of(fault.get().after(from));
            }
            from = to + "AND".length();
        }
        return tooManyTexts(of(prompt).parts().stream().map(Part::schedule).toList(), steps);
    }

    /** The position of the first {@code AND} that separates parts. */
    public static Optional<Integer> firstAnd(String prompt) {
        return separators(prompt).stream().findFirst();
    }

    /** The first probable mistake in a prompt without {@code AND}, or in a negative prompt. */
    public static Optional<PromptFault> scheduleFault(String prompt, int steps) {
        PromptSchedule schedule = PromptSchedule.of(prompt);
        return schedule.fault().or(() -> tooManyTexts(List.of(schedule), steps));
    }

    private static Optional<PromptFault> tooManyTexts(List<PromptSchedule> schedules, int steps) {
        if (schedules.stream().noneMatch(PromptSchedule::changes)) {
            return Optional.empty();
        }
        Set<String> texts = new HashSet<>();
        for (int step = 1; step <= steps && texts.size() <= MOST_TEXTS; step++) {
            for (PromptSchedule schedule : schedules) {
                texts.add(schedule.at(step, steps));
            }
        }
        return texts.size() <= MOST_TEXTS
                ? Optional.empty()
                : Optional.of(new PromptFault(
                        0,
                        "the schedule makes more than %d different prompts of this one; use fewer options of [a|b]"
                                .formatted(MOST_TEXTS)));
    }

    private static List<String> split(String prompt) {
        List<String> texts = new ArrayList<>();
        int from = 0;
        for (int at : separators(prompt)) {
            texts.add(prompt.substring(from, at));
            from = at + "AND".length();
        }
        texts.add(prompt.substring(from));
        return texts;
    }

    /** The positions of {@code AND} outside all brackets. */
    private static List<Integer> separators(String prompt) {
        PromptBrackets brackets = new PromptBrackets(prompt);
        Matcher word = AND.matcher(prompt).useTransparentBounds(true);
        List<Integer> found = new ArrayList<>();
        for (int at = 0; at < prompt.length(); at = brackets.after(at)) {
            if (prompt.charAt(at) == 'A' && word.region(at, prompt.length()).lookingAt()) {
                found.add(at);
            }
        }
        return found;
    }

    private static boolean isEscaped(String text, int at) {
        int backslashes = 0;
        while (backslashes < at && text.charAt(at - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
