package dev.likeness.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.data.TrainingCrops;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.family.LatentMoments;
import dev.likeness.diffusion.family.PictureSizes;
import dev.likeness.diffusion.family.TextEncoder;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.MethodTraining;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.pipeline.TinySettings;
import dev.likeness.diffusion.pipeline.TrainingRequest;
import dev.likeness.diffusion.plan.OptimizerKind;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.training.Checkpoint;
import dev.likeness.diffusion.training.Example;
import dev.likeness.diffusion.training.PictureExamples;
import dev.likeness.diffusion.training.Prompts;
import dev.likeness.diffusion.training.TrainingListener;
import dev.likeness.diffusion.training.TrainingSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Training steps, exactly as a job takes them. The name of the workload is {@code train-METHOD} and any of {@code -prior},
 * {@code -text} (the text encoders are trained too), {@code -bf16}, {@code -fp16}, {@code -8bit} and
 * {@code -checkpointing}.
 */
final class TrainingWorkload implements EngineWorkload {

    private static final Map<String, Double> RATES = Map.of("full", 1e-5, "lora", 1e-3, "ti", 5e-3);
    private static final Set<String> FURTHER = Set.of("prior", "text", "bf16", "fp16", "8bit", "checkpointing");

    private static final String CLASS_WORD = "bird";
    private static final String PLACEHOLDER = "sks";

    private final String method;
    private final Set<String> further;

    private TrainingWorkload(String method, Set<String> further) {
        this.method = method;
        this.further = further;
    }

    /** @throws IllegalArgumentException if the name says something unknown */
    static TrainingWorkload named(String name) {
        List<String> words = List.of(name.split("-"));
        Set<String> further = new LinkedHashSet<>(words.subList(Math.min(2, words.size()), words.size()));
        if (words.size() < 2 || !RATES.containsKey(words.get(1)) || !FURTHER.containsAll(further)) {
            throw new IllegalArgumentException(
                    "%s is no workload; train-%s can be followed by %s".formatted(name, RATES.keySet(), FURTHER));
        }
        if (words.get(1).equals("ti") && further.contains("text")) {
            throw new IllegalArgumentException(name + " is no workload: textual inversion trains no text encoder");
        }
        return new TrainingWorkload(words.get(1), further);
    }

    private double rate() {
        return RATES.getOrDefault(method, 0.0);
    }

    private Method method(Task.Size size) {
        return switch (method) {
            case "full" -> new DreamBooth(trainsText());
            case "lora" -> new Lora(new LoraSettings(size.rank(), size.rank(), 0, LoraTargets.ATTENTION), trainsText());
            default -> new TextualInversion(PLACEHOLDER, size.vectors(), CLASS_WORD, null);
        };
    }

    private boolean trainsText() {
        return further.contains("text");
    }

    private static String prompt() {
        return "a photo of a %s %s".formatted(PLACEHOLDER, CLASS_WORD);
    }

    private static String priorPrompt() {
        return "a photo of a " + CLASS_WORD;
    }

    private Precision precision() {
        return further.contains("bf16") ? Precision.BF16 : further.contains("fp16") ? Precision.FP16 : Precision.FP32;
    }

    /** The bundled pictures in turns. Later turns differ in a pixel, so that nothing can treat them as equal. */
    private static List<RgbImage> subject(Task task) throws IOException {
        List<RgbImage> bundled = Opened.pictures("owl");
        List<RgbImage> pictures = new ArrayList<>();
        for (int i = 0; i < task.size().images(); i++) {
            RgbImage image = bundled.get(i % bundled.size());
            byte[] pixels = image.rgb().clone();
            int turn = i / bundled.size();
            pixels[0] += (byte) turn;
            pixels[1] += (byte) (turn >> Byte.SIZE);
            pictures.add(new RgbImage(image.width(), image.height(), pixels));
        }
        return pictures;
    }

    private List<RgbImage> prior() throws IOException {
        return further.contains("prior") ? Opened.pictures("teddy-bear") : List.of();
    }

    @Override
    public void run(Opened model, Recorder recorder) throws IOException {
        model.pipeline().train(request(model.task()), new TrainingListener() {
            @Override
            public Signal signal() {
                recorder.starts();
                return Signal.CONTINUE;
            }

            @Override
            public void onStep(int step, int total, double loss, double learningRate) {
                recorder.ends();
                recorder.loss(loss);
            }

            @Override
            public void onCheckpoint(Checkpoint checkpoint) {
                throw new IllegalStateException("a checkpoint in a measurement");
            }
        });
    }

    private TrainingRequest request(Task task) throws IOException {
        List<RgbImage> prior = prior();
        return new TrainingRequest(
                method(task.size()),
                new TrainingRequest.Subject(subject(task), Prompts.fixed(prompt())),
                prior.isEmpty() ? null : new TrainingRequest.Prior(prior, priorPrompt(), 1),
                settings(task),
                null);
    }

    private TrainingSettings settings(Task task) {
        TinySettings settings = new TinySettings()
                .steps(task.effort().all())
                .rate(rate())
                .optimizer(further.contains("8bit") ? "adamw_8bit" : "adamw")
                .batch(task.size().batch(), 1)
                .resolution(task.size().side())
                .precision(precision().wire())
                .checkpointEvery(Duration.ofDays(1));
        return further.contains("checkpointing") ? settings.withGradientCheckpointing() : settings;
    }

    @Override
    public void export(Opened model, InputsWriter inputs) throws IOException {
        Task task = model.task();
        ModelParts parts = model.parts();
        NDManager scope = inputs.scope();
        note(settings(task), inputs);
        try (MethodTraining training = MethodTraining.of(
                scope, parts, method(task.size()), settings(task).seed())) {
            initial(parts, training, inputs);
            List<Example> examples = examples(model, parts, inputs);
            List<String> prompts =
                    examples.stream().map(Example::prompt).distinct().toList();
            texts(parts, prompts, inputs);
            steps(examples, prompts, model.folder().noise(), parts, task, inputs);
        }
    }

    private void note(TrainingSettings settings, InputsWriter inputs) {
        if (settings.optimizer() != OptimizerKind.ADAMW) {
            throw new IllegalArgumentException(
                    "the other program has no " + settings.optimizer().wire());
        }
        inputs.note("text", trainsText());
        inputs.note("kind", "train");
        inputs.note("method", method);
        inputs.note("precision", settings.precision().wire());
        inputs.note("checkpointing", settings.gradientCheckpointing());
        inputs.note("learning_rate", settings.learningRate());
        inputs.note("betas", List.of(settings.beta1(), settings.beta2()));
        inputs.note("weight_decay", settings.weightDecay());
        inputs.note("epsilon", settings.epsilon());
        inputs.note("max_gradient_norm", settings.maxGradNorm());
    }

    /** What a method starts from besides the model. */
    private static void initial(ModelParts parts, MethodTraining training, InputsWriter inputs) {
        adapters("initial.", training.trainable().denoiser(), parts.denoiser().network(), inputs);
        int number = 0;
        for (Network textEncoder : parts.conditioner().networks().values()) {
            Set<String> names = training.trainable().textEncoders().get(number);
            adapters("initial.text.%d.".formatted(number++), names, textEncoder, inputs);
        }
        List<NDArray> rows = training.trainable().tokens().trained();
        for (int i = 0; i < rows.size() && !parts.tokens().placeholders().isEmpty(); i++) {
            // The rows themselves are freed with the training.
            NDArray copy = rows.get(i).duplicate();
            copy.attach(inputs.scope());
            inputs.put("initial.token." + i, copy);
        }
    }

    private static void adapters(String prefix, Set<String> names, Network network, InputsWriter inputs) {
        names.stream()
                .filter(name -> name.contains(".lora."))
                .forEach(name -> inputs.put(prefix + name, network.tensor(name)));
    }

    /** The examples of all steps, as the run draws them. */
    private List<Example> examples(Opened model, ModelParts parts, InputsWriter inputs) throws IOException {
        Task task = model.task();
        int side = task.size().side();
        inputs.put(
                "pictures",
                subject(task).stream()
                        .map(image -> TrainingCrops.middle(image, side).values(0, false))
                        .toList(),
                new Shape(3, side, side));
        PictureExamples drawn = new PictureExamples(
                parts.latentCodec(),
                new PictureExamples.Sources(
                        pictures(model, subject(task)),
                        Prompts.fixed(parts.tokens().expand(prompt())),
                        pictures(model, prior()),
                        Prompts.fixed(parts.tokens().expand(priorPrompt())),
                        1,
                        0),
                model.folder().noise(),
                settings(task));
        List<Example> examples = new ArrayList<>();
        for (int step = 0; step < task.effort().all(); step++) {
            examples.addAll(drawn.batch(step, 0));
        }
        return examples;
    }

    private static List<PictureExamples.Picture> pictures(Opened model, List<RgbImage> images) {
        int side = model.task().size().side();
        return images.stream()
                .map(image -> {
                    TrainingCrops crops = TrainingCrops.middle(image, side);
                    LatentMoments latents = model.parts().latentCodec().encode(model.manager(), crops.values(0, false));
                    PictureSizes sizes = new PictureSizes(
                            image.height(),
                            image.width(),
                            crops.frame(0).top(),
                            crops.frame(0).left(),
                            side,
                            side);
                    return new PictureExamples.Picture(
                            List.of(new PictureExamples.View(() -> latents, null, sizes, null, null)), null);
                })
                .toList();
    }

    /** The prompts as ids and as conditioning, a row for each. */
    private static void texts(ModelParts parts, List<String> prompts, InputsWriter inputs) {
        inputs.note("prompts", prompts);
        List<TextEncoder> encoders = parts.conditioner().textEncoders();
        for (int i = 0; i < encoders.size(); i++) {
            inputs.put("ids." + i, encoders.get(i).ids(inputs.scope(), prompts));
        }
        Conditioning texts = parts.conditioner()
                .encode(inputs.scope(), prompts, parts.tokens().rows());
        inputs.put("context", texts.context());
        if (texts.pooled() != null) {
            inputs.put("pooled", texts.pooled());
        }
    }

    /** A row for each example, step after step. */
    private static void steps(
            List<Example> examples,
            List<String> prompts,
            NoiseProcess noise,
            ModelParts parts,
            Task task,
            InputsWriter inputs) {
        Shape latent = parts.latentCodec().shape(task.size().side(), task.size().side());
        inputs.note("batch", examples.size() / task.effort().all());
        inputs.put("latents", examples.stream().map(Example::latent).toList(), latent);
        inputs.put("noise", examples.stream().map(it -> it.noise().added()).toList(), latent);
        inputs.put(
                "timesteps",
                examples.stream()
                        .map(it -> new float[] {(float) noise.timestep(it.time())})
                        .toList(),
                new Shape());
        inputs.put(
                "weights",
                examples.stream().map(it -> new float[] {(float) it.weight()}).toList(),
                new Shape());
        inputs.put("sizes", examples.stream().map(it -> it.sizes().values()).toList(), new Shape(PictureSizes.COUNT));
        inputs.note(
                "prompt_of",
                examples.stream().map(it -> prompts.indexOf(it.prompt())).toList());
    }
}
