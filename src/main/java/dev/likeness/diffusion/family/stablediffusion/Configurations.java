package dev.likeness.diffusion.family.stablediffusion;

import dev.likeness.diffusion.family.ModelOutline;
import dev.likeness.diffusion.family.ModelOutline.ConditioningOutline;
import dev.likeness.diffusion.family.ModelOutline.DenoiserOutline;
import dev.likeness.diffusion.family.ModelOutline.LatentOutline;
import dev.likeness.diffusion.family.ModelOutline.NetworkOutline;
import dev.likeness.diffusion.family.ModelOutline.TextEncoderOutline;
import dev.likeness.diffusion.family.TextEncoderKind;
import dev.likeness.diffusion.family.stablediffusion.StableDiffusion.Arrangement;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelHeaders;
import dev.likeness.diffusion.text.ClipTextConfig;
import dev.likeness.diffusion.unet.UnetConfig;
import dev.likeness.diffusion.vae.VaeConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Reads the configurations of a model's networks, and checks that they match. */
final class Configurations {

    private final Arrangement arrangement;
    private final UnetConfig unet;
    private final VaeConfig vae;
    private final Map<String, ClipTextConfig> textEncoders = new LinkedHashMap<>();

    Configurations(ModelHeaders model, Arrangement arrangement) {
        this.arrangement = arrangement;
        unet = understood(Parts.UNET, () -> UnetConfig.of(model.config(Parts.UNET)));
        vae = understood(Parts.VAE, () -> VaeConfig.of(model.config(Parts.VAE)));
        for (String part : arrangement.tokenizers().keySet()) {
            JsonNode json = model.config(part);
            textEncoders.put(part, understood(part, () -> ClipTextConfig.of(part + "/config.json", json)));
        }
        requireHeads();
        requireAgreement();
    }

    ModelOutline outline(boolean zeroesEmptyPrompts) {
        return new ModelOutline(
                new DenoiserOutline(
                        new NetworkOutline(
                                Parts.UNET, List.of(unet.topology()), UnaryOperator.identity(), Parts.UNET_ATTENTION),
                        new UnetNames(
                                unet.layersPerBlock(),
                                level -> unet.upBlockTypes().get(level).startsWith("CrossAttn"),
                                arrangement.sized()),
                        null),
                new ConditioningOutline(
                        textEncoders.entrySet().stream()
                                .map(each -> textEncoder(each.getKey(), each.getValue()))
                                .toList(),
                        arrangement.layout(),
                        zeroesEmptyPrompts),
                new LatentOutline(
                        new NetworkOutline(
                                Parts.VAE, List.of(vae.encoder(), vae.decoder()), VaeConfig::currentName, Set.of()),
                        vae.decoder(),
                        vae.factor(),
                        vae.scaling(),
                        0),
                unet.side(arrangement.side()) * vae.factor(),
                vae.factor() * unet.reach());
    }

    private TextEncoderOutline textEncoder(String part, ClipTextConfig config) {
        return new TextEncoderOutline(
                new NetworkOutline(
                        part, List.of(config.topology()), ClipTextConfig::currentName, ClipTextConfig.ATTENTION),
                TextEncoderKind.CLIP,
                Objects.requireNonNull(arrangement.tokenizers().get(part)),
                config.hiddenSize(),
                config.vocabSize(),
                config.maxPositionEmbeddings(),
                config.numHiddenLayers());
    }

    /** Converts any failure for a configuration into one that blames the configuration. */
    private static <T> T understood(String part, Supplier<T> read) {
        try {
            return read.get();
        } catch (InvalidModelException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new InvalidModelException("%s/config.json does not describe a supported network".formatted(part), e);
        }
    }

    private void requireHeads() {
        textEncoders.forEach((part, textEncoder) -> {
            if (textEncoder.numAttentionHeads() < 1
                    || textEncoder.hiddenSize() % textEncoder.numAttentionHeads() != 0) {
                throw new InvalidModelException("%s/config.json: %d attention heads do not divide %d features"
                        .formatted(part, textEncoder.numAttentionHeads(), textEncoder.hiddenSize()));
            }
        });
    }

    /** Checks that each network's outputs match the inputs of others. */
    private void requireAgreement() {
        if (vae.shiftFactor() != null) {
            // The pipelines of diffusers ignore it.
            throw new InvalidModelException("vae/config.json: shift_factor is not supported");
        }
        if (unet.inChannels() != vae.latentChannels()) {
            throw new InvalidModelException(
                    "unet/config.json: in_channels is %d where latents have %d channels: models for inpainting, depth or editing are not supported"
                            .formatted(unet.inChannels(), vae.latentChannels()));
        }
        if (unet.outChannels() != vae.latentChannels()) {
            throw new InvalidModelException("unet/config.json: out_channels is %d where latents have %d channels"
                    .formatted(unet.outChannels(), vae.latentChannels()));
        }
        int states = textEncoders.values().stream()
                .mapToInt(ClipTextConfig::hiddenSize)
                .sum();
        if (unet.crossAttentionDim() != states) {
            throw new InvalidModelException(
                    "unet/config.json: cross_attention_dim is %d, but the text encoders give %d features"
                            .formatted(unet.crossAttentionDim(), states));
        }
        if (unet.takesSizes() != arrangement.sized()) {
            throw new InvalidModelException("unet/config.json: addition_embed_type %s does not go with a %s"
                    .formatted(unet.additionEmbedType(), arrangement.pipeline()));
        }
        textEncoders.forEach((part, textEncoder) -> {
            if (arrangement.projects(part) && !textEncoder.projects()) {
                throw new InvalidModelException(
                        "%s/config.json does not describe a CLIPTextModelWithProjection".formatted(part));
            }
        });
    }
}
