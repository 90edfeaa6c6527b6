package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.Conditioner;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import dev.likeness.diffusion.training.NotFinite.Kind;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Training on the denoising loss of latent diffusion (Rombach et al. 2022, arXiv:2112.10752, equation 2): the sum over a
 * batch of weight * mse(target, denoiser(x_t, t, text)). Methods differ in the parameters that learn, and in the pictures and
 * weights of a batch.
 */
public final class DenoisingObjective implements Objective, AutoCloseable {

    /** An upper bound for the networks of a model. */
    private static final int NETWORKS_MAX = 4;

    private final Networks networks;
    private final TrainableParameters trainable;
    private final Options options;
    private final BatchSource examples;
    private final NDManager owner;
    private final TrainingKernels kernels;
    private final TextConditioning text;
    private final RandomDraws draws;
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();

    /** The networks of a run, and the noise process. */
    public record Networks(Denoiser denoiser, Conditioner conditioner, NoiseProcess noise) {}

    /**
     * @param latentShape [Z, h, w]
     * @param checkpointing gradient checkpointing
     * @param seed of the adapters' dropout
     */
    public record Options(Shape latentShape, boolean checkpointing, long seed) {}

    /**
     * Prepares a run, which trains parameters in place.
     *
     * @param parent owns what is kept for the run
     */
    public DenoisingObjective(
            NDManager parent, Networks networks, TrainableParameters trainable, Options options, BatchSource examples) {
        this.networks = networks;
        this.trainable = trainable;
        this.options = options;
        this.examples = examples;
        draws = new RandomDraws(options.seed());
        owner = parent.newSubManager();
        kernels = new TrainingKernels(owner);
        text = new TextConditioning(owner, networks.conditioner(), trainable, kernels, options.checkpointing());
        learn(networks.denoiser().part() + ".", networks.denoiser().network(), trainable.denoiser());
        Iterator<Set<String>> ofEncoders = trainable.textEncoders().iterator();
        networks.conditioner().networks().forEach((name, network) -> learn(name + ".", network, ofEncoders.next()));
        parameters.putAll(trainable.tokens().parameters());
    }

    private void learn(String prefix, Network network, Set<String> names) {
        network.requireGradients(names);
        new TreeSet<>(names).forEach(name -> parameters.put(prefix + name, network.tensor(name)));
    }

    /**
     * Computes the states of all prompts, if training cannot change them and they are few. Otherwise each is computed when it is
     * used.
     *
     * @param most a limit for the prompts
     * @return whether the text encoders are not needed any more
     */
    public boolean encodePrompts(int most) {
        return text.encode(examples.prompts(most));
    }

    @Override
    public Map<String, NDArray> parameters() {
        return parameters;
    }

    @Override
    public Map<String, NDArray> state() {
        return trainable.tokens().state();
    }

    @Override
    public void afterStep() {
        trainable.tokens().afterStep();
    }

    @Override
    public Pass pass(NDManager scope, int step, int pass, double lossScale) {
        return pass(scope, step, pass, lossScale, null);
    }

    @Override
    public Diagnosis diagnose(NDManager scope, int step, int pass, double lossScale) {
        FiniteWatch watch = new FiniteWatch(scope, kernels);
        forEachNetwork((name, network) -> network.watch(watch.of(name)));
        try {
            pass(scope, step, pass, lossScale, watch);
        } finally {
            forEachNetwork((name, network) -> network.watch(null));
        }
        return watch.diagnosis();
    }

    private void forEachNetwork(BiConsumer<String, Network> work) {
        work.accept(networks.denoiser().part(), networks.denoiser().network());
        networks.conditioner().networks().forEach(work);
    }

    private Pass pass(NDManager scope, int step, int pass, double lossScale, @Nullable FiniteWatch watch) {
        seedDropout(step, pass);
        List<Example> examplesOfPass = examples.batch(step, pass);
        Batch batch = new Batch(scope, examplesOfPass);
        List<String> prompts = examplesOfPass.stream().map(Example::prompt).toList();
        if (watch != null) {
            watch.see(Kind.INPUT, "", "noisy latents", batch.noisy);
            watch.see(Kind.INPUT, "", "latents to predict", batch.target);
            watch.see(Kind.LOSS, "", "weights of the loss", batch.weights);
            text.show(scope, prompts);
        }
        TextConditioning.Pass texts = text.pass(scope, prompts);
        Denoiser.Recording recording = networks.denoiser()
                .record(
                        scope,
                        batch.inputs(texts.conditioning()),
                        trainable.denoiser(),
                        trainable.changesText(),
                        options.checkpointing());
        NDArray prediction = recording.prediction();
        TrainingKernels.LossAndGradient loss = kernels.weightedMse(scope, prediction, batch.target, batch.weights);
        NDArray upstream = lossScale == 1 ? loss.gradient() : loss.gradient().mul(lossScale);
        if (watch != null) {
            watch.seeParts(examplesOfPass, prediction, batch.target, batch.weights);
            watch.see(Kind.LOSS, "", "loss", loss.loss());
            watch.see(Kind.LOSS, "", "gradient of the prediction", upstream);
        }
        Denoiser.Gradients gradients = recording.backward(upstream);
        Map<String, NDArray> found = new LinkedHashMap<>();
        gradients
                .weights()
                .forEach((name, gradient) -> found.put(networks.denoiser().part() + "." + name, gradient));
        if (trainable.changesText()) {
            found.putAll(texts.backward(Objects.requireNonNull(gradients.conditioning())));
        }
        return new Pass(loss.loss().getFloat(), found);
    }

    private void seedDropout(int step, int pass) {
        networks.denoiser().network().seedDropout(draws.bits(Purpose.DROPOUT, step, NETWORKS_MAX * pass));
        int index = NETWORKS_MAX * pass;
        for (Network network : networks.conditioner().networks().values()) {
            network.seedDropout(draws.bits(Purpose.DROPOUT, step, ++index));
        }
    }

    /** Examples as the network's inputs. */
    private final class Batch {

        private final List<Example> examples;
        private final NDArray noisy;
        private final NDArray target;
        private final NDArray timesteps;
        private final NDArray weights;

        Batch(NDManager scope, List<Example> batch) {
            examples = batch;
            NoiseProcess process = networks.noise();
            noisy = latents(
                    scope,
                    batch.stream()
                            .map(e -> process.mix(e.latent(), e.noise(), e.time()))
                            .toList());
            target = latents(
                    scope,
                    batch.stream()
                            .map(e -> process.target(e.latent(), e.noise(), e.time()))
                            .toList());
            timesteps = scope.create(
                    floats(batch.stream().map(e -> process.timestep(e.time())).toList()));
            weights = weights(scope);
        }

        Denoiser.Batch inputs(Conditioning texts) {
            return new Denoiser.Batch(
                    noisy,
                    timesteps,
                    texts,
                    examples.stream().map(Example::sizes).toList(),
                    networks.denoiser().trainingGuidance());
        }

        /** The weight of each value's squared error: [B, 1, h, w], or [B, 1, 1, 1] without masks. */
        private NDArray weights(NDManager scope) {
            Shape latent = options.latentShape();
            long height = latent.get(1);
            long width = latent.get(2);
            if (examples.stream().allMatch(e -> e.mask() == null)) {
                return scope.create(
                        floats(examples.stream()
                                .map(e -> e.weight() / latent.size())
                                .toList()),
                        new Shape(examples.size(), 1, 1, 1));
            }
            int plane = (int) (height * width);
            FloatBuffer weights = FloatBuffer.allocate(examples.size() * plane);
            for (Example example : examples) {
                weights.put(plane(example, plane, latent.get(0)));
            }
            return scope.create(weights.flip(), new Shape(examples.size(), 1, height, width));
        }

        private float[] plane(Example example, int size, long channels) {
            float[] mask = example.mask();
            float[] plane = new float[size];
            if (mask == null) {
                Arrays.fill(plane, (float) (example.weight() / (size * channels)));
                return plane;
            }
            double sum = 0;
            for (float value : mask) {
                sum += value;
            }
            for (int i = 0; i < size && sum > 0; i++) {
                plane[i] = (float) (example.weight() * mask[i] / (sum * channels));
            }
            return plane;
        }

        private NDArray latents(NDManager scope, List<float[]> each) {
            FloatBuffer buffer = FloatBuffer.allocate(each.size() * each.get(0).length);
            each.forEach(buffer::put);
            return scope.create(buffer.flip(), new Shape(each.size()).addAll(options.latentShape()));
        }

        private static float[] floats(List<Double> values) {
            float[] floats = new float[values.size()];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = values.get(i).floatValue();
            }
            return floats;
        }
    }

    @Override
    public void close() {
        forEachNetwork((name, network) -> network.requireGradients(Set.of()));
        kernels.close();
        owner.close();
    }
}
