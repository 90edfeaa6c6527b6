package dev.likeness.diffusion.plan;

/**
 * The memory of a method with an average of what it trains.
 *
 * @param method without the average
 */
public record AveragedMemory(MethodMemory method) implements MethodMemory {

    @Override
    public boolean averages() {
        return true;
    }

    @Override
    public boolean trainsBase() {
        return method.trainsBase();
    }

    @Override
    public boolean trainsEmbeddings() {
        return method.trainsEmbeddings();
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
