package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.Conditioner;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.family.LatentMoments;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import dev.likeness.diffusion.training.NotFinite.Kind;
import dev.likeness.diffusion.training.TrainableParameters.InStep;
import java.nio.FloatBuffer;
import java.util.ArrayList;
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
 * batch of weight * mse(target, denoiser(x_t, t, text)), or the mean of another loss in place of mse. Methods differ in the parameters that learn, and in the pictures and
 * weights of a batch.
 */
public final class DenoisingObjective implements Objective, AutoCloseable {

    /** An upper bound for the networks of a model. */
    private static final int NETWORKS_MAX = 4;

    /** An upper bound for the passes of a step. */
    private static final int PASSES_MAX = 1 << 10;

    private final Networks networks;
    private final TrainableParameters trainable;
    private final Options options;
    private final BatchSource examples;
    private final NDManager owner;
    private final TrainingKernels kernels;
    private final TextConditioning text;
    private final RandomDraws draws;
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();
    /** What the last pass trained. */
    private InStep trained;

    /** The networks of a run, and the noise process. */
    public record Networks(Denoiser denoiser, Conditioner conditioner, NoiseProcess noise) {}

    /**
     * @param latentShape [Z, h, w] of a square picture; other pictures have another h and w
     * @param checkpointing gradient checkpointing
     * @param seed of the adapters' dropout
     * @param loss of a difference between prediction and target
     */
    public record Options(Shape latentShape, boolean checkpointing, long seed, LossFunction loss) {

        /** With the squared error. */
        public Options(Shape latentShape, boolean checkpointing, long seed) {
            this(latentShape, checkpointing, seed, LossFunction.SQUARED);
        }
    }

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
        trained = trainable.at(0);
        requireGradients();
    }

    private void learn(String prefix, Network network, Set<String> names) {
        new TreeSet<>(names).forEach(name -> parameters.put(prefix + name, network.tensor(name)));
    }

    private void requireGradients() {
        networks.denoiser().network().requireGradients(trained.denoiser());
        Iterator<Set<String>> ofEncoders = trained.textEncoders().iterator();
        networks.conditioner().networks().values().forEach(network -> network.requireGradients(ofEncoders.next()));
    }

    /** Without the parameters that a step does not train, its graph needs less memory. */
    private void begin(int step) {
        InStep now = trainable.at(step);
        if (!now.equals(trained)) {
            trained = now;
            requireGradients();
        }
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
        if (trained.tokens()) {
            trainable.tokens().afterStep();
        }
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
        begin(step);
        Map<LatentMoments.Size, List<Example>> byShape = new LinkedHashMap<>();
        int channels = (int) options.latentShape().get(0);
        examples.batch(step, pass)
                .forEach(example -> byShape.computeIfAbsent(example.shape(channels), it -> new ArrayList<>())
                        .add(example));
        Pass sum = null;
        int number = 0;
        for (Map.Entry<LatentMoments.Size, List<Example>> entry : byShape.entrySet()) {
            seedDropout(step, pass + PASSES_MAX * number++);
            Pass part = pass(scope, new Batch(scope, entry.getValue(), entry.getKey()), lossScale, watch);
            sum = sum == null ? part : plus(scope, sum, part);
        }
        return Objects.requireNonNull(sum);
    }

    private Pass plus(NDManager scope, Pass sum, Pass part) {
        List<NDArray> ordered =
                sum.gradients().keySet().stream().map(part.gradients()::get).toList();
        kernels.accumulateInPlace(scope, sum.gradients().values(), ordered);
        ordered.forEach(NDArray::close);
        return new Pass(sum.loss() + part.loss(), sum.gradients());
    }

    /** The pictures of one size are one batch. */
    private Pass pass(NDManager scope, Batch batch, double lossScale, @Nullable FiniteWatch watch) {
        List<String> prompts = batch.examples.stream().map(Example::prompt).toList();
        if (watch != null) {
            watch.see(Kind.INPUT, "", "noisy latents", batch.noisy);
            watch.see(Kind.INPUT, "", "latents to predict", batch.target);
            watch.see(Kind.LOSS, "", "weights of the loss", batch.weights);
            text.show(scope, prompts, trained);
        }
        TextConditioning.Pass texts = text.pass(scope, prompts, trained);
        Denoiser.Recording recording = networks.denoiser()
                .record(
                        scope,
                        batch.inputs(texts.conditioning()),
                        trained.denoiser(),
                        trained.changesText(),
                        options.checkpointing());
        NDArray prediction = recording.prediction();
        TrainingKernels.LossAndGradient loss =
                kernels.loss(scope, prediction, batch.target, batch.weights, batch.thresholds);
        NDArray upstream = lossScale == 1 ? loss.gradient() : loss.gradient().mul(lossScale);
        if (watch != null) {
            watch.seeParts(batch, prediction);
            watch.see(Kind.LOSS, "", "loss", loss.loss());
            watch.see(Kind.LOSS, "", "gradient of the prediction", upstream);
        }
        Denoiser.Gradients gradients = recording.backward(upstream);
        Map<String, NDArray> found = new LinkedHashMap<>();
        gradients
                .weights()
                .forEach((name, gradient) -> found.put(networks.denoiser().part() + "." + name, gradient));
        if (trained.changesText()) {
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
    final class Batch {

        final List<Example> examples;
        private final NDArray noisy;
        final NDArray target;
        private final NDArray timesteps;
        final NDArray weights;
        /** Of Huber's loss, [B, 1, 1, 1]; null for the squared error. */
        final @Nullable NDArray thresholds;

        private final Shape shape;

        /** @param size of all latents */
        Batch(NDManager scope, List<Example> batch, LatentMoments.Size size) {
            examples = batch;
            shape = new Shape(size.channels(), size.height(), size.width());
            NoiseProcess process = networks.noise();
            noisy = latents(
                    scope,
                    batch.stream()
                            .map(e -> process.mix(e.latent(), e.noise().added(), e.time()))
                            .toList());
            target = latents(
                    scope,
                    batch.stream()
                            .map(e -> process.target(e.latent(), e.noise().predicted(), e.time()))
                            .toList());
            timesteps = scope.create(
                    floats(batch.stream().map(e -> process.timestep(e.time())).toList()));
            weights = LossWeights.of(
                    scope, batch.stream().map(this::weighted).toList(), new Shape(batch.size()).addAll(shape));
            thresholds = options.loss().isSquared()
                    ? null
                    : scope.create(
                            floats(batch.stream().map(this::threshold).toList()), new Shape(batch.size(), 1, 1, 1));
        }

        private double threshold(Example example) {
            return options.loss().threshold(networks.noise(), example.time());
        }

        private Example weighted(Example example) {
            LossFunction loss = options.loss();
            return loss.isSquared() ? example : example.times(loss.factor(threshold(example)));
        }

        Denoiser.Batch inputs(Conditioning texts) {
            return new Denoiser.Batch(
                    noisy,
                    timesteps,
                    texts,
                    examples.stream().map(Example::sizes).toList(),
                    networks.denoiser().trainingGuidance());
        }

        private NDArray latents(NDManager scope, List<float[]> each) {
            FloatBuffer buffer = FloatBuffer.allocate(each.size() * each.get(0).length);
            each.forEach(buffer::put);
            return scope.create(buffer.flip(), new Shape(each.size()).addAll(shape));
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
