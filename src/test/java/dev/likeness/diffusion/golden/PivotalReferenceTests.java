package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.PictureSizes;
import dev.likeness.diffusion.family.TextEncoder;
import dev.likeness.diffusion.graph.Adapters;
import dev.likeness.diffusion.pipeline.TinySettings;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.training.AdamW;
import dev.likeness.diffusion.training.BatchSource;
import dev.likeness.diffusion.training.Checkpoint;
import dev.likeness.diffusion.training.CheckpointFile;
import dev.likeness.diffusion.training.DenoisingObjective;
import dev.likeness.diffusion.training.Example;
import dev.likeness.diffusion.training.ParameterGroups;
import dev.likeness.diffusion.training.PartRate;
import dev.likeness.diffusion.training.Phases;
import dev.likeness.diffusion.training.Rescaling;
import dev.likeness.diffusion.training.TokenEmbeddings;
import dev.likeness.diffusion.training.TrainableParameters;
import dev.likeness.diffusion.training.TrainedPart;
import dev.likeness.diffusion.training.TrainingListener;
import dev.likeness.diffusion.training.TrainingLoop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 20 steps of pivotal tuning, compared with diffusers, peft and diffusers' advanced script; reference.py beside the values made them. */
class PivotalReferenceTests {

    private static final Path REFERENCE = Path.of("src/test/resources/pivotal/reference.safetensors");
    private static final Shape LATENT = new Shape(4, 16, 16);
    private static final List<String> TOKENS = List.of("<sks>", "<sks>_1");
    private static final List<String> PROMPTS = List.of("a photo of a <sks> <sks>_1", "a photo of a dog");
    private static final int STEPS = 20;
    private static final int PIVOT = 10;
    private static final double RESCALING = 0.1;

    /** The embeddings' rate falls to 0 at the pivot. */
    private static final class Settings extends TinySettings {

        @Override
        public int steps() {
            return STEPS;
        }

        @Override
        public PartRate rate(TrainedPart part) {
            return part == TrainedPart.EMBEDDINGS
                    ? new PartRate(5e-3, "cosine", 0, 1)
                    : new PartRate(2e-3, "constant", 0, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tiny-sd1, concurrent",
        "tiny-sd1, sequential",
        "tiny-sd2, concurrent",
        "tiny-sd2, sequential",
        "tiny-sdxl, concurrent",
        "tiny-sdxl, sequential"
    })
    void trainsAsTheReference(String family, String form) throws Exception {
        GoldenTensors reference = GoldenTensors.read(REFERENCE);
        String prefix = "%s.%s.".formatted(family, form);
        GoldenCase golden = GoldenCases.find(family, "lora");
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    GoldenModel model = GoldenModel.forTraining(golden, manager, TOKENS)) {
                GoldenAdapter adapter = GoldenAdapter.initial(golden, manager);
                adapter.attach(model.denoiser().network());
                TokenEmbeddings tokens = tokens(golden, reference, prefix, model, manager);
                TrainableParameters trainable = new TrainableParameters(
                        adapter.names(),
                        model.textEncoders().textEncoders().stream()
                                .map(it -> Set.<String>of())
                                .toList(),
                        tokens,
                        new Phases(form.equals("sequential") ? PIVOT : 0, PIVOT));
                List<Double> losses = new ArrayList<>();
                try (DenoisingObjective objective = new DenoisingObjective(
                        manager,
                        new DenoisingObjective.Networks(model.denoiser(), model.textEncoders(), model.noise()),
                        trainable,
                        new DenoisingObjective.Options(LATENT, false, 0),
                        batches(reference))) {
                    train(manager, objective, trainable.phases(), losses);

                    reference.get(prefix + "losses").assertClose(floats(losses), 1e-5);
                    List<NDArray> learned = tokens.learned(manager);
                    for (int i = 0; i < learned.size(); i++) {
                        reference
                                .get(prefix + "embeddings." + i)
                                .assertClose(learned.get(i).toFloatArray(), 1e-5);
                    }
                    assertAdapter(reference, prefix + "adapter.", objective.parameters());
                }
            }
        });
    }

    private static TokenEmbeddings tokens(
            GoldenCase golden, GoldenTensors reference, String prefix, GoldenModel model, NDManager manager)
            throws Exception {
        long start = golden.tensors().longs("ti.init_id")[0];
        List<TextEncoder> encoders = model.textEncoders().textEncoders();
        List<Double> deviations = encoders.stream().map(TextEncoder::deviation).toList();
        for (int i = 0; i < deviations.size(); i++) {
            assertThat(deviations.get(i))
                    .isCloseTo(reference.get(prefix + "deviation." + i).scalar(), withPercentage(1e-4));
        }
        return TokenEmbeddings.plain(
                manager,
                List.of(),
                encoders.stream()
                        .map(it -> it.rows(manager, it.noRows(manager), start, start))
                        .toList(),
                new Rescaling(RESCALING, deviations));
    }

    private static BatchSource batches(GoldenTensors reference) {
        long[] timesteps = reference.longs("timesteps");
        return (step, pass) -> IntStream.range(0, PROMPTS.size())
                .mapToObj(i -> new Example(
                        reference.get("latents").at(i).values(),
                        reference.get("noise").at(step).at(i).values(),
                        timesteps[2 * step + i],
                        PROMPTS.get(i),
                        PictureSizes.whole(64, 64),
                        1))
                .toList();
    }

    private static void train(NDManager manager, DenoisingObjective objective, Phases phases, List<Double> losses) {
        AdamW.Settings adamw = new AdamW.Constants(0.9, 0.999, 0.01, 1e-4);
        Settings settings = new Settings();
        try (ParameterGroups groups = ParameterGroups.of(
                        manager,
                        objective.parameters(),
                        settings,
                        phases,
                        (owner, parameters) -> new AdamW(owner, parameters, adamw));
                TrainingLoop loop = new TrainingLoop(
                        manager, objective, groups, settings, new CheckpointFile.Notes(0, "reference", null))) {
            loop.run(new TrainingListener() {
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
            });
        }
    }

    private static void assertAdapter(GoldenTensors reference, String prefix, Map<String, NDArray> parameters) {
        List<String> compared = new ArrayList<>();
        for (String name : reference.names()) {
            if (name.startsWith(prefix)) {
                String key = name.substring(prefix.length());
                String layer = key.substring(0, key.length() - ".lora_A.weight".length());
                String own = key.contains(".lora_A.") ? Adapters.down(layer) : Adapters.up(layer);
                NDArray factor = Objects.requireNonNull(parameters.get("unet." + own), own);
                reference.get(name).assertClose(factor.toFloatArray(), 1e-4);
                compared.add(own);
            }
        }
        assertThat(parameters).hasSize(compared.size() + (parameters.containsKey("token.1") ? 2 : 1));
    }

    private static float[] floats(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }
}
