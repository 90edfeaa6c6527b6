package dev.likeness.diffusion.method;

import java.util.List;

/** Prompts of training pictures for textual inversion, like those of Gal et al. 2022 (arXiv:2208.01618, appendix). */
final class PromptTemplates {

    private static final List<String> OBJECT = List.of(
            "a photo of a {subject}",
            "a rendering of a {subject}",
            "a cropped photo of the {subject}",
            "the photo of a {subject}",
            "a photo of a clean {subject}",
            "a photo of my {subject}",
            "a photo of the cool {subject}",
            "a close-up photo of a {subject}",
            "a bright photo of the {subject}",
            "a good photo of the {subject}",
            "a photo of one {subject}",
            "a rendition of the {subject}",
            "a photo of the nice {subject}",
            "a photo of the small {subject}",
            "a photo of the large {subject}");

    private static final List<String> STYLE = List.of(
            "a painting in the style of {subject}",
            "a rendering in the style of {subject}",
            "a cropped painting in the style of {subject}",
            "the painting in the style of {subject}",
            "a clean painting in the style of {subject}",
            "a picture in the style of {subject}",
            "a bright painting in the style of {subject}",
            "a close-up painting in the style of {subject}",
            "a rendition in the style of {subject}",
            "a small painting in the style of {subject}");

    private static final List<String> FACE = List.of(
            "a photo of {subject}",
            "a portrait of {subject}",
            "a close-up photo of {subject}",
            "a photo of the face of {subject}",
            "a bright photo of {subject}",
            "a cropped photo of {subject}",
            "a good photo of {subject}",
            "a photo of {subject} smiling");

    private PromptTemplates() {}

    /** @param own prompt without templates */
    static List<String> of(String kind, String own) {
        return switch (kind) {
            case "object" -> OBJECT;
            case "style" -> STYLE;
            case "face" -> FACE;
            default -> List.of(own);
        };
    }
}
