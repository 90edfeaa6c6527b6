package dev.likeness.app.model;

import dev.likeness.diffusion.caption.CaptionLists;
import java.nio.file.Path;

/** How pictures are described for a base model. */
public sealed interface ModelCaptioner {

    /** By the model's own CLIP, which chooses from lists. */
    record OwnClip(CaptionLists lists) implements ModelCaptioner {}

    /**
     * By BLIP, in words of its own.
     *
     * @param folder of a transformers BlipForConditionalGeneration; its weights may be missing where nobody is to use them
     */
    record Blip(Path folder) implements ModelCaptioner {}
}
