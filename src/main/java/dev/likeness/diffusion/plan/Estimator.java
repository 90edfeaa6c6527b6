package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.plan.Coefficients.Kept;
import java.util.List;

/** The arithmetic of an estimate. */
final class Estimator {

    private final ModelSize model;
    private final Run run;
    private final Economy economy;
    private final boolean trainsUnet;
    private final boolean trainsText;

    Estimator(MemoryPlan plan) {
        model = plan.model();
        run = plan.run();
        economy = plan.economy();
        trainsUnet = run.method() == Method.DREAMBOOTH;
        trainsText = economy.trainTextEncoder() && !run.method().inverts();
    }

    MemoryEstimate estimate() {
        long trained = trained();
        return new MemoryEstimate(
                Coefficients.BASE,
                weights(),
                (long) (trained * economy.optimizer().bytes()),
                backward(trained * Coefficients.FULL),
                drawing(),
                picture());
    }

    /** Numbers that learn. A few embeddings count for nothing beside a network. */
    private long trained() {
        return switch (run.method()) {
            case DREAMBOOTH -> model.unet().parameters().all() + (trainsText ? text() : 0);
            case DREAMBOOTH_LORA -> adapters();
            case TEXTUAL_INVERSION, MOMENTUM_TEXTUAL_INVERSION -> 0;
        };
    }

    private long adapters() {
        long text = model.towers().stream()
                .mapToLong(tower -> run.adapter().parameters(tower.parameters()))
                .sum();
        return run.adapter().parameters(model.unet().parameters()) + (trainsText ? text : 0);
    }

    private long text() {
        return model.towers().stream()
                .mapToLong(tower -> tower.parameters().all())
                .sum();
    }

    /** What learns is in fp32, and so is the autoencoder always; the rest is in the type it computes with. */
    private long weights() {
        int frozen = run.compute().half() ? Coefficients.HALF : Coefficients.FULL;
        boolean textInFull = trainsText && run.method() == Method.DREAMBOOTH;
        long adapters = run.method() == Method.DREAMBOOTH_LORA ? adapters() : 0;
        return model.unet().parameters().all() * (trainsUnet ? Coefficients.FULL : frozen)
                + text() * (textInFull ? Coefficients.FULL : frozen)
                + model.vae().parameters().all() * Coefficients.FULL
                + adapters * Coefficients.FULL;
    }

    /**
     * Activations and gradients. The first are freed as the second come, so their peak is less than their sum; a sum of
     * gradients over several passes stays beside those of each pass.
     */
    private long backward(long gradients) {
        double activations = activations();
        double middle = activations * Coefficients.ACTIVATIONS_AT_MIDDLE + gradients * Coefficients.GRADIENTS_AT_MIDDLE;
        double together = Math.max(activations, Math.max(middle, gradients));
        long accumulated = economy.gradientAccumulation() > 1 ? gradients : 0;
        return (long) (together + work()) + accumulated;
    }

    private double activations() {
        UnetActivations.Numbers unet = UnetActivations.of(model.unet(), kept(), places());
        double numbers = samples() * (economy.gradientCheckpointing() ? unet.between() : unet.everything());
        return (numbers + textActivations()) * bytes() + castWeights();
    }

    /** Inside the one block that is at work. */
    private double work() {
        double widest = (double) widest() * Coefficients.BACKWARD_WORK;
        UnetActivations.Numbers unet = UnetActivations.of(model.unet(), kept(), places());
        return samples() * (widest + (economy.gradientCheckpointing() ? unet.largest() : 0)) * bytes();
    }

    /** With a graph, the copies in which trained fp32 weights enter the computation are kept too. */
    private long castWeights() {
        boolean copies = run.compute().half() && !economy.gradientCheckpointing();
        return copies ? trained() * Coefficients.HALF : 0;
    }

    private double textActivations() {
        if (!trainsText && !run.method().inverts()) {
            return 0;
        }
        return samples()
                * model.towers().stream()
                        .mapToDouble(tower -> (double) tower.positions()
                                * (economy.gradientCheckpointing() ? tower.width() : keptInLayer(tower))
                                * tower.layers())
                        .sum();
    }

    private static long keptInLayer(ModelSize.Tower tower) {
        return (long) tower.width() * Coefficients.TEXT_STATE + (long) tower.hidden() * Coefficients.TEXT_HIDDEN;
    }

    private Kept kept() {
        return switch (run.method()) {
            case DREAMBOOTH -> Kept.TRAINED;
            case DREAMBOOTH_LORA -> run.adapter().everyLayer() ? Kept.TRAINED : Kept.ADAPTED;
            case TEXTUAL_INVERSION, MOMENTUM_TEXTUAL_INVERSION -> Kept.PASSED;
        };
    }

    /** Pictures in one pass, with those of the plain class. */
    private int samples() {
        return economy.batchSize() * (run.priorPreservation() ? 2 : 1);
    }

    private double bytes() {
        return run.compute().half() ? Coefficients.HALF_ACTIVATION : Coefficients.FULL;
    }

    private long places() {
        long side = run.resolution() / model.vae().factor();
        return side * side;
    }

    /** Numbers of the widest of the UNet's levels. */
    private long widest() {
        long widest = 0;
        for (int level = 0; level < model.unet().channels().size(); level++) {
            widest = Math.max(widest, model.unet().channels().get(level) * (places() >> (2 * level)));
        }
        return widest;
    }

    /** A batch through the UNet, then picture by picture through the decoder; in fp32. */
    private long drawing() {
        long pixels = (long) run.resolution() * run.resolution();
        long images = Math.max(1, Math.min(Coefficients.DRAWN_IMAGES, Coefficients.DRAWN_PIXELS / pixels));
        long skips = 0;
        for (int level = 0; level < model.unet().channels().size(); level++) {
            skips += (model.unet().layers() + 1L) * model.unet().channels().get(level) * (places() >> (2 * level));
        }
        long unet = images * Coefficients.GUIDANCE * (skips + widest() * Coefficients.FORWARD_WORK);
        return Math.max(unet * Coefficients.FULL, picture());
    }

    /** One picture through the autoencoder. A level is entered with the channels of the next deeper one. */
    private long picture() {
        List<Integer> channels = model.vae().channels();
        long pixels = (long) run.resolution() * run.resolution();
        long widest = 0;
        for (int level = 0; level < channels.size(); level++) {
            int entered = channels.get(Math.min(level + 1, channels.size() - 1));
            widest = Math.max(widest, Math.max(channels.get(level), entered) * (pixels >> (2 * level)));
        }
        return widest * Coefficients.VAE_WORK * Coefficients.FULL;
    }
}
