package dev.likeness.diffusion.method;

import dev.likeness.diffusion.wire.Wire;
import java.util.List;

/** Prompts of training pictures for textual inversion, like those of Gal et al. 2022 (arXiv:2208.01618, appendix). */
public enum PromptTemplates implements Wire {
    OBJECT(
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
            "a photo of the large {subject}"),
    STYLE(
            "a painting in the style of {subject}",
            "a rendering in the style of {subject}",
            "a cropped painting in the style of {subject}",
            "the painting in the style of {subject}",
            "a clean painting in the style of {subject}",
            "a picture in the style of {subject}",
            "a bright painting in the style of {subject}",
            "a close-up painting in the style of {subject}",
            "a rendition in the style of {subject}",
            "a small painting in the style of {subject}"),
    FACE(
            "a photo of {subject}",
            "a portrait of {subject}",
            "a close-up photo of {subject}",
            "a photo of the face of {subject}",
            "a bright photo of {subject}",
            "a cropped photo of {subject}",
            "a good photo of {subject}",
            "a photo of {subject} smiling"),
    /** No templates: only the instance prompt. */
    NONE;

    private final List<String> prompts;

    PromptTemplates(String... prompts) {
        this.prompts = List.of(prompts);
    }

    /** @param instancePrompt for {@link #NONE} */
    List<String> prompts(String instancePrompt) {
        return this == NONE ? List.of(instancePrompt) : prompts;
    }
}
