package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.graph.Tape;
import dev.likeness.diffusion.text.ClipTextEncoder;
import dev.likeness.diffusion.text.TextEncoders;
import dev.likeness.diffusion.text.TextEncoders.Conditioning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text states of a run's prompts: each computed once where they cannot change, anew in each pass where they do. */
final class TextConditioning {

    private final NDManager owner;
    private final TextEncoders textEncoders;
    private final TrainableParameters trainable;
    private final TrainingKernels kernels;
    private final boolean checkpointing;
    private final Map<String, Conditioning> frozen = new HashMap<>();

    /** @param owner frees what is kept for the run */
    TextConditioning(
            NDManager owner,
            TextEncoders textEncoders,
            TrainableParameters trainable,
            TrainingKernels kernels,
            boolean checkpointing) {
        this.owner = owner;
        this.textEncoders = textEncoders;
        this.trainable = trainable;
        this.kernels = kernels;
        this.checkpointing = checkpointing;
    }

    /** The states of a batch of prompts. */
    Pass pass(NDManager scope, List<String> prompts) {
        return trainable.changesText() ? new Recorded(scope, prompts) : new Frozen(scope, prompts);
    }

    /** Computes states that are kept once more, so that what watches the encoders sees how they come about. */
    void show(NDManager scope, List<String> prompts) {
        if (trainable.changesText()) {
            return;
        }
        List<NDArray> rows = trainable.tokens().rows(scope);
        List<String> texts = prompts.stream().distinct().toList();
        for (int i = 0; i < textEncoders.all().size(); i++) {
            TextEncoders.TextEncoder textEncoder = textEncoders.all().get(i);
            textEncoder.model().record(scope, textEncoder.ids(scope, texts), rows.get(i), false, Set.of(), true);
        }
    }

    /** A batch's states, and the way back. */
    interface Pass {

        Conditioning conditioning();

        /**
         * Gradients by parameter, from those of the conditioning.
         *
         * @param pooled null where the UNet takes none
         */
        Map<String, NDArray> backward(NDArray context, @Nullable NDArray pooled);
    }

    private final class Frozen implements Pass {

        private final Conditioning conditioning;

        Frozen(NDManager scope, List<String> prompts) {
            List<Conditioning> each = prompts.stream().map(this::of).toList();
            NDArray context =
                    stack(scope, each.stream().map(Conditioning::context).toList());
            NDArray pooled = each.get(0).pooled() == null
                    ? null
                    : stack(
                            scope,
                            each.stream()
                                    .map(c -> Objects.requireNonNull(c.pooled()))
                                    .toList());
            conditioning = new Conditioning(context, pooled);
        }

        private Conditioning of(String prompt) {
            return frozen.computeIfAbsent(prompt, text -> {
                try (NDManager scope = owner.newSubManager()) {
                    Conditioning found = textEncoders.encode(
                            scope, List.of(text), trainable.tokens().rows(scope));
                    found.context().attach(owner);
                    if (found.pooled() != null) {
                        found.pooled().attach(owner);
                    }
                    return found;
                }
            });
        }

        private static NDArray stack(NDManager scope, List<NDArray> each) {
            NDArray stacked = NDArrays.concat(new NDList(each), 0);
            stacked.attach(scope);
            return stacked;
        }

        @Override
        public Conditioning conditioning() {
            return conditioning;
        }

        @Override
        public Map<String, NDArray> backward(NDArray context, @Nullable NDArray pooled) {
            throw new IllegalStateException("frozen text states have no gradients");
        }
    }

    /** Encodes every different prompt of the batch once. */
    private final class Recorded implements Pass {

        private final NDManager scope;
        private final List<Tape> tapes = new ArrayList<>();
        private final NDArray index;
        private final Conditioning distinct;
        private final Conditioning batch;

        Recorded(NDManager scope, List<String> prompts) {
            this.scope = scope;
            List<String> texts = prompts.stream().distinct().toList();
            index = scope.create(prompts.stream().mapToLong(texts::indexOf).toArray());
            List<NDArray> rows = trainable.tokens().rows(scope);
            List<ClipTextEncoder.States> states = new ArrayList<>();
            for (int i = 0; i < textEncoders.all().size(); i++) {
                TextEncoders.TextEncoder textEncoder = textEncoders.all().get(i);
                Tape tape = textEncoder
                        .model()
                        .record(
                                scope,
                                textEncoder.ids(scope, texts),
                                rows.get(i),
                                trainable.tokens().learns(),
                                trainable.textEncoders().get(i),
                                checkpointing);
                tapes.add(tape);
                List<NDArray> outputs = tape.outputs();
                states.add(new ClipTextEncoder.States(outputs.get(0), outputs.get(1), outputs.get(2)));
            }
            distinct = textEncoders.combine(states);
            NDArray pooled = distinct.pooled();
            batch = new Conditioning(
                    kernels.selectRows(scope, distinct.context(), index),
                    pooled == null ? null : kernels.selectRows(scope, pooled, index));
        }

        @Override
        public Conditioning conditioning() {
            return batch;
        }

        @Override
        public Map<String, NDArray> backward(NDArray context, @Nullable NDArray pooled) {
            NDArray ofContext = kernels.sumRows(scope, context, index, distinct.context());
            NDArray ofPooled = pooled == null
                    ? null
                    : kernels.sumRows(scope, pooled, index, Objects.requireNonNull(distinct.pooled()));
            List<TextEncoders.StateGradients> upstream = textEncoders.split(ofContext, ofPooled);
            Map<String, NDArray> found = new LinkedHashMap<>();
            List<NDArray> ofRows = new ArrayList<>();
            for (int i = 0; i < tapes.size(); i++) {
                String prefix = textEncoders.all().get(i).name() + ".";
                Set<String> names = trainable.textEncoders().get(i);
                if (names.isEmpty() && !trainable.tokens().learns()) {
                    continue;
                }
                Tape.Gradients gradients = tapes.get(i).backward(upstream.get(i).all());
                gradients.weights().forEach((name, gradient) -> found.put(prefix + name, gradient));
                if (trainable.tokens().learns()) {
                    ofRows.add(Objects.requireNonNull(gradients.inputs().get(1)));
                }
            }
            found.putAll(trainable.tokens().gradients(ofRows));
            return found;
        }
    }
}
