package dev.likeness.diffusion.plan;

/**
 * The memory of a method with something more.
 *
 * @param method without it
 * @param averages whether there is an average of every trained number
 * @param trainsEmbeddings whether embeddings are trained
 */
record ExtendedMemory(MethodMemory method, boolean averages, boolean trainsEmbeddings) implements MethodMemory {

    @Override
    public boolean trainsBase() {
        return method.trainsBase();
    }

    @Override
    public long denoiser(Parameters denoiser) {
        return method.denoiser(denoiser);
    }

    @Override
    public long textEncoder(Parameters textEncoder) {
        return method.textEncoder(textEncoder);
    }

    @Override
    public long fusedDenoiser(Parameters denoiser) {
        return method.fusedDenoiser(denoiser);
    }

    @Override
    public long fusedTextEncoder(Parameters textEncoder) {
        return method.fusedTextEncoder(textEncoder);
    }

    @Override
    public int copiesOfChangedWeights() {
        return method.copiesOfChangedWeights();
    }

    @Override
    public KeptActivations kept() {
        return method.kept();
    }
}
