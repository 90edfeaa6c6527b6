package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.graph.Tape;
import dev.likeness.diffusion.schedule.NoiseSchedule;
import dev.likeness.diffusion.text.ClipTextEncoder;
import dev.likeness.diffusion.unet.Unet;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Full fine-tuning on the denoising loss of latent diffusion (Rombach et al. 2022, arXiv:2112.10752, equation 2): the sum
 * over a batch of weight * mse(target, unet(x_t, t, text)). DreamBooth is this with its two kinds of picture and their
 * weights.
 */
public final class Denoising implements TrainingMethod, AutoCloseable {

    private final Networks networks;
    private final Options options;
    private final Examples examples;
    private final NDManager owner;
    private final TrainingKernels kernels;
    private final TextConditioning text;
    private final Set<String> unetNames;
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();

    /** What is trained and on which noise. */
    public record Networks(Unet unet, ClipTextEncoder textEncoder, NoiseSchedule schedule) {}

    /**
     * @param prompts token ids of the prompts that examples refer to
     * @param latentShape [Z, h, w]
     * @param trainTextEncoder whether the text tower learns too
     * @param checkpointing gradient checkpointing
     */
    public record Options(List<long[]> prompts, Shape latentShape, boolean trainTextEncoder, boolean checkpointing) {}

    /**
     * Prepares a run. The networks' weights are trained in place.
     *
     * @param parent owns what the run keeps
     */
    public Denoising(NDManager parent, Networks networks, Options options, Examples examples) {
        this.networks = networks;
        this.options = options;
        this.examples = examples;
        owner = parent.newSubManager();
        kernels = new TrainingKernels(owner);
        unetNames = networks.unet().network().weights().keySet();
        Set<String> textNames = options.trainTextEncoder()
                ? networks.textEncoder().network().weights().keySet()
                : Set.of();
        networks.unet().network().train(unetNames);
        networks.textEncoder().network().train(textNames);
        text = new TextConditioning(
                owner, networks.textEncoder(), options.prompts(), textNames, options.checkpointing());
        put("unet.", networks.unet().network().weights(), unetNames);
        put("text_encoder.", networks.textEncoder().network().weights(), textNames);
    }

    private void put(String prefix, Map<String, NDArray> weights, Set<String> names) {
        new TreeSet<>(names).forEach(name -> parameters.put(prefix + name, weights.get(name)));
    }

    @Override
    public Map<String, NDArray> parameters() {
        return parameters;
    }

    @Override
    public Pass pass(NDManager scope, int step, int pass) {
        Batch batch = new Batch(scope, examples.batch(step, pass));
        TextConditioning.Pass texts = text.pass(scope);
        NDArray context = kernels.selectRows(scope, texts.states(), batch.prompts);
        Tape tape = networks.unet()
                .record(
                        scope,
                        List.of(batch.noisy, batch.timesteps, context),
                        unetNames,
                        text.learns(),
                        options.checkpointing());
        TrainingKernels.LossAndGradient loss =
                kernels.weightedMse(scope, tape.outputs().get(0), batch.target, batch.weights);
        Tape.Gradients gradients = tape.backward(List.of(loss.gradient()));
        Map<String, NDArray> found = new LinkedHashMap<>();
        gradients.weights().forEach((name, gradient) -> found.put("unet." + name, gradient));
        NDArray contextGradient = gradients.inputs().get(2);
        if (contextGradient != null) {
            NDArray upstream = kernels.sumRows(scope, contextGradient, batch.prompts, texts.states());
            texts.backward(upstream).forEach((name, gradient) -> found.put("text_encoder." + name, gradient));
        }
        return new Pass(loss.loss().getFloat(), found);
    }

    /** Examples as the network takes them. */
    private final class Batch {

        private final NDArray noisy;
        private final NDArray target;
        private final NDArray timesteps;
        private final NDArray prompts;
        private final NDArray weights;

        Batch(NDManager scope, List<Example> batch) {
            NoiseSchedule schedule = networks.schedule();
            noisy = latents(
                    scope,
                    batch.stream()
                            .map(e -> schedule.addNoise(e.latent(), e.noise(), e.timestep()))
                            .toList());
            target = latents(
                    scope,
                    batch.stream()
                            .map(e -> schedule.target(e.latent(), e.noise(), e.timestep()))
                            .toList());
            timesteps = scope.create(
                    floats(batch.stream().map(e -> (double) e.timestep()).toList()));
            weights = scope.create(floats(batch.stream().map(Example::weight).toList()));
            prompts = scope.create(batch.stream().mapToLong(Example::prompt).toArray());
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
        networks.unet().network().train(Set.of());
        networks.textEncoder().network().train(Set.of());
        kernels.close();
        owner.close();
    }
}
