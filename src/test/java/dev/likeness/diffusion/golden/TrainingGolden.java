package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.ClipPromptEncoder;
import dev.likeness.diffusion.family.PictureSizes;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.training.AdamW;
import dev.likeness.diffusion.training.BatchSource;
import dev.likeness.diffusion.training.Checkpoint;
import dev.likeness.diffusion.training.CheckpointFile;
import dev.likeness.diffusion.training.DenoisingObjective;
import dev.likeness.diffusion.training.Example;
import dev.likeness.diffusion.training.LoopSettings;
import dev.likeness.diffusion.training.ParameterGroups;
import dev.likeness.diffusion.training.TokenEmbeddings;
import dev.likeness.diffusion.training.TrainableParameters;
import dev.likeness.diffusion.training.TrainingListener;
import dev.likeness.diffusion.training.TrainingLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The training cases, with the training loop of jobs. */
final class TrainingGolden implements AutoCloseable {

    private static final Shape LATENT = new Shape(4, 16, 16);
    private static final AdamW.Settings ADAMW = new AdamW.Constants(0.9, 0.999, 0.01, 1e-8);

    private final GoldenCase golden;
    private final GoldenTensors tensors;
    private final NDManager manager;
    private final GoldenModel model;
    private final NoiseProcess noise;

    TrainingGolden(GoldenCase golden, NDManager manager) throws Exception {
        this.golden = golden;
        this.manager = manager;
        tensors = golden.tensors();
        model = GoldenModel.forTraining(golden, manager, newTokens(golden));
        noise = model.noise();
    }

    private static List<String> newTokens(GoldenCase golden) {
        JsonNode s = golden.settings();
        return switch (golden.name()) {
            case "textual_inversion" ->
                List.of(
                        s.required("tokens").get(0).stringValue(),
                        s.required("tokens").get(1).stringValue());
            case "momentum_textual_inversion" -> List.of("<sks>");
            default -> List.of();
        };
    }

    void dreamBooth(boolean checkpointing) throws Exception {
        JsonNode s = golden.settings();
        TokenEmbeddings none = TokenEmbeddings.fixed(manager, model.noRows());
        TrainableParameters trainable = TrainableParameters.everything(
                model.denoiser(),
                model.textEncoders(),
                s.required("train_text_encoder").booleanValue(),
                none);
        Map<String, NDArray> trained = run(
                trainable,
                checkpointing,
                withPrior(),
                s.required("max_grad_norm").doubleValue(),
                "dreambooth");
        trained.forEach((name, weight) -> {
            String after = "dreambooth.after." + name.replaceFirst("^unet\\.", "");
            if (name.startsWith("unet.") && tensors.has(after)) {
                assertWeight(after, weight);
            }
        });
    }

    void lora(boolean checkpointing) throws Exception {
        GoldenAdapter adapter = GoldenAdapter.initial(golden, manager);
        adapter.attach(model.denoiser().network());
        TrainableParameters trainable = new TrainableParameters(
                adapter.names(), frozenTextEncoders(), TokenEmbeddings.fixed(manager, model.noRows()));
        run(
                trainable,
                checkpointing,
                withPrior(),
                golden.settings().required("max_grad_norm").doubleValue(),
                "lora");
        adapter.assertLayers(GoldenAdapter.file(golden));
        assertAdaptedOutput();
    }

    /**
     * Compares the output of the unet case with the trained adapter. Its single weights are not comparable: Adam
     * divides even tiny gradients by their magnitude, so that some weights depend on the order of summation.
     */
    private void assertAdaptedOutput() {
        GoldenUnetCase unet = new GoldenUnetCase(manager, tensors);
        NDArray out = model.denoiser().predict(manager, unet.batch());
        assertWeight("lora.out", out);
    }

    void textualInversion(boolean checkpointing) throws Exception {
        long init = tensors.longs("ti.init_id")[0];
        List<NDArray> start = model.textEncoders().textEncoders().stream()
                .map(textEncoder -> textEncoder.rows(manager, textEncoder.noRows(manager), init, init))
                .toList();
        TokenEmbeddings tokens = TokenEmbeddings.plain(manager, List.of(), start);
        run(
                new TrainableParameters(Set.of(), frozenTextEncoders(), tokens),
                checkpointing,
                alike(),
                Double.POSITIVE_INFINITY,
                "ti");
        List<NDArray> learned = tokens.learned(manager);
        for (int i = 0; i < learned.size(); i++) {
            assertWeight(i == 0 ? "ti.learned" : "ti.learned_2", learned.get(i));
        }
    }

    void momentum(TokenEmbeddings.Mode mode, boolean checkpointing) throws Exception {
        String name = "momentum." + mode.name().toLowerCase(Locale.ROOT);
        TokenEmbeddings tokens = new TokenEmbeddings(
                manager,
                mode,
                golden.settings().required("gamma").doubleValue(),
                List.of(),
                List.of(row("momentum.v_init")),
                List.of(row("momentum.v_star")));
        run(
                new TrainableParameters(Set.of(), frozenTextEncoders(), tokens),
                checkpointing,
                alike(),
                Double.POSITIVE_INFINITY,
                name);
        assertRow(name + ".embedding", tokens.learned(manager).get(0));
        assertRow(name + ".v_train", tokens.trained().get(0));
    }

    private NDArray row(String name) {
        return manager.create(tensors.get(name).values(), new Shape(1, tensors.shape(name)[0]));
    }

    private void assertRow(String name, NDArray row) {
        tensors.get(name).assertClose(row.toFloatArray(), golden.tolerance("weights_after_steps"));
    }

    private void assertWeight(String name, NDArray weight) {
        tensors.get(name)
                .assertClose(
                        weight.getShape().getShape(), weight.toFloatArray(), golden.tolerance("weights_after_steps"));
    }

    private List<Set<String>> frozenTextEncoders() {
        return model.textEncoders().textEncoders().stream()
                .map(textEncoder -> Set.<String>of())
                .toList();
    }

    /** Trains, compares the losses, and returns the trained tensors. */
    private Map<String, NDArray> run(
            TrainableParameters trainable, boolean checkpointing, BatchSource examples, double clip, String name) {
        JsonNode s = golden.settings();
        List<Double> losses = new ArrayList<>();
        LoopSettings settings = new LoopSettings(
                s.required("steps").intValue(), step -> s.required("lr").doubleValue(), clip);
        CheckpointFile.Notes start = new CheckpointFile.Notes(0, "golden", null);
        try (DenoisingObjective method = denoising(trainable, checkpointing, examples);
                ParameterGroups groups = ParameterGroups.single(
                        new AdamW(manager, method.parameters(), ADAMW), settings.learningRates());
                TrainingLoop loop = new TrainingLoop(manager, method, groups, settings, start)) {
            loop.run(recording(losses));
            tensors.get(name + ".losses").assertClose(floats(losses), golden.tolerance("losses_fp32"));
            return method.parameters();
        }
    }

    void minSnr() throws Exception {
        double gamma = golden.settings().required("snr_gamma").doubleValue();
        List<String> prompts = trainPrompts();
        BatchSource examples = (step, pass) -> IntStream.range(0, 2)
                .mapToObj(i -> example(step, i, prompts.get(i), noise.lossWeight(timestep(step, i), gamma) / 2))
                .toList();
        TrainableParameters trainable = TrainableParameters.everything(
                model.denoiser(), model.textEncoders(), false, TokenEmbeddings.fixed(manager, model.noRows()));
        try (DenoisingObjective method = denoising(trainable, false, examples);
                NDManager scope = manager.newSubManager()) {
            double loss = method.pass(scope, 0, 0, 1).loss();
            assertThat(loss).isCloseTo(tensors.get("minsnr.loss").scalar(), offset(golden.tolerance("losses_fp32")));
        }
    }

    private DenoisingObjective denoising(TrainableParameters trainable, boolean checkpointing, BatchSource examples) {
        return new DenoisingObjective(
                manager,
                new DenoisingObjective.Networks(model.denoiser(), model.textEncoders(), noise),
                trainable,
                new DenoisingObjective.Options(LATENT, checkpointing, 0),
                examples);
    }

    /** A batch of half instance and half prior pictures. */
    private BatchSource withPrior() throws Exception {
        double lambda = golden.settings().required("prior_loss_weight").doubleValue();
        List<String> prompts = trainPrompts();
        return (step, pass) -> List.of(example(step, 0, prompts.get(0), 1), example(step, 1, prompts.get(1), lambda));
    }

    /** Two pictures in one mean, each with its own prompt. */
    private BatchSource alike() {
        List<String> prompts = strings(golden.settings().required("prompts"));
        return (step, pass) -> List.of(example(step, 0, prompts.get(0), 0.5), example(step, 1, prompts.get(1), 0.5));
    }

    private List<String> trainPrompts() throws Exception {
        List<String> prompts = strings(
                GoldenCases.find(golden.family(), "dreambooth").settings().required("prompts"));
        long[] ids = tensors.longs("train.ids");
        for (int i = 0; i < prompts.size(); i++) {
            int length = ids.length / prompts.size();
            assertThat(((ClipPromptEncoder) model.textEncoders().textEncoders().get(0))
                            .tokenizer()
                            .encode(prompts.get(i)))
                    .isEqualTo(Arrays.copyOfRange(ids, i * length, (i + 1) * length));
        }
        return prompts;
    }

    private static List<String> strings(JsonNode list) {
        return IntStream.range(0, list.size())
                .mapToObj(i -> list.get(i).stringValue())
                .collect(Collectors.toList());
    }

    private Example example(int step, int index, String prompt, double weight) {
        float[] latent = tensors.get("train.latents").at(index).values();
        float[] added = tensors.get("train.noise").at(step).at(index).values();
        return new Example(latent, added, timestep(step, index), prompt, PictureSizes.whole(64, 64), weight);
    }

    private int timestep(int step, int index) {
        return (int) tensors.longs("train.timesteps")[2 * step + index];
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
        model.close();
    }
}
