package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.schedule.NoiseSchedule;
import dev.likeness.diffusion.schedule.SchedulerConfig;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.text.ClipTextEncoder;
import dev.likeness.diffusion.training.AdamW;
import dev.likeness.diffusion.training.Checkpoint;
import dev.likeness.diffusion.training.Denoising;
import dev.likeness.diffusion.training.Example;
import dev.likeness.diffusion.training.Examples;
import dev.likeness.diffusion.training.TrainingListener;
import dev.likeness.diffusion.training.TrainingLoop;
import dev.likeness.diffusion.unet.Unet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The cases of full fine-tuning, through the loop that jobs train with. */
final class Sd1TrainingGolden implements AutoCloseable {

    private static final Shape LATENT = new Shape(4, 16, 16);

    private final GoldenCase golden;
    private final GoldenTensors tensors;
    private final NDManager manager;
    private final Unet unet;
    private final ClipTextEncoder text;
    private final NoiseSchedule schedule;

    Sd1TrainingGolden(GoldenCase golden, NDManager manager) throws Exception {
        this.golden = golden;
        this.manager = manager;
        tensors = golden.tensors();
        unet = Unet.load(manager, golden.path("model/unet"));
        text = ClipTextEncoder.load(manager, golden.path("model/text_encoder"));
        @SuppressWarnings("unchecked")
        Map<String, Object> config = ModelConfig.read(golden.path("model/scheduler/scheduler_config.json"), Map.class);
        schedule = NoiseSchedule.of(SchedulerConfig.from(config));
    }

    void dreamBooth(boolean checkpointing) {
        JsonNode s = golden.settings();
        double lambda = s.required("prior_loss_weight").doubleValue();
        int steps = s.required("steps").intValue();
        Examples examples = (step, pass) -> List.of(example(step, 0, 1), example(step, 1, lambda));
        List<Double> losses = new ArrayList<>();
        try (Denoising method = denoising(s.required("train_text_encoder").booleanValue(), checkpointing, examples);
                AdamW optimizer = new AdamW(manager, method.parameters(), adamW(s));
                TrainingLoop loop = new TrainingLoop(manager, method, optimizer, loopSettings(s, steps))) {
            loop.run(0, recording(losses));
            tensors.get("dreambooth.losses").assertClose(floats(losses), golden.tolerance("losses_fp32"));
            method.parameters().forEach((name, weight) -> {
                String after = "dreambooth.after." + name.replaceFirst("^unet\\.", "");
                if (name.startsWith("unet.") && tensors.has(after)) {
                    tensors.get(after)
                            .assertClose(
                                    weight.getShape().getShape(),
                                    weight.toFloatArray(),
                                    golden.tolerance("weights_after_steps"));
                }
            });
        }
    }

    void minSnr() {
        double gamma = golden.settings().required("snr_gamma").doubleValue();
        Examples examples = (step, pass) -> {
            List<Example> batch = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                double weight = schedule.minSnrWeight(timestep(step, i), gamma) / 2;
                batch.add(example(step, i, weight));
            }
            return batch;
        };
        try (Denoising method = denoising(false, false, examples);
                NDManager scope = manager.newSubManager()) {
            double loss = method.pass(scope, 0, 0).loss();
            assertThat(loss).isCloseTo(tensors.get("minsnr.loss").scalar(), offset(golden.tolerance("losses_fp32")));
        }
    }

    private Denoising denoising(boolean trainText, boolean checkpointing, Examples examples) {
        long[] ids = tensors.longs("train.ids");
        List<long[]> prompts =
                List.of(Arrays.copyOf(ids, ids.length / 2), Arrays.copyOfRange(ids, ids.length / 2, ids.length));
        return new Denoising(
                manager,
                new Denoising.Networks(unet, text, schedule),
                new Denoising.Options(prompts, LATENT, trainText, checkpointing),
                examples);
    }

    private Example example(int step, int index, double weight) {
        float[] latent = tensors.get("train.latents").at(index).values();
        float[] noise = tensors.get("train.noise").at(step).at(index).values();
        return new Example(latent, noise, timestep(step, index), index, weight);
    }

    private int timestep(int step, int index) {
        return (int) tensors.longs("train.timesteps")[2 * step + index];
    }

    private static AdamW.Settings adamW(JsonNode s) {
        return new AdamW.Settings(
                s.required("betas").get(0).doubleValue(),
                s.required("betas").get(1).doubleValue(),
                s.required("weight_decay").doubleValue(),
                s.required("eps").doubleValue());
    }

    private static TrainingLoop.Settings loopSettings(JsonNode s, int steps) {
        return new TrainingLoop.Settings(
                steps,
                s.required("lr").doubleValue(),
                1,
                s.required("max_grad_norm").doubleValue(),
                Duration.ofHours(1),
                "golden");
    }

    private static TrainingListener recording(List<Double> losses) {
        return new TrainingListener() {
            @Override
            public void onStep(int step, int total, double loss, double learningRate) {
                losses.add(loss);
            }

            @Override
            public Signal signal() {
                return Signal.CONTINUE;
            }

            @Override
            public void onCheckpoint(Checkpoint checkpoint) {}
        };
    }

    private static float[] floats(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }

    @Override
    public void close() {
        unet.close();
        text.close();
    }
}
