package dev.likeness.diffusion.caption;

import java.util.ArrayList;
import java.util.List;

/**
 * Captions combined from lists: a class word in a style, with or without a scene. CLIP determines which of them fits a
 * picture (Radford et al. 2021, arXiv:2103.00020, section 3.1: zero-shot classification). Needs no libtorch.
 *
 * @param styles prompts that contain {@code {class}}, the ordinary one first
 * @param styleMargin how much better another style than the ordinary one must fit, in cosine: a subject's peculiarities
 *     also pull towards a style
 * @param scenes optional endings, for instance {@code on the beach}
 */
public record CaptionLists(List<String> styles, double styleMargin, List<String> scenes) {

    private static final String CLASS = "{class}";

    /** @throws IllegalArgumentException if there are no styles, or one of them lacks the class */
    public CaptionLists {
        styles = List.copyOf(styles);
        scenes = List.copyOf(scenes);
        if (styles.isEmpty() || !styles.stream().allMatch(style -> style.contains(CLASS))) {
            throw new IllegalArgumentException("there must be a style, and each must contain " + CLASS);
        }
        if (!(styleMargin >= 0)) {
            throw new IllegalArgumentException("the style margin " + styleMargin + " is less than 0");
        }
    }

    /** All captions, style by style. In each style the one without a scene comes first. */
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
     * The best caption.
     *
     * @param similarities of a picture to each of {@link #captions}, in their order, -1 to 1
     * @return index of the caption
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
