package dev.likeness.diffusion.training;

/** The terms whose sum is the loss. */
public enum LossPart {
    /** Pictures of the subject. */
    INSTANCE,
    /** Class images: prior preservation. */
    PRIOR,
    /** Faces in pictures. */
    FACE
}
