package dev.likeness.app.model;

import dev.likeness.diffusion.caption.CaptionLists;
import java.nio.file.Path;

/** The captioner of a base model. */
public sealed interface ModelCaptioner {

    /** The model's own CLIP, which chooses from lists. */
    record OwnClip(CaptionLists lists) implements ModelCaptioner {}

    /**
     * BLIP, with free text.
     *
     * @param folder of a transformers BlipForConditionalGeneration; its weights may be missing if only the
     *     configuration is needed
     */
    record Blip(Path folder) implements ModelCaptioner {}
}
