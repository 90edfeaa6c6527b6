package dev.likeness.diffusion.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.graph.NeededWeights;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Tape;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSource;
import dev.likeness.diffusion.graph.Weights;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.WeightFiles;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The denoising network of a model. Its topology names the inputs that it takes: a selection of {@value #SAMPLE},
 * {@value #TIMESTEP}, {@value #CONTEXT}, {@value #POOLED}, {@value #SIZES} and {@value #GUIDANCE}.
 */
public final class Denoiser implements AutoCloseable {

    /** Noisy latents. */
    public static final String SAMPLE = "sample";

    /** Their timesteps. */
    public static final String TIMESTEP = "timestep";

    /** Text states. */
    public static final String CONTEXT = "context";

    /** Pooled text states. */
    public static final String POOLED = "pooled";

    /** {@link PictureSizes} [B, 6]. */
    public static final String SIZES = "sizes";

    /** The embedded scale of guidance [B], of a network that was distilled from guided predictions. */
    public static final String GUIDANCE = "guidance";

    private static final Set<String> TEXT = Set.of(CONTEXT, POOLED);

    private final String part;
    private final Topology topology;
    private final Network network;
    private final @Nullable Double trainingGuidance;

    /**
     * Creates a denoiser with given weights, without embedded guidance.
     *
     * @param parent owns the denoiser's memory
     * @param part its folder in the model's folder
     * @param weights in fp32, all that the topology needs; the network takes ownership
     */
    public Denoiser(NDManager parent, String part, Topology topology, Map<String, NDArray> weights) {
        this(part, topology, new Network(parent, List.of(topology), weights), null);
    }

    private Denoiser(String part, Topology topology, Network network, @Nullable Double trainingGuidance) {
        this.part = part;
        this.topology = topology;
        this.network = network;
        this.trainingGuidance = trainingGuidance;
    }

    /**
     * Opens a denoiser, whose weights are read when they are needed.
     *
     * @param parent owns the denoiser's memory
     * @param folder with the weights
     * @param trainingGuidance the embedded scale of guidance in training; null if the network takes none
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if weights are missing or do not match
     */
    public static Denoiser load(NDManager parent, Path folder, Topology topology, @Nullable Double trainingGuidance) {
        String part = folder.getFileName().toString();
        WeightSource weights = Weights.in(
                part,
                SafeTensors.openModel(folder, WeightFiles.DIFFUSERS.stem()),
                NeededWeights.of(List.of(topology)),
                UnaryOperator.identity());
        return new Denoiser(part, topology, new Network(parent, List.of(topology), weights), trainingGuidance);
    }

    /** Its folder in the model's folder. */
    public String part() {
        return part;
    }

    public Network network() {
        return network;
    }

    /** Whether the scale of guidance is an input. Such a network predicts with guidance in one pass. */
    public boolean embedsGuidance() {
        return topology.inputs().contains(GUIDANCE);
    }

    /** The embedded scale of guidance in training; null if the network takes none. */
    public @Nullable Double trainingGuidance() {
        return trainingGuidance;
    }

    /**
     * A batch with one row per sample. A network uses the inputs that its topology names.
     *
     * @param sample noisy latents [B, C, H, W]
     * @param timesteps [B], fp32, in the unit of the network's training
     * @param sizes of each picture
     * @param guidance the embedded scale of guidance; null if the network takes none
     */
    public record Batch(
            NDArray sample,
            NDArray timesteps,
            Conditioning conditioning,
            List<PictureSizes> sizes,
            @Nullable Double guidance) {

        /** A batch for a network without embedded guidance. */
        public Batch(NDArray sample, NDArray timesteps, Conditioning conditioning, List<PictureSizes> sizes) {
            this(sample, timesteps, conditioning, sizes, null);
        }

        @Nullable
        NDArray input(NDManager scope, String name) {
            return switch (name) {
                case SAMPLE -> sample;
                case TIMESTEP -> timesteps;
                case CONTEXT -> conditioning.context();
                case POOLED -> conditioning.pooled();
                case SIZES -> sizes(scope);
                case GUIDANCE -> guidance == null ? null : guidance(scope, guidance);
                default -> null;
            };
        }

        private NDArray guidance(NDManager scope, double scale) {
            return scope.full(timesteps.getShape(), (float) scale);
        }

        private NDArray sizes(NDManager scope) {
            FloatBuffer values = FloatBuffer.allocate(sizes.size() * PictureSizes.COUNT);
            sizes.forEach(each -> values.put(each.values()));
            return scope.create(values.flip(), new Shape(sizes.size(), PictureSizes.COUNT));
        }
    }

    /** A prediction for one backward pass. */
    public interface Recording {

        /** The predicted noise, velocity or clean sample, [B, C, H, W]. */
        NDArray prediction();

        /**
         * Runs the backward pass and frees the recorded data.
         *
         * @param upstream the gradient of the loss with respect to the prediction
         */
        Gradients backward(NDArray upstream);
    }

    /**
     * @param weights by name
     * @param conditioning null if it was not requested
     */
    public record Gradients(
            Map<String, NDArray> weights, @Nullable Conditioning conditioning) {}

    /**
     * Predicts without recording a graph.
     *
     * @param scope frees the result
     * @return the predicted noise, velocity or clean sample, [B, C, H, W]
     */
    public NDArray predict(NDManager scope, Batch batch) {
        return network.forward(scope, topology, inputs(scope, batch).toArray(NDArray[]::new))
                .get(0);
    }

    /**
     * Predicts so that gradients can be computed.
     *
     * @param trained names of weights
     * @param textWanted whether to compute the gradients with respect to the conditioning
     */
    public Recording record(
            NDManager scope, Batch batch, Collection<String> trained, boolean textWanted, boolean checkpointing) {
        List<String> names = topology.inputs();
        List<Boolean> wanted =
                names.stream().map(name -> textWanted && TEXT.contains(name)).toList();
        Tape tape = network.record(scope, topology, inputs(scope, batch), wanted, trained, checkpointing);
        NDArray prediction = tape.outputs().get(0);
        return new Recording() {
            @Override
            public NDArray prediction() {
                return prediction;
            }

            @Override
            public Gradients backward(NDArray upstream) {
                Tape.Gradients found = tape.backward(List.of(upstream));
                NDArray context = found.inputs().get(names.indexOf(CONTEXT));
                NDArray pooled = names.contains(POOLED) ? found.inputs().get(names.indexOf(POOLED)) : null;
                return new Gradients(found.weights(), context == null ? null : new Conditioning(context, pooled));
            }
        };
    }

    private List<NDArray> inputs(NDManager scope, Batch batch) {
        return topology.inputs().stream()
                .map(name -> {
                    NDArray input = batch.input(scope, name);
                    if (input == null) {
                        throw new IllegalArgumentException("the denoiser takes %s, which is missing".formatted(name));
                    }
                    return input;
                })
                .toList();
    }

    @Override
    public void close() {
        network.close();
    }
}
