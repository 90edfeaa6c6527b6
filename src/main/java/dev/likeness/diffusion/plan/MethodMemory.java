package dev.likeness.diffusion.plan;

/** The memory that a training method adds to a run. Counts are numbers, of 4 bytes each in fp32. */
public interface MethodMemory {

    /**
     * Whether weights of the base model itself are trained, and so are kept in fp32. Otherwise the trained numbers are
     * beside them.
     */
    boolean trainsBase();

    /** Whether embeddings of tokens are trained. Gradients then pass through the text encoders. */
    default boolean trainsEmbeddings() {
        return false;
    }

    /** Trained numbers in or beside the denoiser. */
    long denoiser(Parameters denoiser);

    /** Trained numbers in or beside a text encoder, if the text encoders are trained. */
    long textEncoder(Parameters textEncoder);

    /** Whether there is an average of every trained number. */
    default boolean averages() {
        return false;
    }

    /** Number of the denoiser's weights that are copied to fuse the trained numbers for sampling. */
    default long fusedDenoiser(Parameters denoiser) {
        return 0;
    }

    /** Number of a text encoder's weights that are copied to fuse the trained numbers for sampling. */
    default long fusedTextEncoder(Parameters textEncoder) {
        return 0;
    }

    /** How many numbers the backward pass keeps for each of the weights that are fused for sampling, because training changes these weights. */
    default int copiesOfChangedWeights() {
        return 0;
    }

    /** The memory with an average of every trained number. */
    default MethodMemory withAverage() {
        return new ExtendedMemory(this, true, trainsEmbeddings());
    }

    /** The memory with a few embeddings that are trained beside it. */
    default MethodMemory withEmbeddings() {
        return new ExtendedMemory(this, averages(), true);
    }

    /** The activations that the denoiser keeps for its gradients. */
    KeptActivations kept();
}
