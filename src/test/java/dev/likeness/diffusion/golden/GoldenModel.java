package dev.likeness.diffusion.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.families.ModelFamilies;
import dev.likeness.diffusion.family.ClipPromptEncoder;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.family.LatentCodec;
import dev.likeness.diffusion.family.ModelOutline;
import dev.likeness.diffusion.family.TextEncoder;
import dev.likeness.diffusion.family.TextEncoders;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.schedule.SchedulerConfig;
import dev.likeness.diffusion.schedule.VariancePreserving;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.tensor.ModelHeaders;
import dev.likeness.diffusion.text.ClipTextEncoder;
import dev.likeness.diffusion.token.ClipTokenizer;
import dev.likeness.diffusion.unet.UnetConfig;
import dev.likeness.diffusion.vae.Vae;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The model of a family of reference values: UNet, text encoders, schedule. */
final class GoldenModel implements AutoCloseable {

    private final GoldenCase golden;
    private final NDManager manager;
    private final Denoiser denoiser;
    private final TextEncoders textEncoders;

    /** For sampling: each encoder has its own tokenizer. */
    static GoldenModel forSampling(GoldenCase golden, NDManager manager) throws IOException {
        return new GoldenModel(golden, manager, List.of(), "_2");
    }

    /**
     * For the training cases: both encoders get the first tokenizer's ids.
     *
     * @param added texts of new tokens
     */
    static GoldenModel forTraining(GoldenCase golden, NDManager manager, List<String> added) throws IOException {
        return new GoldenModel(golden, manager, added, "");
    }

    private GoldenModel(GoldenCase golden, NDManager manager, List<String> added, String secondTokenizer)
            throws IOException {
        this.golden = golden;
        this.manager = manager;
        denoiser = denoiser(golden, manager);
        List<TextEncoder> loaded = new ArrayList<>();
        for (String suffix : List.of("", "_2")) {
            if (Files.isDirectory(golden.path("model/text_encoder" + suffix))) {
                loaded.add(new ClipPromptEncoder(
                        "text_encoder" + suffix,
                        ClipTokenizer.load(
                                golden.path("model/tokenizer" + (suffix.isEmpty() ? "" : secondTokenizer)), added),
                        ClipTextEncoder.load(manager, golden.path("model/text_encoder" + suffix))));
            }
        }
        textEncoders = new TextEncoders(loaded, outline().conditioning().layout(), loaded.size() > 1);
    }

    Denoiser denoiser() {
        return denoiser;
    }

    /** Only the denoiser of a family. */
    static Denoiser denoiser(GoldenCase golden, NDManager manager) {
        Path folder = golden.path("model/unet");
        return Denoiser.load(
                manager,
                folder,
                UnetConfig.of(ModelConfig.tree(folder.resolve("config.json"))).topology(),
                null);
    }

    TextEncoders textEncoders() {
        return textEncoders;
    }

    List<NDArray> noRows() {
        return textEncoders.textEncoders().stream()
                .map(textEncoder -> textEncoder.noRows(manager))
                .toList();
    }

    NoiseProcess noise() {
        return new VariancePreserving(SchedulerConfig.from(schedulerJson()));
    }

    LatentCodec codec() {
        ModelOutline.LatentOutline latents = outline().latents();
        return new LatentCodec(Vae.load(manager, golden.path("model/vae")), latents.scale(), latents.shift());
    }

    private ModelOutline outline() {
        ModelHeaders headers = ModelHeaders.of(golden.path("model"));
        return ModelFamilies.of(headers).outline(headers);
    }

    /** The model's default sampler. */
    String sampler() {
        return switch (String.valueOf(schedulerJson().get("_class_name"))) {
            case "PNDMScheduler" -> "pndm";
            case "DDIMScheduler" -> "ddim";
            case "EulerDiscreteScheduler" -> "euler";
            default -> throw new AssertionError("the model's own sampler is not known");
        };
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> schedulerJson() {
        return ModelConfig.read(golden.path("model/scheduler/scheduler_config.json"), Map.class, Map.of());
    }

    @Override
    public void close() {
        denoiser.close();
        textEncoders.textEncoders().forEach(textEncoder -> {
            textEncoder.network().close();
            textEncoder.closeTokenizer();
        });
    }
}
