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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A base model's folder in the diffusers layout. */
final class ModelFolder {

    private static final String PIPELINE = "StableDiffusionPipeline";
    private static final String FAMILY = "stable-diffusion-1";
    private static final Set<String> PARTS = Set.of("scheduler", "text_encoder", "tokenizer", "unet", "vae");
    private static final int BUFFER = 1 << 20;

    private final Path folder;

    /**
     * Looks at a folder.
     *
     * @throws InvalidModelException if it is not a Stable Diffusion 1 model
     */
    ModelFolder(Path folder) {
        this.folder = folder;
        String pipeline = ModelConfig.tree(folder.resolve("model_index.json"))
                .path("_class_name")
                .asString("");
        if (!pipeline.equals(PIPELINE)) {
            throw new InvalidModelException(
                    "model_index.json: pipeline %s is not supported, only %s".formatted(pipeline, PIPELINE));
        }
        for (String part : PARTS) {
            if (!Files.isDirectory(folder.resolve(part))) {
                throw new InvalidModelException("the model's folder has no " + part);
            }
        }
    }

    Path part(String name) {
        return folder.resolve(name);
    }

    boolean has(String name) {
        return Files.isDirectory(folder.resolve(name));
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
        return new ModelInfo(FAMILY, hash(), resolution, vae.factor() * unet.reach());
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
                            PARTS.contains(folder.relativize(file).getName(0).toString()))
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
