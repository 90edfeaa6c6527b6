package dev.likeness.diffusion.inspection;

import dev.likeness.diffusion.graph.NeededWeights;
import dev.likeness.diffusion.graph.WeightSpec;
import dev.likeness.diffusion.schedule.NoiseSchedule;
import dev.likeness.diffusion.schedule.SchedulerConfig;
import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.FileFaults;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.tensor.ModelHeaders;
import dev.likeness.diffusion.text.ClipTextConfig;
import dev.likeness.diffusion.token.TokenizerFiles;
import dev.likeness.diffusion.unet.UnetConfig;
import dev.likeness.diffusion.vae.VaeConfig;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Whether a model in the diffusers layout can be trained and drawn with: what its files say of every part, whether the parts
 * go together, and whether the weights have the names and shapes that the configurations ask for, and types that are read. Only documents and the
 * headers of weight files are read.
 */
public final class ModelCheck {

    private static final String SCHEDULER = "scheduler/scheduler_config.json";

    private static final String WEIGHT_TYPES = Arrays.stream(Element.values())
            .filter(Element::holdsWeights)
            .map(Element::name)
            .collect(Collectors.joining(", "));

    private final ModelHeaders model;
    private final ModelIndex index;
    private final UnetConfig unet;
    private final VaeConfig vae;

    private ModelCheck(ModelHeaders model) {
        this.model = model;
        index = new ModelIndex(model.document(ModelIndex.FILE));
        for (String part : index.parts()) {
            if (!model.has(part)) {
                throw new InvalidModelException("the model's folder has no " + part);
            }
        }
        unet = understood("unet", () -> UnetConfig.of(model.config("unet")));
        vae = understood("vae", () -> VaeConfig.of(model.config("vae")));
    }

    /**
     * What the check has found.
     *
     * @param pipeline class in diffusers
     * @param resolution native side of pictures in pixels
     * @param sizeMultiple every side has to be a multiple of this many pixels
     */
    public record Facts(String pipeline, int resolution, int sizeMultiple) {}

    /**
     * Checks a model.
     *
     * @throws InvalidModelException with the first reason why it cannot be used; the message may be shown to anybody
     */
    public static Facts check(ModelHeaders model) {
        ModelCheck check = new ModelCheck(model);
        check.requireSchedule();
        List<ClipTextConfig> textEncoders = check.textEncoders();
        check.requireAgreement(textEncoders);
        check.requireWeights(textEncoders);
        return facts(check.index, check.unet, check.vae);
    }

    /** What a model that passes the check is like. */
    public static Facts facts(ModelIndex index, UnetConfig unet, VaeConfig vae) {
        return new Facts(index.pipeline(), unet.side(index.usualSide()) * vae.factor(), vae.factor() * unet.reach());
    }

    /** Whatever a configuration makes go wrong, it is the configuration's fault. */
    private static <T> T understood(String part, Supplier<T> read) {
        try {
            return read.get();
        } catch (InvalidModelException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new InvalidModelException("%s/config.json does not describe a supported network".formatted(part), e);
        }
    }

    private void requireSchedule() {
        try {
            @SuppressWarnings("unchecked")
            Map<String, Object> json = ModelConfig.convert(SCHEDULER, model.document(SCHEDULER), Map.class, Map.of());
            NoiseSchedule.of(SchedulerConfig.from(json));
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException("%s: %s".formatted(SCHEDULER, e.getMessage()), e);
        }
    }

    private List<ClipTextConfig> textEncoders() {
        List<ClipTextConfig> textEncoders = new ArrayList<>();
        index.textEncoders().forEach((part, tokenizer) -> {
            JsonNode json = model.config(part);
            ClipTextConfig textEncoder = understood(part, () -> ClipTextConfig.of(part + "/config.json", json));
            if (textEncoder.numAttentionHeads() < 1
                    || textEncoder.hiddenSize() % textEncoder.numAttentionHeads() != 0) {
                throw new InvalidModelException("%s/config.json: %d attention heads do not divide %d features"
                        .formatted(part, textEncoder.numAttentionHeads(), textEncoder.hiddenSize()));
            }
            requireTokenizer(tokenizer, part, textEncoder);
            textEncoders.add(textEncoder);
        });
        return textEncoders;
    }

    private void requireTokenizer(String part, String ofTextEncoder, ClipTextConfig textEncoder) {
        Path folder = model.tokenizer(part).orElse(null);
        if (folder == null) {
            return;
        }
        TokenizerFiles files;
        try {
            files = TokenizerFiles.read(folder);
            files.requireWhole();
        } catch (NoSuchFileException e) {
            throw new InvalidModelException("%s has %s".formatted(part, FileFaults.reason(e)), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidModelException("%s: %s".formatted(part, FileFaults.reason(e)), e);
        }
        if (files.size() > textEncoder.vocabSize()) {
            throw new InvalidModelException("%s has ids up to %d, but %s has only %d rows: they are not of one model"
                    .formatted(part, files.size() - 1, ofTextEncoder, textEncoder.vocabSize()));
        }
        if (files.maxLength() > textEncoder.maxPositionEmbeddings()) {
            throw new InvalidModelException("%s makes prompts of %d tokens, but %s takes only %d"
                    .formatted(part, files.maxLength(), ofTextEncoder, textEncoder.maxPositionEmbeddings()));
        }
    }

    /** Whether one network gives what another takes. */
    private void requireAgreement(List<ClipTextConfig> textEncoders) {
        if (unet.inChannels() != vae.latentChannels()) {
            throw new InvalidModelException(
                    "unet/config.json: in_channels is %d where latents have %d channels: models for inpainting, depth or editing are not supported"
                            .formatted(unet.inChannels(), vae.latentChannels()));
        }
        if (unet.outChannels() != vae.latentChannels()) {
            throw new InvalidModelException("unet/config.json: out_channels is %d where latents have %d channels"
                    .formatted(unet.outChannels(), vae.latentChannels()));
        }
        int states = textEncoders.stream().mapToInt(ClipTextConfig::hiddenSize).sum();
        if (unet.crossAttentionDim() != states) {
            throw new InvalidModelException(
                    "unet/config.json: cross_attention_dim is %d, but the text encoders give %d features"
                            .formatted(unet.crossAttentionDim(), states));
        }
        if (unet.takesSizes() != index.isXl()) {
            throw new InvalidModelException("unet/config.json: addition_embed_type %s does not go with a %s"
                    .formatted(unet.additionEmbedType(), index.pipeline()));
        }
        if (index.isXl() && !textEncoders.get(textEncoders.size() - 1).projects()) {
            throw new InvalidModelException("text_encoder_2/config.json describes no CLIPTextModelWithProjection");
        }
    }

    private void requireWeights(List<ClipTextConfig> textEncoders) {
        require("unet", unet::weights, UnaryOperator.identity());
        require("vae", vae::weights, VaeConfig::currentName);
        int number = 0;
        for (String part : index.textEncoders().keySet()) {
            ClipTextConfig textEncoder = textEncoders.get(number++);
            require(part, textEncoder::weights, ClipTextConfig::currentName);
        }
    }

    private void require(String part, Supplier<Map<String, WeightSpec>> needed, UnaryOperator<String> rename) {
        Map<String, WeightSpec> weights = understood(part, needed);
        if (!model.hasShapes(part)) {
            return;
        }
        Map<String, long[]> found = new LinkedHashMap<>();
        model.shapes(part).forEach((name, shape) -> {
            String current = rename.apply(name);
            if (!current.isEmpty()) {
                found.put(current, shape);
            }
        });
        NeededWeights.requireMatch(part, weights, found);
        model.elements(part).forEach((name, element) -> {
            if (weights.containsKey(rename.apply(name)) && !element.holdsWeights()) {
                throw new InvalidModelException("%s: the weight %s is of type %s, which is not supported; %s are"
                        .formatted(part, name, element, WEIGHT_TYPES));
            }
        });
    }
}
