package dev.likeness.diffusion.inspection;

import dev.likeness.diffusion.families.ModelFamilies;
import dev.likeness.diffusion.family.ModelFamily;
import dev.likeness.diffusion.family.ModelOutline;
import dev.likeness.diffusion.family.ModelOutline.NetworkOutline;
import dev.likeness.diffusion.family.ModelOutline.TextEncoderOutline;
import dev.likeness.diffusion.graph.NeededWeights;
import dev.likeness.diffusion.graph.WeightSpec;
import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.FileFaults;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelHeaders;
import dev.likeness.diffusion.token.TokenizerFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checks whether a model in the diffusers layout can be trained and sampled: the configuration of every part, whether the parts
 * match, and whether the weights have the names and shapes that the configurations describe, and supported types. Only
 * documents and the headers of weight files are read.
 */
public final class ModelCheck {

    private static final String WEIGHT_TYPES = Arrays.stream(Element.values())
            .filter(Element::holdsWeights)
            .map(Element::name)
            .collect(Collectors.joining(", "));

    private final ModelHeaders model;

    private ModelCheck(ModelHeaders model) {
        this.model = model;
    }

    /**
     * The facts that the check finds.
     *
     * @param pipeline class in diffusers
     * @param resolution native side of images in pixels
     * @param sizeMultiple image sides are multiples of this many pixels
     * @param mostClipSkip most layers that its text encoders can skip at their end
     */
    public record Facts(String pipeline, int resolution, int sizeMultiple, int mostClipSkip) {}

    /**
     * Checks a model.
     *
     * @throws InvalidModelException with the first reason why the model cannot be used; the message holds nothing confidential
     */
    public static Facts check(ModelHeaders model) {
        ModelFamily family = ModelFamilies.ofWhole(model);
        ModelOutline outline = family.outline(model);
        family.noise(model);
        ModelCheck check = new ModelCheck(model);
        outline.conditioning().textEncoders().forEach(check::requireTokenizer);
        outline.networks().forEach(check::requireWeights);
        return new Facts(
                family.pipeline(),
                outline.resolution(),
                outline.sizeMultiple(),
                outline.conditioning().mostClipSkip());
    }

    private void requireTokenizer(TextEncoderOutline textEncoder) {
        String part = textEncoder.tokenizer();
        String ofTextEncoder = textEncoder.network().part();
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
        if (files.size() > textEncoder.vocabulary()) {
            throw new InvalidModelException(
                    "%s has ids up to %d, but %s has only %d rows: they belong to different models"
                            .formatted(part, files.size() - 1, ofTextEncoder, textEncoder.vocabulary()));
        }
        if (files.maxLength() > textEncoder.positions()) {
            throw new InvalidModelException("%s makes prompts of %d tokens, but %s takes only %d"
                    .formatted(part, files.maxLength(), ofTextEncoder, textEncoder.positions()));
        }
    }

    private void requireWeights(NetworkOutline network) {
        String part = network.part();
        Map<String, WeightSpec> weights = weights(network);
        if (!model.hasShapes(part)) {
            return;
        }
        Map<String, long[]> found = new LinkedHashMap<>();
        model.shapes(part).forEach((name, shape) -> {
            String current = network.currentName().apply(name);
            if (!current.isEmpty()) {
                found.put(current, shape);
            }
        });
        NeededWeights.requireMatch(part, weights, found);
        model.elements(part).forEach((name, element) -> {
            if (weights.containsKey(network.currentName().apply(name)) && !element.holdsWeights()) {
                throw new InvalidModelException("%s: the weight %s is of type %s, which is not supported; %s are"
                        .formatted(part, name, element, WEIGHT_TYPES));
            }
        });
    }

    /** Every failure of computing with a configuration is a fault of the configuration. */
    private static Map<String, WeightSpec> weights(NetworkOutline network) {
        try {
            return network.weights();
        } catch (RuntimeException e) {
            throw new InvalidModelException(
                    "%s/config.json does not describe a supported network".formatted(network.part()), e);
        }
    }
}
