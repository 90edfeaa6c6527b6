package dev.likeness.diffusion.model;

import dev.likeness.diffusion.family.ConditioningLayout;
import dev.likeness.diffusion.inspection.ModelCheck;
import dev.likeness.diffusion.inspection.ModelIndex;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.schedule.SchedulerConfig;
import dev.likeness.diffusion.schedule.VariancePreserving;
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
import java.util.stream.Stream;

/** A base model's folder in the diffusers layout. */
public final class ModelFolder {

    private static final int BUFFER = 1 << 20;

    private final Path folder;
    private final ModelIndex index;

    /**
     * Looks at a folder.
     *
     * @throws InvalidModelException if it is no Stable Diffusion model, or has a part that is not understood
     */
    public ModelFolder(Path folder) {
        this.folder = folder;
        index = new ModelIndex(ModelConfig.tree(folder.resolve(ModelIndex.FILE)));
        for (String part : parts()) {
            if (!Files.isDirectory(folder.resolve(part))) {
                throw new InvalidModelException("the model's folder has no " + part);
            }
        }
    }

    private List<String> parts() {
        return index.parts();
    }

    /** Folders of the text encoders, each with its tokenizer's. */
    Map<String, String> textEncoders() {
        return index.textEncoders();
    }

    /** How the states of the text encoders make the conditioning. */
    ConditioningLayout conditioning() {
        return index.conditioning();
    }

    /** Whether an empty prompt means text states of zero. */
    boolean zeroesEmptyPrompts() {
        return index.zeroesEmptyPrompts();
    }

    Path root() {
        return folder;
    }

    /** Whether a file, by its path in the folder, belongs to the pipeline. */
    boolean owns(String file) {
        return file.equals(ModelIndex.FILE) || parts().stream().anyMatch(part -> file.startsWith(part + "/"));
    }

    public Path part(String name) {
        return folder.resolve(name);
    }

    public NoiseProcess noise() {
        try {
            @SuppressWarnings("unchecked")
            Map<String, Object> json = ModelConfig.read(folder.resolve("scheduler/scheduler_config.json"), Map.class);
            return new VariancePreserving(SchedulerConfig.from(json));
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException("scheduler/scheduler_config.json: " + e.getMessage(), e);
        }
    }

    public ModelInfo describe() {
        UnetConfig unet = UnetConfig.read(folder.resolve("unet/config.json"));
        VaeConfig vae = VaeConfig.read(folder.resolve("vae/config.json"));
        ModelCheck.Facts facts = ModelCheck.facts(index, unet, vae);
        return new ModelInfo(family(unet), hash(), facts.resolution(), facts.sizeMultiple());
    }

    private String family(UnetConfig unet) {
        if (index.isXl()) {
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
