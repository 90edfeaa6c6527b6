package dev.likeness.diffusion.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.check.Argument.Kind;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.graph.WeightSpec;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.training.AdamW;
import dev.likeness.diffusion.training.TrainingKernels;
import dev.likeness.diffusion.unet.UnetConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Three steps of training a small UNet, with every kind of block, on fixed inputs and targets. All weights are trained,
 * with AdamW, and gradients clipped to a norm of 1.
 */
final class TinyTraining {

    static final int STEPS = 3;
    static final double RATE = 1.0 / 64;
    static final AdamW.Settings ADAMW = new AdamW.Constants(0.9, 0.999, 0.01, 1e-8);
    static final double LIMIT = 1;

    static final UnetConfig CONFIG = UnetConfig.of(ModelConfig.parse("""
            {
              "in_channels": 4,
              "out_channels": 4,
              "layers_per_block": 1,
              "block_out_channels": [8, 20],
              "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D"],
              "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D"],
              "attention_head_dim": 2,
              "cross_attention_dim": 6,
              "norm_num_groups": 4,
              "norm_eps": 1e-5,
              "use_linear_projection": false,
              "sample_size": 8
            }
            """));

    static final Argument SAMPLE = new Argument("sample", Kind.CONSTANT, 0, new double[0], 2, 4, 8, 8);
    static final Argument TARGET = new Argument("target", Kind.CONSTANT, 0, new double[0], 2, 4, 8, 8);
    static final Argument CONTEXT = new Argument("context", Kind.CONSTANT, 0, new double[0], 2, 5, 6);
    static final Argument TIMESTEPS = new Argument("timesteps", Kind.CONSTANT, 0, new double[] {3, 11}, 2);
    static final Argument MEAN = new Argument("mean", Kind.CONSTANT, 0, new double[] {1 / 256d, 1 / 256d}, 2, 1, 1, 1);

    private TinyTraining() {}

    /** A weight's values. Those of matrices are half of the values in single operations. */
    static double[] values(WeightSpec spec, long seed) {
        double[] values = new Argument(spec.name(), Kind.WEIGHT, 0, new double[0], spec.shape()).values(seed);
        return spec.shape().length == 1
                ? values
                : DoubleStream.of(values).map(it -> it / 2).toArray();
    }

    /** Runs the steps in fp32. */
    static Known.Steps run(NDManager device) {
        try (NDManager manager = device.newSubManager()) {
            Map<String, NDArray> weights = new LinkedHashMap<>();
            Map<String, WeightSpec> specs = CONFIG.weights();
            specs.forEach((name, spec) -> weights.put(
                    name,
                    manager.create(OperationModule.floats(values(spec, weights.size())), new Shape(spec.shape()))));
            try (Denoiser unet = new Denoiser(manager, "unet", CONFIG.topology(), weights);
                    TrainingKernels kernels = new TrainingKernels(manager);
                    AdamW optimizer = new AdamW(manager, weights, ADAMW)) {
                unet.network().requireGradients(weights.keySet());
                Known.Steps steps = new Known.Steps(new ArrayList<>(), new ArrayList<>());
                for (int step = 0; step < STEPS; step++) {
                    step(manager, unet, kernels, optimizer, steps);
                }
                return steps;
            }
        }
    }

    private static void step(
            NDManager manager, Denoiser unet, TrainingKernels kernels, AdamW optimizer, Known.Steps steps) {
        try (NDManager scope = manager.newSubManager()) {
            Denoiser.Recording recording = unet.record(
                    scope,
                    new Denoiser.Batch(
                            tensor(scope, SAMPLE, 1),
                            tensor(scope, TIMESTEPS, 2),
                            new Conditioning(tensor(scope, CONTEXT, 3), null),
                            List.of()),
                    unet.network().weights().keySet(),
                    false,
                    false);
            TrainingKernels.LossAndGradient loss = kernels.weightedMse(
                    scope, recording.prediction(), tensor(scope, TARGET, 4), tensor(scope, MEAN, 5));
            Map<String, NDArray> gradients = recording.backward(loss.gradient()).weights();
            steps.losses().add((double) loss.loss().getFloat());
            steps.gradientNorms().add(kernels.unscaleAndClipInPlace(scope, gradients.values(), 1, LIMIT));
            optimizer.step(scope, gradients, RATE);
        }
    }

    private static NDArray tensor(NDManager scope, Argument argument, long seed) {
        return scope.create(OperationModule.floats(argument.values(seed)), new Shape(argument.shape()));
    }
}
