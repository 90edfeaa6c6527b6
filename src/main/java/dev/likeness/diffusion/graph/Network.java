package dev.likeness.diffusion.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.likeness.diffusion.tensor.ScriptModule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network with its weights. It is compiled when it first computes. Weights with a {@link WeightSource} are read when they are
 * first needed, and {@link #release} frees them until they are needed again.
 */
public final class Network implements AutoCloseable {

    /** Frozen networks of at most so many bytes stay in memory, because reading them again would cost more than it saves. */
    public static final long SMALL = 64L << 20;

    /** Limits the number of weights that exist in both types during a conversion. */
    private static final int REDUCED_AT_ONCE = 64;

    private final NDManager manager;
    private final NetworkWeights weights;
    private final NetworkModule module;

    private boolean cast;
    private Map<String, NDArray> adapter = Map.of();
    private Map<String, NDArray> replacements = Map.of();
    private long dropoutSeed;
    private @Nullable Watch watch;

    /**
     * A network with given weights, which computes in fp32 initially.
     *
     * @param parent owns the memory
     * @param weights every weight that the topologies need; the network takes ownership
     */
    public Network(NDManager parent, List<? extends Topology> topologies, Map<String, NDArray> weights) {
        manager = parent.newSubManager();
        module = new NetworkModule(manager, topologies);
        this.weights = new NetworkWeights(manager, weights);
    }

    /**
     * A network whose weights are read when they are needed, which computes in fp32 initially.
     *
     * @param parent owns the memory
     * @param source of every weight that the topologies need
     */
    public Network(NDManager parent, List<? extends Topology> topologies, @Nullable WeightSource source) {
        manager = parent.newSubManager();
        module = new NetworkModule(manager, topologies);
        weights = new NetworkWeights(manager, source);
    }

    /** The compiled module with all weights. */
    private ScriptModule module() {
        load();
        return module.with(this::tensors);
    }

    private void load() {
        if (weights.load((scope, name, weight) -> cast && weights.isKernel(name) ? reduced(scope, weight) : weight)) {
            module.forgetTensors();
        }
    }

    private NDArray reduced(NDManager scope, NDArray weight) {
        NDArray reduced = module.reduced(scope, weight);
        weight.close();
        return reduced;
    }

    /** Reads the weights and compiles the network now, so that the first computation takes no longer than others. */
    public void prepare() {
        module();
    }

    /** Whether the weights are in memory. */
    public boolean isLoaded() {
        return weights.isLoaded();
    }

    /**
     * Frees the weights until they are needed again, and sets nothing else back. Has no effect if the weights can differ from
     * those of the source, or if something else may hold them: after {@link #weights} and {@link #tensor}.
     *
     * @return the number of bytes that this freed, 0 or more, as in fp32
     */
    public long release() {
        if (!weights.release()) {
            return 0;
        }
        uploadWeights();
        return bytes();
    }

    /** Bytes of all weights in fp32, whether they are in memory or not. */
    public long bytes() {
        return weights.bytes();
    }

    /**
     * Sets the precision of later computations, with the same fp32 weights. Has no effect after
     * {@link #castFrozenWeights}.
     */
    public void use(Precision wanted) {
        if (!cast) {
            module.use(wanted);
        }
    }

    /**
     * Casts the weights of linear layers and convolutions to the type of their computation. Results stay the same, and
     * these weights use half the memory. The fp32 weights are lost, so they can no longer be trained, saved, or used
     * for computation.
     */
    public void castFrozenWeights() {
        if (module.precision() == Precision.FP32 || cast) {
            return;
        }
        cast = true;
        // The cast weights include replacements, which are in no file.
        if (!replacements.isEmpty()) {
            weights.pin();
        }
        if (weights.isPinned()) {
            load();
        }
        if (weights.isLoaded()) {
            castWeights();
        }
    }

    private void castWeights() {
        int done = 0;
        for (String name : weights.kernels()) {
            NDArray inUse = replacements.getOrDefault(name, weights.get(name));
            weights.replace(name, module.reduced(manager, inUse));
            if (++done % REDUCED_AT_ONCE == 0) {
                uploadWeights();
            }
        }
        replacements = Map.of();
        uploadWeights();
    }

    /**
     * Sets the dropout of an adapter's inputs (Srivastava et al. 2014).
     *
     * @param share of the inputs that is set to zero, 0 to below 1
     */
    public void setDropout(double share) {
        module.setDropout(share);
    }

    /**
     * Sets an observer of later recorded passes, block by block. They compute the same, but more slowly.
     *
     * @param observer null for none
     */
    public void watch(@Nullable Watch observer) {
        watch = observer;
    }

    /** Seeds the dropout of the next recorded pass. */
    public void seedDropout(long seed) {
        dropoutSeed = seed;
    }

    /** Seeds the generator for a block, so that running it again has the same dropout. */
    void seedBlock(int block) {
        if (module.dropout() > 0) {
            JniUtils.setSeed(dropoutSeed + block);
        }
    }

    /** The network's own weights, which stay in memory from now on. */
    public Map<String, NDArray> weights() {
        load();
        weights.pin();
        return weights.loaded();
    }

    /**
     * Reads the network's own weights.
     *
     * @param use must neither keep nor change them
     */
    public <T, E extends Exception> T read(Reading<T, E> use) throws E {
        load();
        return use.of(weights.loaded());
    }

    /** Uses weights. */
    public interface Reading<T, E extends Exception> {

        T of(Map<String, NDArray> weights) throws E;
    }

    /** The shapes of the network's own weights, by their names. Loads nothing. */
    public Map<String, long[]> shapes() {
        return weights.shapes();
    }

    /**
     * Sets the adapter beside the weights; an empty map removes it. A layer with the prefix p has the tensors
     * {@code p.lora.down.weight}, {@code p.lora.up.weight} and the scalar {@code p.lora.scale}; a layer whose weight is changed
     * has those of {@link Adapters#change}.
     *
     * @param tensors in fp32; the caller owns them, and they are used until the next call
     */
    public void setAdapter(Map<String, NDArray> tensors) {
        adapter = Map.copyOf(tensors);
        module.lookForAdapter(adapter.keySet().stream().anyMatch(Adapters::isBeside));
        module.lookForChanges(Adapters.changes(adapter.keySet()));
        uploadWeights();
    }

    /**
     * Sets tensors to use instead of some weights. The weights stay unchanged; an empty map restores them.
     *
     * @param tensors in fp32, with the names and shapes of weights; the caller owns them, and they are used until the
     *     next call
     */
    public void setReplacements(Map<String, NDArray> tensors) {
        replacements = Map.copyOf(tensors);
        uploadWeights();
    }

    private void uploadWeights() {
        module.upload(tensors());
    }

    /** The tensors of computations, by name. */
    private Map<String, NDArray> tensors() {
        Map<String, NDArray> all = new LinkedHashMap<>(weights.loaded());
        all.putAll(replacements);
        all.putAll(adapter);
        return all;
    }

    /** Whether a weight or a tensor of the adapter has this name. */
    boolean has(String name) {
        return weights.has(name) || adapter.containsKey(name);
    }

    /** The tensor that computations use for this name. */
    NDArray inUse(String name) {
        return replacements.getOrDefault(name, own(name));
    }

    /** A weight, which stays in memory from now on with all others, or a tensor of the adapter. */
    public NDArray tensor(String name) {
        if (weights.has(name)) {
            weights.pin();
        }
        return own(name);
    }

    /**
     * The norms of the weight that computations use at a layer, in fp32.
     *
     * @param scope frees them
     * @param shape of each output [O, 1, ...] or each input [1, I, ...]
     */
    public NDArray norms(NDManager scope, String layer, Shape shape) {
        NDArray weight = inUse(layer + ".weight");
        try (NDArray like = scope.zeros(shape)) {
            return module.norms(scope, weight, like);
        }
    }

    private NDArray own(String name) {
        if (!weights.has(name)) {
            return Objects.requireNonNull(adapter.get(name), name);
        }
        load();
        return weights.get(name);
    }

    /**
     * Runs the network without recording a graph.
     *
     * @param scope frees the outputs
     * @param topology of the network, or another one of the same weights, which is compiled when it is first used
     */
    public NDList forward(NDManager scope, Topology topology, NDArray... inputs) {
        module.require(topology);
        return module().call(scope, topology.name(), inputs);
    }

    /** Requires gradients of exactly these weights and adapter tensors. */
    public void requireGradients(Set<String> trained) {
        if (trained.stream().anyMatch(weights::has)) {
            load();
            weights.pin();
        }
        weights.loaded().forEach((name, weight) -> JniUtils.attachGradient((PtNDArray) weight, trained.contains(name)));
        adapter.forEach((name, tensor) -> JniUtils.attachGradient((PtNDArray) tensor, trained.contains(name)));
    }

    /**
     * Runs the network so that gradients can be computed.
     *
     * @param scope frees the outputs and the data kept for the gradients
     * @param trained names of the weights whose gradients {@link Tape#backward} returns
     * @param wanted for each input, whether its gradient is returned
     * @param checkpointing keep only the values between blocks, and run each block again in the backward pass (Chen et
     *     al. 2016, arXiv:1604.06174)
     */
    public Tape record(
            NDManager scope,
            Topology topology,
            List<NDArray> inputs,
            List<Boolean> wanted,
            Collection<String> trained,
            boolean checkpointing) {
        module.require(topology);
        return checkpointing || watch != null
                ? new CheckpointedTape(this, scope, topology, inputs, wanted, trained, checkpointing, watch)
                : new PlainTape(this, scope, topology, inputs, wanted, trained);
    }

    /** Runs one method and records its graph. */
    NDList recorded(NDManager scope, String method, List<NDArray> inputs) {
        JniUtils.setGradMode(true);
        try {
            return module().call(scope, method, inputs.toArray(NDArray[]::new));
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    /** Runs one block without recording. */
    NDArray block(NDManager scope, Block block, List<NDArray> inputs) {
        return module().call(scope, block.method(), inputs.toArray(NDArray[]::new))
                .get(0);
    }

    /** Contiguous gradients of the outputs, weighted by upstream gradients, with respect to inputs or weights. */
    NDList gradients(NDManager scope, List<NDArray> outputs, List<NDArray> upstream, List<NDArray> inputs) {
        return module().callLists(scope, "gradients", outputs, upstream, inputs);
    }

    /** A second handle for the same memory, outside any graph, whose gradient can be computed. */
    static NDArray leaf(NDManager scope, NDArray array, boolean wanted) {
        PtNDArray leaf = JniUtils.detachGradient((PtNDArray) array);
        leaf.attach(scope);
        JniUtils.attachGradient(leaf, wanted);
        return leaf;
    }

    /** The weights with these names. */
    List<NDArray> weights(Collection<String> names) {
        List<NDArray> found = new ArrayList<>();
        names.forEach(name -> found.add(own(name)));
        return found;
    }

    @Override
    public void close() {
        module.close();
        manager.close();
    }
}
