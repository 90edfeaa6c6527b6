package dev.likeness.diffusion.plan;

/** What a training method adds to the memory of a run. Counts numbers, of 4 bytes each where they are held in fp32. */
public interface MethodMemory {

    /** Whether weights of the base model itself learn, which are then held in fp32. Otherwise what learns lies beside them. */
    boolean trainsBase();

    /**
     * Whether embeddings of tokens learn: gradients then reach through the text encoders, and the text encoders' own weights
     * never learn.
     */
    default boolean trainsEmbeddings() {
        return false;
    }

    /** Numbers that learn in the denoiser, or beside it. */
    long denoiser(Parameters denoiser);

    /** Numbers that learn in a text encoder, or beside it, where the text encoders learn. */
    long textEncoder(Parameters textEncoder);

    /** Weights of the denoiser that are copied when what was trained is fused to sample. */
    default long fusedDenoiser(Parameters denoiser) {
        return 0;
    }

    /** Weights of a text encoder that are copied when what was trained is fused to sample. */
    default long fusedTextEncoder(Parameters textEncoder) {
        return 0;
    }

    /** What the denoiser keeps of a forward pass for its gradients. */
    KeptActivations kept();
}
