package dev.likeness.diffusion.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.MomentumState;
import dev.likeness.diffusion.family.Conditioner;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.family.LatentCodec;
import dev.likeness.diffusion.family.ModelOutline.ConditioningOutline;
import dev.likeness.diffusion.family.ModelOutline.DenoiserOutline;
import dev.likeness.diffusion.family.ModelOutline.LatentOutline;
import dev.likeness.diffusion.family.ModelOutline.NetworkOutline;
import dev.likeness.diffusion.family.TextEncoder;
import dev.likeness.diffusion.family.TextEncoders;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.tensor.NativeHeap;
import dev.likeness.diffusion.text.NewTokens;
import dev.likeness.diffusion.token.NormalizedText;
import dev.likeness.diffusion.vae.Vae;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A base model's networks. Each is opened at its first use and kept until closed. {@link #keepOnly} decides whose weights are in
 * memory.
 */
public final class ModelParts implements AutoCloseable {

    private final NDManager manager;
    private final ModelFolder folder;
    private final long small;
    private final TextEncoderLoader encoders;
    /** By placeholder token, normalised as prompts are, which ignores case. */
    private final Map<String, MomentumState> momentum = new LinkedHashMap<>();

    private @Nullable Conditioner conditioner;
    private @Nullable NewTokens tokens;
    private @Nullable Denoiser denoiser;
    private @Nullable LatentCodec latentCodec;

    public ModelParts(NDManager manager, ModelFolder folder) {
        this(manager, folder, Network.SMALL);
    }

    /** @param small bytes of the largest network that {@link #keepOnly} leaves in memory */
    public ModelParts(NDManager manager, ModelFolder folder, long small) {
        this.manager = manager;
        this.folder = folder;
        this.small = small;
        encoders = new TextEncoderLoader(manager, folder);
    }

    public Conditioner conditioner() {
        if (conditioner == null) {
            List<String> spellings = NewTokens.spellings(tokens == null ? List.of() : tokens.placeholders());
            ConditioningOutline outline = folder.outline().conditioning();
            conditioner = new TextEncoders(
                    encoders.load(outline.textEncoders(), spellings), outline.layout(), outline.zeroesEmptyPrompts());
        }
        return conditioner;
    }

    /** The new tokens that prompts can use besides the vocabulary. */
    public NewTokens tokens() {
        if (tokens == null) {
            tokens = new NewTokens(
                    List.of(),
                    conditioner().textEncoders().stream()
                            .map(textEncoder -> textEncoder.noRows(manager))
                            .toList());
        }
        return tokens;
    }

    /** Replaces the new tokens. These parts own the rows from now on. */
    public void useTokens(NewTokens others) {
        dropTokens();
        others.rows().forEach(row -> row.attach(manager));
        tokens = others;
    }

    /** Keeps v_train, v_star and gamma of a placeholder token, for {@link #momentum}. */
    public void rememberMomentum(String word, MomentumState notes) {
        momentum.put(NormalizedText.of(word), notes);
    }

    /** v_train, v_star and gamma of a placeholder token; null if it was trained without momentum. */
    public @Nullable MomentumState momentum(String word) {
        return momentum.get(NormalizedText.of(word));
    }

    /** Removes the new tokens. */
    public void dropTokens() {
        if (tokens != null) {
            tokens.rows().forEach(NDArray::close);
            tokens = null;
        }
        closeTokenizers();
    }

    private void closeTokenizers() {
        if (conditioner != null) {
            conditioner.textEncoders().forEach(TextEncoder::closeTokenizer);
            conditioner = null;
        }
    }

    public Denoiser denoiser() {
        if (denoiser == null) {
            DenoiserOutline outline = folder.outline().denoiser();
            denoiser = Denoiser.load(
                    manager,
                    folder.part(outline.network().part()),
                    outline.network().topology(),
                    outline.trainingGuidance());
        }
        return denoiser;
    }

    public LatentCodec latentCodec() {
        if (latentCodec == null) {
            LatentOutline latents = folder.outline().latents();
            Vae vae = Vae.load(manager, folder.part(latents.autoencoder().part()));
            latentCodec = new LatentCodec(vae, latents.scale(), latents.shift());
        }
        return latentCodec;
    }

    /** A part that is used at some times only. The denoiser is used nearly always. */
    public enum Part {
        TEXT_ENCODERS,
        PICTURE_ENCODER,
        PICTURE_DECODER
    }

    /**
     * Frees the frozen weights of parts that are not needed next. Each is read again when it is used. The denoiser stays.
     *
     * @param needed parts whose weights stay in memory if they are there
     */
    public void keepOnly(Set<Part> needed) {
        long freed = 0;
        for (Part part : Part.values()) {
            if (!needed.contains(part)) {
                for (Network network : networks(part)) {
                    freed += network.bytes() > small ? network.release() : 0;
                }
            }
        }
        if (freed > 0) {
            NativeHeap.trim();
        }
    }

    /** Parts whose weights are in memory. */
    public Set<Part> loaded() {
        return Arrays.stream(Part.values())
                .filter(part -> networks(part).stream().anyMatch(Network::isLoaded))
                .collect(Collectors.toSet());
    }

    private Collection<Network> networks(Part part) {
        return switch (part) {
            case TEXT_ENCODERS -> encoders.networks();
            case PICTURE_ENCODER -> latentCodec == null ? List.of() : List.of(latentCodec.encoder());
            case PICTURE_DECODER -> latentCodec == null ? List.of() : List.of(latentCodec.decoder());
        };
    }

    /** The networks that training can change, by the prefix of their tensors. */
    public Map<String, Network> trainable() {
        Map<String, Network> networks = new LinkedHashMap<>();
        networks.put(denoiserPrefix(), denoiser().network());
        conditioner().networks().forEach((name, network) -> networks.put(name + ".", network));
        return networks;
    }

    /** Prefix of the denoiser's tensors where the tensors of several networks are in one map. */
    public String denoiserPrefix() {
        return prefix(folder.outline().denoiser().network());
    }

    private static String prefix(NetworkOutline network) {
        return network.part() + ".";
    }

    /** The layers that adapters can change. */
    public BaseLayers layers() {
        Map<String, Network> networks = trainable();
        return folder.outline()
                .layers(part -> Objects.requireNonNull(networks.get(part + ".")).shapes());
    }

    /**
     * The layers of a network that an adapter changes: their weights' shapes by their names in the network.
     *
     * @param prefix of the network's tensors
     */
    public Map<String, long[]> layers(String prefix, LoraTargets targets) {
        Set<String> attention = folder.outline().networks().stream()
                .filter(network -> prefix(network).equals(prefix))
                .findFirst()
                .orElseThrow()
                .attention();
        return targets.layers(Objects.requireNonNull(trainable().get(prefix)).shapes(), attention);
    }

    /** Sets the precision that the networks compute in. */
    public void use(Precision precision) {
        trainable().values().forEach(network -> network.use(precision));
    }

    /**
     * Casts the frozen weights of the denoiser and the text encoders to the precision that they compute in, which takes half the
     * memory. {@link #reload} brings the fp32 weights back.
     */
    public void castFrozenWeights() {
        trainable().values().forEach(Network::castFrozenWeights);
    }

    /** Unloads the networks that training can change, so that the next use loads the base model's weights. Keeps new tokens. */
    public void reload() {
        closeTokenizers();
        closeNetworks();
    }

    /** The names of every weight that training can change, with the network's prefix. */
    public Set<String> weightNames() {
        Set<String> names = new LinkedHashSet<>();
        trainable().forEach((prefix, network) -> network.shapes().keySet().forEach(name -> names.add(prefix + name)));
        return names;
    }

    /**
     * Weights that training can change, to be changed in place. They stay in memory from now on.
     *
     * @param wanted names with the network's prefix; unknown ones are left out
     */
    public Map<String, NDArray> weights(Set<String> wanted) {
        Map<String, NDArray> weights = new LinkedHashMap<>();
        trainable()
                .forEach((prefix, network) -> network.shapes().keySet().stream()
                        .filter(name -> wanted.contains(prefix + name))
                        .forEach(name -> weights.put(prefix + name, network.tensor(name))));
        return weights;
    }

    /** Removes everything trained: networks are loaded again at their next use, and new tokens are gone. */
    public void dropTrained() {
        momentum.clear();
        dropTokens();
        closeNetworks();
    }

    private void closeNetworks() {
        encoders.close();
        if (denoiser != null) {
            denoiser.close();
            denoiser = null;
        }
    }

    @Override
    public void close() {
        dropTrained();
        if (latentCodec != null) {
            latentCodec.close();
            latentCodec = null;
        }
    }
}
