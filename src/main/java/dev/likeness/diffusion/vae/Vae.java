package dev.likeness.diffusion.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.graph.NeededWeights;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSource;
import dev.likeness.diffusion.graph.Weights;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.WeightFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * The autoencoder between pictures and latents. Its latents are unscaled: callers apply {@link VaeConfig#shift()} and {@link VaeConfig#scaling()}.
 */
public final class Vae implements AutoCloseable {

    private final VaeConfig config;
    private final Half encoder;
    private final Half decoder;

    private Vae(VaeConfig config, Half encoder, Half decoder) {
        this.config = config;
        this.encoder = encoder;
        this.decoder = decoder;
    }

    /** Encoder or decoder: a network of its own, because they are used at different times. */
    private record Half(Topology topology, Network network) {

        static Half of(NDManager parent, Topology topology, WeightSource weights) {
            List<Topology> only = List.of(topology);
            return new Half(
                    topology,
                    new Network(
                            parent, only, weights.only(NeededWeights.of(only).keySet())));
        }

        NDArray compute(NDManager scope, NDArray input) {
            return network.forward(scope, topology, input).get(0);
        }
    }

    /**
     * Opens an autoencoder, whose weights are read when they are needed.
     *
     * @param parent owns the autoencoder's memory
     * @param folder holds config.json and the weights
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if something is missing, is unsupported or does not
     *     match
     */
    public static Vae load(NDManager parent, Path folder) {
        VaeConfig config = VaeConfig.read(folder.resolve("config.json"));
        WeightSource weights = Weights.in(
                "vae",
                SafeTensors.openModel(folder, WeightFiles.DIFFUSERS.stem()),
                config.weights(),
                VaeConfig::currentName);
        return new Vae(config, Half.of(parent, config.encoder(), weights), Half.of(parent, config.decoder(), weights));
    }

    /** The network that encodes pictures. */
    public Network encoder() {
        return encoder.network;
    }

    /** The network that decodes latents. */
    public Network decoder() {
        return decoder.network;
    }

    public VaeConfig config() {
        return config;
    }

    /**
     * Encodes pictures.
     *
     * @param scope frees the result
     * @param images [B, 3, H, W] in [-1, 1]
     * @return moments [B, 2Z, H/f, W/f] of the latents: means, then log variances
     */
    public NDArray encode(NDManager scope, NDArray images) {
        return encoder.compute(scope, images);
    }

    /**
     * Decodes latents.
     *
     * @param scope frees the result
     * @param latents [B, Z, h, w], unscaled
     * @return pictures [B, 3, fh, fw], about in [-1, 1]
     */
    public NDArray decode(NDManager scope, NDArray latents) {
        return decoder.compute(scope, latents);
    }

    @Override
    public void close() {
        encoder.network.close();
        decoder.network.close();
    }
}
