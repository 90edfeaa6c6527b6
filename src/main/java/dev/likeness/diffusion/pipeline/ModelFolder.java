package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.schedule.SchedulerConfig;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.unet.UnetConfig;
import dev.likeness.diffusion.vae.VaeConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A base model's folder in the diffusers layout. */
final class ModelFolder {

    private static final String PIPELINE = "StableDiffusionPipeline";
    private static final String XL_PIPELINE = "StableDiffusionXLPipeline";
    private static final List<String> PARTS = List.of("scheduler", "text_encoder", "tokenizer", "unet", "vae");
    private static final List<String> XL_PARTS =
            List.of("scheduler", "text_encoder", "text_encoder_2", "tokenizer", "tokenizer_2", "unet", "vae");

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
            Set.of("scheduler", "safety_checker", "feature_extractor", "image_encoder", "watermark");

    private static final int BUFFER = 1 << 20;

    private final Path folder;
    private final boolean xl;
    private final boolean zeroesEmpty;

    /**
     * Looks at a folder.
     *
     * @throws InvalidModelException if it is no Stable Diffusion model, or has a part that is not understood
     */
    ModelFolder(Path folder) {
        this.folder = folder;
        JsonNode index = ModelConfig.tree(folder.resolve("model_index.json"));
        String pipeline = index.path("_class_name").asString("");
        if (!pipeline.equals(PIPELINE) && !pipeline.equals(XL_PIPELINE)) {
            throw new InvalidModelException("model_index.json: pipeline %s is not supported, only %s and %s"
                    .formatted(pipeline, PIPELINE, XL_PIPELINE));
        }
        xl = pipeline.equals(XL_PIPELINE);
        zeroesEmpty = xl && index.path("force_zeros_for_empty_prompt").asBoolean(true);
        requireKnownParts(index);
        for (String part : parts()) {
            if (!Files.isDirectory(folder.resolve(part))) {
                throw new InvalidModelException("the model's folder has no " + part);
            }
        }
    }

    private static void requireKnownParts(JsonNode index) {
        for (Map.Entry<String, JsonNode> entry : index.properties()) {
            JsonNode value = entry.getValue();
            String part = entry.getKey();
            if (!value.isArray() || value.size() != 2 || value.get(1).isNull() || IGNORED.contains(part)) {
                continue;
            }
            String type = value.get(1).asString();
            if (!CLASSES.getOrDefault(part, Set.of()).contains(type)) {
                throw new InvalidModelException(
                        "model_index.json: the part %s, a %s, is not supported".formatted(part, type));
            }
        }
    }

    private List<String> parts() {
        return xl ? XL_PARTS : PARTS;
    }

    /** Folders of the text towers, each with its tokenizer's. */
    Map<String, String> towers() {
        Map<String, String> towers = new LinkedHashMap<>();
        towers.put("text_encoder", "tokenizer");
        if (xl) {
            towers.put("text_encoder_2", "tokenizer_2");
        }
        return towers;
    }

    /** Whether an empty prompt means text states of zero. */
    boolean zeroesEmptyPrompts() {
        return zeroesEmpty;
    }

    Path root() {
        return folder;
    }

    /** Whether a file, by its path in the folder, belongs to the pipeline. */
    boolean owns(String file) {
        return file.equals("model_index.json") || parts().stream().anyMatch(part -> file.startsWith(part + "/"));
    }

    Path part(String name) {
        return folder.resolve(name);
    }

    SchedulerConfig scheduler() {
        try {
            @SuppressWarnings("unchecked")
            Map<String, Object> json = ModelConfig.read(folder.resolve("scheduler/scheduler_config.json"), Map.class);
            return SchedulerConfig.from(json);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException("scheduler/scheduler_config.json: " + e.getMessage(), e);
        }
    }

    ModelInfo describe() {
        UnetConfig unet = UnetConfig.read(folder.resolve("unet/config.json"));
        VaeConfig vae = VaeConfig.read(folder.resolve("vae/config.json"));
        Integer size = unet.sampleSize();
        int resolution = (size == null ? 64 : size) * vae.factor();
        return new ModelInfo(family(unet), hash(), resolution, vae.factor() * unet.reach());
    }

    private String family(UnetConfig unet) {
        if (xl) {
            return "stable-diffusion-xl";
        }
        return unet.useLinearProjection() ? "stable-diffusion-2" : "stable-diffusion-1";
    }

    /** SHA-256 over the names and contents of what the images depend on. */
    private String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files()) {
                digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                update(digest, file);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new InvalidModelException("cannot read the model's folder", e);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file ->
                            parts().contains(folder.relativize(file).getName(0).toString()))
                    .sorted()
                    .toList();
        }
    }

    private static void update(MessageDigest digest, Path file) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }
}
