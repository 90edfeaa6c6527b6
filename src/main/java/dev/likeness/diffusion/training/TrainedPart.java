package dev.likeness.diffusion.training;

/** A part of what is trained, which can have a learning rate of its own. */
public enum TrainedPart {
    /** The denoiser, or adapters beside it. */
    DENOISER,
    /** The first text encoder, or adapters beside it. */
    TEXT_ENCODER,
    /** The second text encoder, or adapters beside it. */
    SECOND_TEXT_ENCODER,
    /** Embeddings of new tokens. */
    EMBEDDINGS;

    /** The part of a parameter with a name of {@link Objective#parameters}. */
    static TrainedPart of(String parameter) {
        String prefix = parameter.substring(0, Math.max(0, parameter.indexOf('.')));
        return switch (prefix) {
            case "text_encoder" -> TEXT_ENCODER;
            case "text_encoder_2" -> SECOND_TEXT_ENCODER;
            case TokenEmbeddings.PREFIX -> EMBEDDINGS;
            default -> DENOISER;
        };
    }
}
