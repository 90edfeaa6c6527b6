package dev.likeness.diffusion.training;

import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import java.util.ArrayList;
import java.util.List;

/**
 * The prompts of one kind of pictures.
 *
 * @param templates whole prompts; each picture of each step uses one at random
 * @param captions one per picture, in place of the templates; empty for none
 * @param words each is appended at random, so that it does not become part of the subject
 * @param wordProbability probability of each word, 0 to 1
 */
public record Prompts(List<String> templates, List<String> captions, List<String> words, double wordProbability) {

    public Prompts {
        templates = List.copyOf(templates);
        captions = List.copyOf(captions);
        words = List.copyOf(words);
        if (templates.isEmpty() && captions.isEmpty()) {
            throw new IllegalArgumentException("pictures need a prompt");
        }
    }

    /** One prompt for all pictures. */
    public static Prompts fixed(String prompt) {
        return new Prompts(List.of(prompt), List.of(), List.of(), 0);
    }

    /**
     * All prompts that {@link #prompt} can return.
     *
     * @param most a limit
     * @return empty if there can be more
     */
    List<String> all(int most) {
        List<String> texts = captions.isEmpty() ? templates : captions;
        List<String> certain = wordProbability == 0 ? List.of() : words;
        if (certain.size() >= Integer.SIZE - 1 || (long) texts.size() << certain.size() > most) {
            return List.of();
        }
        List<String> all = new ArrayList<>(texts);
        for (String word : certain) {
            for (String before : List.copyOf(all)) {
                all.add(before + ", " + word);
            }
        }
        return all.stream().distinct().toList();
    }

    /**
     * The prompt of one picture in one step.
     *
     * @param picture number of the picture
     * @param index of the picture's random numbers in the step
     */
    String prompt(RandomDraws draws, int picture, int step, int index) {
        String text = captions.isEmpty()
                ? templates.get(draws.below(templates.size(), Purpose.TEMPLATE, step, index))
                : captions.get(picture);
        StringBuilder prompt = new StringBuilder(text);
        for (int i = 0; i < words.size(); i++) {
            if (draws.uniform(i, Purpose.WORD, step, index) < wordProbability) {
                prompt.append(", ").append(words.get(i));
            }
        }
        return prompt.toString();
    }
}
