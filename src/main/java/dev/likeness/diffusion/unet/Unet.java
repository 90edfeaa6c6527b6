package dev.likeness.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Tape;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSpec;
import dev.likeness.diffusion.graph.Weights;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The denoising network. */
public final class Unet implements AutoCloseable {

    /** The stem of its weight files. */
    public static final String WEIGHTS_STEM = "diffusion_pytorch_model";

    private final UnetConfig config;
    private final Topology topology;
    private final Network network;

    private Unet(UnetConfig config, Topology topology, Network network) {
        this.config = config;
        this.topology = topology;
        this.network = network;
    }

    /**
     * Loads a UNet.
     *
     * @param parent owns its memory
     * @param folder holds config.json and the weights
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if something is missing, unsupported or does not match
     */
    public static Unet load(NDManager parent, Path folder) {
        UnetConfig config = UnetConfig.read(folder.resolve("config.json"));
        Map<String, NDArray> weights = Weights.read(
                parent, "unet", SafeTensors.openModel(folder, WEIGHTS_STEM), weights(config), UnaryOperator.identity());
        Topology topology = new UnetTopology(config);
        return new Unet(config, topology, new Network(parent, List.of(topology), weights));
    }

    /** The weights that a UNet of this configuration has. */
    public static Map<String, WeightSpec> weights(UnetConfig config) {
        return Weights.needed(List.of(new UnetTopology(config)));
    }

    public UnetConfig config() {
        return config;
    }

    public Network network() {
        return network;
    }

    /**
     * Predicts without recording a graph.
     *
     * @param scope frees the result
     * @param sample noisy latents [B, C, H, W]
     * @param timesteps [B], fp32
     * @param context text states [B, L, D]
     * @return the predicted noise, or velocity, [B, C, H, W]
     */
    public NDArray predict(NDManager scope, NDArray sample, NDArray timesteps, NDArray context) {
        return network.forward(scope, topology, sample, timesteps, context).get(0);
    }

    /**
     * Predicts so that gradients can be computed.
     *
     * @param trained names of weights
     * @param contextWanted whether the gradient with respect to the text states is wanted
     */
    public Tape record(
            NDManager scope,
            List<NDArray> inputs,
            Collection<String> trained,
            boolean contextWanted,
            boolean checkpointing) {
        return network.record(scope, topology, inputs, List.of(false, false, contextWanted), trained, checkpointing);
    }

    @Override
    public void close() {
        network.close();
    }
}
