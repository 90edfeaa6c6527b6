package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.plan.Coefficients.Kept;
import dev.likeness.diffusion.plan.ModelSize.Parameters;
import dev.likeness.diffusion.plan.ModelSize.TextEncoder;
import java.util.List;

/** The arithmetic of an estimate. */
final class Estimator {

    private final ModelSize model;
    private final Workload run;
    private final MemoryOptions economy;
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
        return new MemoryEstimate(
                Coefficients.BASE,
                networks(Coefficients.FULL),
                networks(held() ? Coefficients.HALF : Coefficients.FULL),
                (long) (trained() * economy.optimizer().bytes()),
                (long) (backward() * (economy.gradientCheckpointing() ? 1 : Coefficients.ALLOCATOR)),
                drawing(run.previews()),
                drawing(run.drawings()) + copies() * Coefficients.FULL,
                picture((long) run.resolution() * run.resolution()));
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
        return run.adapter().parameters(model.unet().parameters()) + (trainsText ? adaptersOfText() : 0);
    }

    /** At attentions alone, wherever those of the UNet are. */
    private long adaptersOfText() {
        return model.textEncoders().stream()
                .mapToLong(textEncoder ->
                        run.adapter().rank() * textEncoder.parameters().attentionAdapter())
                .sum();
    }

    private long text() {
        return model.textEncoders().stream()
                .mapToLong(textEncoder -> textEncoder.parameters().all())
                .sum();
    }

    /** Weights that the trained adapter is summed into copies of. While it trains it runs beside them. */
    private long copies() {
        if (run.method() != Method.DREAMBOOTH_LORA) {
            return 0;
        }
        return run.adapter().copies(model.unet().parameters()) + (trainsText ? copiesOfText() : 0);
    }

    private long copiesOfText() {
        return run.adapter().fused()
                ? model.textEncoders().stream()
                        .mapToLong(textEncoder -> textEncoder.parameters().attention())
                        .sum()
                : 0;
    }

    /** Whether the base, which does not learn, is kept in the type it computes with. */
    private boolean held() {
        return run.compute().half() && !trainsUnet;
    }

    /**
     * Bytes of all weights. Tables of embeddings, the autoencoder, the scorers and adapters are always in fp32.
     *
     * @param matrix bytes of a number in the matrices of the UNet and the text encoders
     */
    private long networks(int matrix) {
        long adapters = run.method() == Method.DREAMBOOTH_LORA ? adapters() : 0;
        long full = model.vae().parameters().all() + model.scorers() + adapters;
        long matrices = matrices(model.unet().parameters());
        long tables = model.unet().parameters().tables();
        for (TextEncoder textEncoder : model.textEncoders()) {
            matrices += matrices(textEncoder.parameters());
            tables += textEncoder.parameters().tables();
        }
        return matrices * matrix + (tables + full) * Coefficients.FULL;
    }

    private static long matrices(Parameters parameters) {
        return parameters.all() - parameters.tables();
    }

    /** Activations and gradients. A sum of gradients over several passes stays beside those of each pass. */
    private double backward() {
        double gradients = (double) trained() * Coefficients.FULL;
        double unet = new BackwardMemory(
                        UnetPass.of(model.unet(), kept(), places(run.resolution())),
                        samples(),
                        bytes(),
                        trainsUnet ? Coefficients.FULL : 0,
                        economy.gradientCheckpointing())
                .peak();
        double besideUnet =
                textActivations() * bytes() + castWeights() + (run.method() == Method.DREAMBOOTH_LORA ? gradients : 0);
        double accumulated = economy.gradientAccumulation() > 1 ? gradients : 0;
        return Math.max(unet + besideUnet, gradients) + accumulated;
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
                * model.textEncoders().stream()
                        .mapToDouble(textEncoder -> (double) textEncoder.positions()
                                * (economy.gradientCheckpointing() ? textEncoder.width() : keptInLayer(textEncoder))
                                * textEncoder.layers())
                        .sum();
    }

    private static long keptInLayer(TextEncoder textEncoder) {
        return (long) textEncoder.width() * Coefficients.TEXT_STATE
                + (long) textEncoder.hidden() * Coefficients.TEXT_HIDDEN;
    }

    private Kept kept() {
        return switch (run.method()) {
            case DREAMBOOTH -> Kept.TRAINED;
            case DREAMBOOTH_LORA -> run.adapter().everyLayer() ? Kept.TRAINED : Kept.ADAPTED;
            case TEXTUAL_INVERSION, MOMENTUM_TEXTUAL_INVERSION -> Kept.PASSED;
        };
    }

    /** Pictures in one pass. */
    private int samples() {
        return economy.batchSize() * (1 + run.companions());
    }

    private double bytes() {
        return run.compute().half() ? Coefficients.HALF_ACTIVATION : Coefficients.FULL;
    }

    private long places(int side) {
        return places((long) side * side);
    }

    /** Latents of a picture. */
    private long places(long pixels) {
        return pixels / model.vae().factor() / model.vae().factor();
    }

    /** A batch through the UNet, then image by image through the decoder; in fp32. */
    private long drawing(List<PlannedImages> drawings) {
        long most = 0;
        for (PlannedImages drawn : drawings) {
            long images = drawn.atOnce(economy.imagesAtOnce());
            long unet = images * Coefficients.GUIDANCE * forward(places(drawn.pixels())) * Coefficients.FULL;
            most = Math.max(most, Math.max(unet, picture(drawn.pixels())));
        }
        return (long) (most * Coefficients.ALLOCATOR);
    }

    /** Numbers at once of a picture in the UNet, without a graph: what skip connections hold, and the widest level's work. */
    private long forward(long places) {
        long skips = 0;
        long widest = 0;
        for (int level = 0; level < model.unet().channels().size(); level++) {
            long numbers = model.unet().channels().get(level) * (places >> (2 * level));
            skips += (model.unet().layers() + 1L) * numbers;
            widest = Math.max(widest, numbers);
        }
        return skips + widest * Coefficients.FORWARD_WORK;
    }

    /** One picture through the autoencoder. A level is entered with the channels of the next deeper one. */
    private long picture(long pixels) {
        List<Integer> channels = model.vae().channels();
        long widest = 0;
        for (int level = 0; level < channels.size(); level++) {
            int entered = channels.get(Math.min(level + 1, channels.size() - 1));
            widest = Math.max(widest, Math.max(channels.get(level), entered) * (pixels >> (2 * level)));
        }
        return widest * Coefficients.VAE_WORK * Coefficients.FULL;
    }
}
