package dev.likeness.diffusion.inspection;

import dev.likeness.diffusion.family.ConditioningLayout;
import dev.likeness.diffusion.family.ConditioningLayout.Piece;
import dev.likeness.diffusion.family.ConditioningLayout.State;
import dev.likeness.diffusion.schedule.SchedulerClass;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A model_index.json: which pipeline a folder in the diffusers layout is, and of which parts. */
public final class ModelIndex {

    /** Its name in the folder. */
    public static final String FILE = "model_index.json";

    private static final String PIPELINE = "StableDiffusionPipeline";
    private static final String XL_PIPELINE = "StableDiffusionXLPipeline";
    private static final List<String> PARTS = List.of("scheduler", "text_encoder", "tokenizer", "unet", "vae");
    private static final List<String> XL_PARTS =
            List.of("scheduler", "text_encoder", "text_encoder_2", "tokenizer", "tokenizer_2", "unet", "vae");

    /** Latent sides that these pipelines take where a UNet's configuration tells none. */
    private static final int SIDE = 64;

    private static final int XL_SIDE = 128;

    /** The classes whose files are understood. */
    private static final Map<String, Set<String>> CLASSES = Map.of(
            "unet", Set.of("UNet2DConditionModel"),
            "vae", Set.of("AutoencoderKL"),
            "text_encoder", Set.of("CLIPTextModel"),
            "text_encoder_2", Set.of("CLIPTextModelWithProjection"),
            "tokenizer", Set.of("CLIPTokenizer", "CLIPTokenizerFast"),
            "tokenizer_2", Set.of("CLIPTokenizer", "CLIPTokenizerFast"));

    /** Parts that neither training nor sampling needs. */
    private static final Set<String> IGNORED =
            Set.of("safety_checker", "feature_extractor", "image_encoder", "watermark");

    private final String pipeline;
    private final boolean zeroesEmpty;

    /**
     * Checks a file's contents.
     *
     * @throws InvalidModelException if it is of no Stable Diffusion model, or names a part that is not understood
     */
    public ModelIndex(JsonNode json) {
        pipeline = json.path("_class_name").asString("");
        if (!pipeline.equals(PIPELINE) && !pipeline.equals(XL_PIPELINE)) {
            throw new InvalidModelException("model_index.json: pipeline %s is not supported, only %s and %s"
                    .formatted(pipeline, PIPELINE, XL_PIPELINE));
        }
        zeroesEmpty = isXl() && json.path("force_zeros_for_empty_prompt").asBoolean(true);
        requireKnownParts(json);
    }

    private static void requireKnownParts(JsonNode json) {
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            JsonNode value = entry.getValue();
            String part = entry.getKey();
            if (!value.isArray() || value.size() != 2 || value.get(1).isNull() || IGNORED.contains(part)) {
                continue;
            }
            String type = value.get(1).asString();
            if (part.equals("scheduler")) {
                requireScheduler(type);
            } else if (!CLASSES.getOrDefault(part, Set.of()).contains(type)) {
                throw new InvalidModelException(
                        "model_index.json: the part %s, a %s, is not supported".formatted(part, type));
            }
        }
    }

    private static void requireScheduler(String type) {
        try {
            SchedulerClass.require(type);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException("model_index.json: " + e.getMessage(), e);
        }
    }

    /** The pipeline's class in diffusers. */
    public String pipeline() {
        return pipeline;
    }

    /** Whether it is Stable Diffusion XL. */
    public boolean isXl() {
        return pipeline.equals(XL_PIPELINE);
    }

    /** The parts that there have to be. */
    public List<String> parts() {
        return isXl() ? XL_PARTS : PARTS;
    }

    /** Folders of the text encoders, each with its tokenizer's. */
    public Map<String, String> textEncoders() {
        Map<String, String> textEncoders = new LinkedHashMap<>();
        textEncoders.put("text_encoder", "tokenizer");
        if (isXl()) {
            textEncoders.put("text_encoder_2", "tokenizer_2");
        }
        return textEncoders;
    }

    /** How the states of the text encoders make the conditioning. */
    public ConditioningLayout conditioning() {
        return isXl()
                ? new ConditioningLayout(
                        List.of(new Piece(0, State.PENULTIMATE), new Piece(1, State.PENULTIMATE)),
                        List.of(new Piece(1, State.POOLED)))
                : new ConditioningLayout(List.of(new Piece(0, State.LAST_HIDDEN)), List.of());
    }

    /** Whether an empty prompt means text states of zero. */
    public boolean zeroesEmptyPrompts() {
        return zeroesEmpty;
    }

    /** Side of latents where a UNet's configuration tells none. */
    public int usualSide() {
        return isXl() ? XL_SIDE : SIDE;
    }
}
