package dev.likeness.diffusion.training;

/** The terms that a loss is the sum of. */
public enum LossPart {
    /** Pictures of the subject. */
    INSTANCE,
    /** Pictures of the plain class: prior preservation. */
    PRIOR,
    /** Faces in pictures. */
    FACE
}
