package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.family.Conditioner;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.training.TrainableParameters.InStep;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The conditioning of a run's prompts: computed once for each prompt if training cannot change it, otherwise in each pass.
 */
final class TextConditioning {

    private final NDManager owner;
    private final Conditioner conditioner;
    private final TrainableParameters trainable;
    private final TrainingKernels kernels;
    private final boolean checkpointing;
    private final Map<String, Conditioning> frozen = new HashMap<>();

    /** @param owner owns what is kept for the run */
    TextConditioning(
            NDManager owner,
            Conditioner conditioner,
            TrainableParameters trainable,
            TrainingKernels kernels,
            boolean checkpointing) {
        this.owner = owner;
        this.conditioner = conditioner;
        this.trainable = trainable;
        this.kernels = kernels;
        this.checkpointing = checkpointing;
    }

    /**
     * Computes the states of prompts, unless training changes them.
     *
     * @return whether there are states of at least one prompt now
     */
    boolean encode(List<String> prompts) {
        if (trainable.at(0).changesText()) {
            return false;
        }
        prompts.forEach(this::state);
        return !prompts.isEmpty();
    }

    private Conditioning state(String prompt) {
        return frozen.computeIfAbsent(prompt, text -> {
            try (NDManager scope = owner.newSubManager()) {
                Conditioning found = conditioner.encode(
                        scope, List.of(text), trainable.tokens().rows(scope));
                found.attach(owner);
                return found;
            }
        });
    }

    /**
     * The conditioning of a batch of prompts. Once a step leaves text states unchanged, so do all later ones.
     *
     * @param trained in the step
     */
    Pass pass(NDManager scope, List<String> prompts, InStep trained) {
        return trained.changesText() ? new Recorded(scope, prompts, trained) : new Frozen(scope, prompts);
    }

    /** Computes kept states again, so that the watches of the encoders see them. */
    void show(NDManager scope, List<String> prompts, InStep trained) {
        if (trained.changesText()) {
            return;
        }
        Conditioner.RequestedGradients nothing = new Conditioner.RequestedGradients(
                Collections.nCopies(conditioner.networks().size(), Set.of()), false, true);
        conditioner.record(
                scope, prompts.stream().distinct().toList(), trainable.tokens().rows(scope), nothing);
    }

    /** A batch's conditioning, and its backward pass. */
    interface Pass {

        Conditioning conditioning();

        /** Gradients by parameter, from those of the conditioning. */
        Map<String, NDArray> backward(Conditioning gradients);
    }

    private final class Frozen implements Pass {

        private final Conditioning conditioning;

        Frozen(NDManager scope, List<String> prompts) {
            conditioning = Conditioning.concat(
                    scope, prompts.stream().map(TextConditioning.this::state).toList());
        }

        @Override
        public Conditioning conditioning() {
            return conditioning;
        }

        @Override
        public Map<String, NDArray> backward(Conditioning gradients) {
            throw new IllegalStateException("frozen text states have no gradients");
        }
    }

    /** Encodes every distinct prompt of the batch once. */
    private final class Recorded implements Pass {

        private final NDManager scope;
        private final InStep trained;
        private final NDArray index;
        private final Conditioner.Recording distinct;
        private final Conditioning batch;

        Recorded(NDManager scope, List<String> prompts, InStep trained) {
            this.scope = scope;
            this.trained = trained;
            List<String> texts = prompts.stream().distinct().toList();
            index = scope.create(prompts.stream().mapToLong(texts::indexOf).toArray());
            distinct = conditioner.record(
                    scope,
                    texts,
                    trainable.tokens().rows(scope),
                    new Conditioner.RequestedGradients(trained.textEncoders(), trained.tokens(), checkpointing));
            NDArray pooled = distinct.conditioning().pooled();
            batch = new Conditioning(
                    kernels.selectRows(scope, distinct.conditioning().context(), index),
                    pooled == null ? null : kernels.selectRows(scope, pooled, index));
        }

        @Override
        public Conditioning conditioning() {
            return batch;
        }

        @Override
        public Map<String, NDArray> backward(Conditioning gradients) {
            NDArray pooled = gradients.pooled();
            Conditioning texts = distinct.conditioning();
            Conditioner.Gradients found = distinct.backward(new Conditioning(
                    kernels.sumRows(scope, gradients.context(), index, texts.context()),
                    pooled == null
                            ? null
                            : kernels.sumRows(scope, pooled, index, Objects.requireNonNull(texts.pooled()))));
            Map<String, NDArray> byParameter = new LinkedHashMap<>(found.weights());
            if (trained.tokens()) {
                byParameter.putAll(trainable.tokens().gradients(found.rows()));
            }
            return byParameter;
        }
    }
}
