package dev.likeness.diffusion.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.likeness.diffusion.tensor.ScriptModule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled network with its weights. */
public final class Network implements AutoCloseable {

    private static final String REDUCED = """
              def reduced(self: __torch__.M, x: Tensor) -> Tensor:
                return __torch__.cast(x)
            """;

    /** Limits the number of weights that exist in both types during a conversion. */
    private static final int REDUCED_AT_ONCE = 64;

    private final NDManager manager;
    private final List<? extends Topology> topologies;
    private final Map<String, NDArray> weights;
    private boolean cast;
    private Map<String, NDArray> adapter = Map.of();
    private Map<String, NDArray> replacements = Map.of();
    private Precision precision;
    private double dropout;
    private long dropoutSeed;
    private @Nullable Watch watch;
    private ScriptModule module;

    /**
     * Compiles the topologies into one module, which computes in fp32 initially.
     *
     * @param parent owns the memory
     * @param weights every weight that the topologies need; the network takes ownership
     */
    public Network(NDManager parent, List<? extends Topology> topologies, Map<String, NDArray> weights) {
        manager = parent.newSubManager();
        this.topologies = List.copyOf(topologies);
        this.weights = new LinkedHashMap<>(weights);
        weights.values().forEach(weight -> weight.attach(manager));
        precision = Precision.FP32;
        module = compile();
        uploadWeights();
    }

    private ScriptModule compile() {
        ScriptEmitter emitter = new ScriptEmitter();
        topologies.forEach(emitter::add);
        // Looking for an adapter in every layer would cost a small network a sixth of its time.
        String functions = Kernels.functions(precision.functions(), !adapter.isEmpty(), dropout, Kernels.text());
        return new ScriptModule(manager, functions, emitter.methods() + Kernels.GRADIENTS + REDUCED);
    }

    /**
     * Sets the precision of later computations, with the same fp32 weights. Has no effect after
     * {@link #castFrozenWeights}.
     */
    public void use(Precision wanted) {
        if (wanted != precision && !cast) {
            precision = wanted;
            recompile();
        }
    }

    /**
     * Casts the weights of linear layers and convolutions to the type of their computation. Results stay the same, and
     * these weights use half the memory. The fp32 weights are lost, so they can no longer be trained, saved, or used
     * for computation.
     */
    public void castFrozenWeights() {
        if (precision == Precision.FP32 || cast) {
            return;
        }
        cast = true;
        int done = 0;
        for (WeightSpec spec : NeededWeights.of(topologies).values()) {
            if (!enters(spec)) {
                continue;
            }
            NDArray weight = Objects.requireNonNull(weights.get(spec.name()));
            NDArray inUse = replacements.getOrDefault(spec.name(), weight);
            weights.put(spec.name(), module.call(manager, "reduced", inUse).get(0));
            weight.close();
            if (++done % REDUCED_AT_ONCE == 0) {
                uploadWeights();
            }
        }
        // The cast weights include replacements.
        replacements = Map.of();
        uploadWeights();
    }

    /** Whether a weight is a matrix or convolution kernel, and not an embedding table. */
    private static boolean enters(WeightSpec spec) {
        return spec.shape().length > 1
                && spec.name().endsWith(".weight")
                && !spec.name().endsWith("_embedding.weight");
    }

    private void recompile() {
        module.close();
        module = compile();
        uploadWeights();
    }

    /**
     * Sets the dropout of an adapter's inputs (Srivastava et al. 2014).
     *
     * @param share of the inputs that is set to zero, 0 to below 1
     */
    public void setDropout(double share) {
        if (share != dropout) {
            dropout = share;
            recompile();
        }
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
        if (dropout > 0) {
            JniUtils.setSeed(dropoutSeed + block);
        }
    }

    /** The network's own weights. */
    public Map<String, NDArray> weights() {
        return Collections.unmodifiableMap(weights);
    }

    /** The shapes of the network's own weights, by their names. */
    public Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        weights.forEach((name, weight) -> shapes.put(name, weight.getShape().getShape()));
        return shapes;
    }

    /**
     * Sets the adapter beside the weights; an empty map removes it. A layer with the prefix p has the tensors
     * {@code p.lora.down.weight}, {@code p.lora.up.weight} and the scalar {@code p.lora.scale}.
     *
     * @param tensors in fp32; the caller owns them, and they are used until the next call
     */
    public void setAdapter(Map<String, NDArray> tensors) {
        boolean appears = adapter.isEmpty() != tensors.isEmpty();
        adapter = Map.copyOf(tensors);
        if (appears) {
            recompile();
        } else {
            uploadWeights();
        }
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
        Map<String, NDArray> all = new LinkedHashMap<>(weights);
        all.putAll(replacements);
        all.putAll(adapter);
        module.setWeights(all);
    }

    /** Whether a weight or a tensor of the adapter has this name. */
    boolean has(String name) {
        return weights.containsKey(name) || adapter.containsKey(name);
    }

    /** The tensor that computations use for this name. */
    NDArray inUse(String name) {
        return replacements.getOrDefault(name, tensor(name));
    }

    /** A weight, or a tensor of the adapter. */
    public NDArray tensor(String name) {
        NDArray tensor = weights.containsKey(name) ? weights.get(name) : adapter.get(name);
        return Objects.requireNonNull(tensor, name);
    }

    /**
     * Runs the network without recording a graph.
     *
     * @param scope frees the outputs
     */
    public NDList forward(NDManager scope, Topology topology, NDArray... inputs) {
        return module.call(scope, topology.name(), inputs);
    }

    /** Requires gradients of exactly these weights and adapter tensors. */
    public void requireGradients(Set<String> trained) {
        weights.forEach((name, weight) -> JniUtils.attachGradient((PtNDArray) weight, trained.contains(name)));
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
        return checkpointing || watch != null
                ? new CheckpointedTape(this, scope, topology, inputs, wanted, trained, checkpointing, watch)
                : new PlainTape(this, scope, topology, inputs, wanted, trained);
    }

    /** Runs one method and records its graph. */
    NDList recorded(NDManager scope, String method, List<NDArray> inputs) {
        JniUtils.setGradMode(true);
        try {
            return module.call(scope, method, inputs.toArray(NDArray[]::new));
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    /** Runs one block without recording. */
    NDArray block(NDManager scope, Block block, List<NDArray> inputs) {
        return module.call(scope, block.method(), inputs.toArray(NDArray[]::new))
                .get(0);
    }

    /** Contiguous gradients of the outputs, weighted by upstream gradients, with respect to inputs or weights. */
    NDList gradients(NDManager scope, List<NDArray> outputs, List<NDArray> upstream, List<NDArray> inputs) {
        return module.callLists(scope, "gradients", outputs, upstream, inputs);
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
        names.forEach(name -> found.add(tensor(name)));
        return found;
    }

    @Override
    public void close() {
        module.close();
        manager.close();
    }
}
