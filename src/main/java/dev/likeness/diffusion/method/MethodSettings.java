package dev.likeness.diffusion.method;

/** The settings that training methods read. A job's spec is one, and its sections are those named here. */
public interface MethodSettings {

    /** Whether the text encoders are trained too. Ignored by methods that cannot train them. */
    boolean trainTextEncoder();

    /** Total number of optimizer steps. */
    int steps();

    Lora.Settings lora();

    TextualInversion.Settings textualInversion();

    PivotalTuning.Settings pivotalTuning();
}
