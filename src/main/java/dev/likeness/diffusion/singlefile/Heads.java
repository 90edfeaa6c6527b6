package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;

/** How many heads an attention has: its tensors do not tell. */
final class Heads {

    private Heads() {}

    /**
     * The number of heads of a known width.
     *
     * @throws InvalidModelException if they do not fill the attention, which then is none of the published sizes
     */
    static int of(String part, int width, int headWidth) {
        if (width % headWidth != 0) {
            throw new InvalidModelException(
                    "%s: how many heads an attention of %d features has is not in the checkpoint; %s"
                            .formatted(part, width, "name a folder of configuration files that says it"));
        }
        return width / headWidth;
    }
}
