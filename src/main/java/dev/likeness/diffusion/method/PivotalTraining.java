package dev.likeness.diffusion.method;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.family.TextEncoder;
import dev.likeness.diffusion.lora.UntrainedAdapter;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.training.Rescaling;
import dev.likeness.diffusion.training.TrainableParameters;
import dev.likeness.diffusion.training.TrainingListener;

/** Trains the embeddings of a placeholder token and an adapter in one run. */
final class PivotalTraining extends MethodTraining {

    private final TextualInversionTraining inversion;
    private final LoraTraining lora;
    private final TrainableParameters trainable;

    PivotalTraining(NDManager manager, ModelParts parts, PivotalTuning method, RandomDraws draws) {
        Rescaling rescaling = new Rescaling(
                method.rescaling(),
                parts.conditioner().textEncoders().stream()
                        .map(TextEncoder::deviation)
                        .toList());
        inversion = new TextualInversionTraining(manager, parts, method.inversion(), draws, rescaling);
        lora = new LoraTraining(manager, parts, method.lora(), draws);
        trainable = new TrainableParameters(
                lora.trainable().denoiser(),
                lora.trainable().textEncoders(),
                inversion.trainable().tokens(),
                method.phases());
    }

    @Override
    public TrainableParameters trainable() {
        return trainable;
    }

    /** Before the adapter's first step, the result is that of textual inversion: an adapter without effect cannot be exported. */
    @Override
    public TrainedWeights trainedWeights(NDManager owner) {
        TrainedWeights words = inversion.trainedWeights(owner);
        TrainedWeights adapter = lora.trainedWeights(owner);
        return UntrainedAdapter.isOne(adapter.adapter()) ? words : adapter.with(words);
    }

    @Override
    public void report(TrainingListener listener) {
        inversion.report(listener);
    }

    @Override
    public void useForSampling() {
        inversion.useForSampling();
        lora.useForSampling();
    }

    @Override
    public void resumeTraining() {
        lora.resumeTraining();
    }

    @Override
    public void close() {
        lora.close();
        inversion.close();
    }
}
