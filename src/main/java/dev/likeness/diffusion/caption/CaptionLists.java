package dev.likeness.diffusion.caption;

import java.util.ArrayList;
import java.util.List;

/**
 * Captions put together from lists: a class word in a style, on a scene or none. Which of them fits a picture, CLIP says
 * (Radford et al. 2021, arXiv:2103.00020, section 3.1: zero-shot classification). Needs no libtorch.
 *
 * @param styles prompts that hold {@code {class}}, the ordinary one first
 * @param styleMargin by how much another style than the ordinary one has to fit better, in cosine: what is peculiar to a
 *     subject pulls towards a style, too
 * @param scenes what may follow, for instance {@code on the beach}
 */
public record CaptionLists(List<String> styles, double styleMargin, List<String> scenes) {

    private static final String CLASS = "{class}";

    /** @throws IllegalArgumentException if there is no style, or one without the class */
    public CaptionLists {
        styles = List.copyOf(styles);
        scenes = List.copyOf(scenes);
        if (styles.isEmpty() || !styles.stream().allMatch(style -> style.contains(CLASS))) {
            throw new IllegalArgumentException("there has to be a style, and each has to hold " + CLASS);
        }
        if (!(styleMargin >= 0)) {
            throw new IllegalArgumentException("the style margin " + styleMargin + " is less than 0");
        }
    }

    /** Every caption, style by style; in each the one without a scene comes first. */
    public List<String> captions(String classWord) {
        List<String> captions = new ArrayList<>();
        for (String style : styles) {
            String caption = style.replace(CLASS, classWord);
            captions.add(caption);
            scenes.forEach(scene -> captions.add(caption + " " + scene));
        }
        return captions;
    }

    /**
     * The caption that fits best.
     *
     * @param similarities of a picture to each of {@link #captions}, in their order, -1 to 1
     * @return its index there
     */
    public int best(double[] similarities) {
        int each = 1 + scenes.size();
        if (similarities.length != styles.size() * each) {
            throw new IllegalArgumentException(
                    "%d similarities for %d captions".formatted(similarities.length, styles.size() * each));
        }
        int ordinary = best(similarities, 0, each);
        int best = each == similarities.length ? ordinary : best(similarities, each, similarities.length);
        return similarities[best] > similarities[ordinary] + styleMargin ? best : ordinary;
    }

    private static int best(double[] similarities, int from, int to) {
        int best = from;
        for (int i = from + 1; i < to; i++) {
            if (similarities[i] > similarities[best]) {
                best = i;
            }
        }
        return best;
    }
}
