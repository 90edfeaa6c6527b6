package dev.likeness.diffusion.evaluation;

/** What turns images into the vectors that scores compare. */
public enum EncoderKind {
    /** CLIP (Radford et al. 2021, arXiv:2103.00020), which also embeds texts. */
    CLIP,
    /** A self-supervised ViT: DINO (Caron et al. 2021, arXiv:2104.14294) or DINOv2 (Oquab et al. 2023, arXiv:2304.07193). */
    DINO,
    /** No network: a summary of an image's colours, see {@link ColourEncoder}. */
    CIELAB,
    /** No network: small squares of pixels, whose patches are compared, see {@link DetailEncoder}. */
    PATCHES
}
