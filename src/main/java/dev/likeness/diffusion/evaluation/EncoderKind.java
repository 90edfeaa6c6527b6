package dev.likeness.diffusion.evaluation;

/** A kind of network whose image embeddings scores compare. */
public enum EncoderKind {
    /** CLIP (Radford et al. 2021, arXiv:2103.00020), which also embeds texts. */
    CLIP,
    /** A self-supervised ViT: DINO (Caron et al. 2021, arXiv:2104.14294) or DINOv2 (Oquab et al. 2023, arXiv:2304.07193). */
    DINO
}
