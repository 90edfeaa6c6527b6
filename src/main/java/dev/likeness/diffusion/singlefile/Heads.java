package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;

/** The number of an attention's heads, which its tensors do not determine. */
final class Heads {

    private Heads() {}

    /**
     * The number of heads with a known width.
     *
     * @throws InvalidModelException if the width does not divide the features, so the attention has no published size
     */
    static int of(String part, int width, int headWidth) {
        if (width % headWidth != 0) {
            throw new InvalidModelException(
                    "%s: how many heads an attention of %d features has is not in the checkpoint; %s"
                            .formatted(part, width, "name a folder of configuration files that states it"));
        }
        return width / headWidth;
    }
}
