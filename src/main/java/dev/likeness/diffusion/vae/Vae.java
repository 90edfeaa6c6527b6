package dev.likeness.diffusion.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.Weights;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.WeightFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The autoencoder between pictures and latents. Its latents are unscaled: callers apply {@link VaeConfig#shift()} and {@link VaeConfig#scaling()}.
 */
public final class Vae implements AutoCloseable {

    private final VaeConfig config;
    private final Topology encoder;
    private final Topology decoder;
    private final Network network;

    private Vae(VaeConfig config, Topology encoder, Topology decoder, Network network) {
        this.config = config;
        this.encoder = encoder;
        this.decoder = decoder;
        this.network = network;
    }

    /**
     * Loads an autoencoder.
     *
     * @param parent owns the autoencoder's memory
     * @param folder holds config.json and the weights
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if something is missing, is unsupported or does not
     *     match
     */
    public static Vae load(NDManager parent, Path folder) {
        VaeConfig config = VaeConfig.read(folder.resolve("config.json"));
        Topology encoder = config.encoder();
        Topology decoder = config.decoder();
        Map<String, NDArray> weights = Weights.read(
                parent,
                "vae",
                SafeTensors.openModel(folder, WeightFiles.DIFFUSERS.stem()),
                config.weights(),
                VaeConfig::currentName);
        return new Vae(config, encoder, decoder, new Network(parent, List.of(encoder, decoder), weights));
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
        return network.forward(scope, encoder, images).get(0);
    }

    /**
     * Decodes latents.
     *
     * @param scope frees the result
     * @param latents [B, Z, h, w], unscaled
     * @return pictures [B, 3, fh, fw], about in [-1, 1]
     */
    public NDArray decode(NDManager scope, NDArray latents) {
        return network.forward(scope, decoder, latents).get(0);
    }

    @Override
    public void close() {
        network.close();
    }
}
