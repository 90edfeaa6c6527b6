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
import org.jspecify.annotations.Nullable;

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
                parent,
                "unet",
                SafeTensors.openModel(folder, WEIGHTS_STEM),
                config.weights(),
                UnaryOperator.identity());
        return of(parent, config, weights);
    }

    /**
     * A UNet of given weights.
     *
     * @param parent owns its memory
     * @param weights fp32, all that {@link #weights} names; owned by the network from now on
     */
    public static Unet of(NDManager parent, UnetConfig config, Map<String, NDArray> weights) {
        Topology topology = config.topology();
        return new Unet(config, topology, new Network(parent, List.of(topology), weights));
    }

    /** The weights that a UNet of this configuration has. */
    public static Map<String, WeightSpec> weights(UnetConfig config) {
        return config.weights();
    }

    public UnetConfig config() {
        return config;
    }

    public Network network() {
        return network;
    }

    /**
     * What the noise is predicted under, a row for each sample.
     *
     * @param context text states [B, L, D]
     * @param pooled pooled text states [B, P]; null unless the network {@linkplain UnetConfig#takesSizes() takes sizes}
     * @param sizes {@link PictureSizes} [B, 6]; null likewise
     */
    public record Condition(
            NDArray context,
            @Nullable NDArray pooled,
            @Nullable NDArray sizes) {

        private NDArray[] after(NDArray sample, NDArray timesteps) {
            return pooled == null || sizes == null
                    ? new NDArray[] {sample, timesteps, context}
                    : new NDArray[] {sample, timesteps, context, pooled, sizes};
        }
    }

    /**
     * Predicts without recording a graph.
     *
     * @param scope frees the result
     * @param sample noisy latents [B, C, H, W]
     * @param timesteps [B], fp32
     * @return the predicted noise, or velocity, [B, C, H, W]
     */
    public NDArray predict(NDManager scope, NDArray sample, NDArray timesteps, Condition condition) {
        return network.forward(scope, topology, condition.after(sample, timesteps))
                .get(0);
    }

    /**
     * Predicts so that gradients can be computed. The inputs' gradients are in the order sample, timesteps, context,
     * pooled, sizes.
     *
     * @param trained names of weights
     * @param textWanted whether the gradients with respect to the text states are wanted
     */
    public Tape record(
            NDManager scope,
            NDArray sample,
            NDArray timesteps,
            Condition condition,
            Collection<String> trained,
            boolean textWanted,
            boolean checkpointing) {
        List<NDArray> inputs = List.of(condition.after(sample, timesteps));
        List<Boolean> wanted =
                List.of(false, false, textWanted, textWanted, false).subList(0, inputs.size());
        return network.record(scope, topology, inputs, wanted, trained, checkpointing);
    }

    @Override
    public void close() {
        network.close();
    }
}
