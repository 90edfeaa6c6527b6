package dev.likeness.bench;

import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.plan.ModelSize;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one step must compute and move, counted from the shapes of the model.
 *
 * @param flops floating-point operations of the matrix products and convolutions, a multiplication and an addition each
 *     counted as one
 * @param bytes that these, the norms and the optimizer read and write if each of their operands is read or written once, in
 *     fp32. Activation functions and additions are not counted, because they can be parts of the operations before them
 */
record StepWork(double flops, double bytes) {

    private static final Set<String> REDUCED = Set.of("bf16", "fp16");

    /**
     * Of AdamW and clipping, for each number: the norm of the gradients reads them; weight, gradient and two moments are read,
     * all but the gradient written.
     */
    private static final int OPTIMIZER_BYTES = 4 * Float.BYTES + 4 * Float.BYTES;

    /** With a byte for each moment. */
    private static final int OPTIMIZER_BYTES_8BIT = 4 * Float.BYTES + 4;

    /** Empty for work that is not counted: whole jobs, the autoencoder, scores, and precisions below fp32. */
    static Optional<StepWork> of(Task task) {
        List<String> words = List.of(task.workload().split("-"));
        if (Workloads.named(task.workload()) instanceof MachineWorkload machine) {
            return Optional.of(machine.work());
        }
        if (!Collections.disjoint(words, REDUCED)) {
            return Optional.empty();
        }
        return switch (words.get(0)) {
            case "train" -> Optional.of(training(task, words));
            case "sample" -> Optional.of(sampling(task));
            case "text" -> Optional.of(text(task));
            default -> Optional.empty();
        };
    }

    private static ModelSize model(Task task) {
        return ModelSize.read(ModelHeaders.of(Path.of(task.folder())));
    }

    private static StepWork sampling(Task task) {
        // Guidance: with the prompt and without it.
        CountingPass pass = new CountingPass(2 * task.size().batch(), CountingPass.Trained.NOTHING, 0, false);
        denoise(model(task), task, pass, false);
        return pass.work();
    }

    private static StepWork text(Task task) {
        CountingPass pass = new CountingPass(task.size().batch(), CountingPass.Trained.NOTHING, 0, false);
        model(task).textEncoders().forEach(each -> encode(each.topology(), pass, false));
        return pass.work();
    }

    private static StepWork training(Task task, List<String> words) {
        ModelSize model = model(task);
        CountingPass.Trained trained = switch (words.get(1)) {
            case "full" -> CountingPass.Trained.WEIGHTS;
            case "lora" -> CountingPass.Trained.ADAPTERS;
            default -> CountingPass.Trained.NOTHING;
        };
        boolean learnsToken = words.get(1).equals("ti");
        boolean text = words.contains("text");
        boolean again = words.contains("checkpointing");
        int kinds = words.contains("prior") ? 2 : 1;
        int rank = task.size().rank();
        List<CountingPass> passes = new ArrayList<>();
        if (text || learnsToken) {
            // Each prompt is encoded once.
            CountingPass pass = new CountingPass(kinds, trained, rank, again);
            model.textEncoders().forEach(each -> encode(each.topology(), pass, learnsToken));
            passes.add(pass);
        }
        CountingPass pass = new CountingPass(kinds * task.size().batch(), trained, rank, again);
        denoise(model, task, pass, text || learnsToken);
        passes.add(pass);
        double optimizer = (words.contains("8bit") ? OPTIMIZER_BYTES_8BIT : OPTIMIZER_BYTES)
                * (double)
                        passes.stream().mapToLong(CountingPass::trainedNumbers).sum();
        return new StepWork(
                passes.stream().mapToDouble(it -> it.work().flops()).sum(),
                passes.stream().mapToDouble(it -> it.work().bytes()).sum() + optimizer);
    }

    private static void encode(Topology encoder, CountingPass pass, boolean learnsToken) {
        List<CountingPass.Value> inputs =
                List.of(new CountingPass.Value(CountingPass.TOKENS, false), new CountingPass.Value(1, learnsToken));
        encoder.build(pass, inputs);
    }

    private static void denoise(ModelSize model, Task task, CountingPass pass, boolean contextLearns) {
        long side = task.size().side() / model.autoencoder().factor();
        Topology unet = model.denoiser().topology();
        List<CountingPass.Value> inputs = unet.inputs().stream()
                .map(name -> switch (name) {
                    case "sample" -> new CountingPass.Value(side * side, false);
                    case "context" -> new CountingPass.Value(CountingPass.TOKENS, contextLearns);
                    case "pooled" -> new CountingPass.Value(1, contextLearns);
                    default -> new CountingPass.Value(1, false);
                })
                .toList();
        unet.build(pass, inputs);
    }
}
