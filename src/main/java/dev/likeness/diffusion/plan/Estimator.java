package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.plan.Coefficients.Kept;
import java.util.List;

/** The arithmetic of an estimate. */
final class Estimator {

    private final ModelSize model;
    private final Workload workload;
    private final MemoryOptions options;
    private final boolean trainsDenoiser;
    private final boolean trainsText;

    Estimator(MemoryPlan plan) {
        model = plan.model();
        workload = plan.workload();
        options = plan.options();
        trainsDenoiser = workload.method() == Method.DREAMBOOTH;
        trainsText = options.trainTextEncoder() && !workload.method().inverts();
    }

    MemoryEstimate estimate() {
        return new MemoryEstimate(
                Coefficients.BASE,
                networks(Coefficients.FULL),
                networks(held() ? Coefficients.HALF : Coefficients.FULL),
                (long) (trained() * options.optimizer().bytes()),
                (long) (backward() * (options.gradientCheckpointing() ? 1 : Coefficients.ALLOCATOR)),
                drawing(workload.previews()),
                drawing(workload.drawings()) + copies() * Coefficients.FULL,
                picture((long) workload.resolution() * workload.resolution()));
    }

    /** Numbers that learn. A few embeddings count for nothing beside a network. */
    private long trained() {
        return switch (workload.method()) {
            case DREAMBOOTH -> model.denoiser().parameters().all() + (trainsText ? text() : 0);
            case DREAMBOOTH_LORA -> adapters();
            case TEXTUAL_INVERSION, MOMENTUM_TEXTUAL_INVERSION -> 0;
        };
    }

    private long adapters() {
        return workload.adapter().parameters(model.denoiser().parameters()) + (trainsText ? adaptersOfText() : 0);
    }

    /** At attentions alone, wherever those of the denoiser are. */
    private long adaptersOfText() {
        return model.textEncoders().stream()
                .mapToLong(textEncoder ->
                        workload.adapter().rank() * textEncoder.parameters().attentionAdapter())
                .sum();
    }

    private long text() {
        return model.textEncoders().stream()
                .mapToLong(textEncoder -> textEncoder.parameters().all())
                .sum();
    }

    /** Weights that the trained adapter is summed into copies of. While it trains it runs beside them. */
    private long copies() {
        if (workload.method() != Method.DREAMBOOTH_LORA) {
            return 0;
        }
        return workload.adapter().copies(model.denoiser().parameters()) + (trainsText ? copiesOfText() : 0);
    }

    private long copiesOfText() {
        return workload.adapter().fused()
                ? model.textEncoders().stream()
                        .mapToLong(textEncoder -> textEncoder.parameters().attention())
                        .sum()
                : 0;
    }

    /** Whether the base, which does not learn, is kept in the type it computes with. */
    private boolean held() {
        return half() && !trainsDenoiser;
    }

    /**
     * Bytes of all weights. Tables of embeddings, the autoencoder, the scorers and adapters are always in fp32.
     *
     * @param matrix bytes of a number in the matrices of the denoiser and the text encoders
     */
    private long networks(int matrix) {
        long adapters = workload.method() == Method.DREAMBOOTH_LORA ? adapters() : 0;
        long full = model.autoencoder().parameters().all() + model.scorers() + adapters;
        long matrices = matrices(model.denoiser().parameters());
        long tables = model.denoiser().parameters().tables();
        for (ModelSize.Network textEncoder : model.textEncoders()) {
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
        double denoiser = new BackwardMemory(
                        SizedPass.of(model.denoiser().topology(), kept(), places(workload.resolution())),
                        samples(),
                        bytes(),
                        trainsDenoiser ? Coefficients.FULL : 0,
                        options.gradientCheckpointing())
                .peak();
        double beside = textActivations() * bytes()
                + castWeights()
                + (workload.method() == Method.DREAMBOOTH_LORA ? gradients : 0);
        double accumulated = options.gradientAccumulation() > 1 ? gradients : 0;
        return Math.max(denoiser + beside, gradients) + accumulated;
    }

    /** With a graph, the copies in which trained fp32 weights enter the computation are kept too. */
    private long castWeights() {
        boolean copies = half() && !options.gradientCheckpointing();
        return copies ? trained() * Coefficients.HALF : 0;
    }

    private double textActivations() {
        if (!trainsText && !workload.method().inverts()) {
            return 0;
        }
        return samples()
                * model.textEncoders().stream()
                        .flatMap(textEncoder -> SizedPass.of(textEncoder.topology(), Kept.TRAINED, 0).stream())
                        .mapToDouble(block -> options.gradientCheckpointing() ? block.out() : block.kept())
                        .sum();
    }

    private Kept kept() {
        return switch (workload.method()) {
            case DREAMBOOTH -> Kept.TRAINED;
            case DREAMBOOTH_LORA -> workload.adapter().everyLayer() ? Kept.TRAINED : Kept.ADAPTED;
            case TEXTUAL_INVERSION, MOMENTUM_TEXTUAL_INVERSION -> Kept.PASSED;
        };
    }

    /** Pictures in one pass. */
    private int samples() {
        return options.batchSize() * (1 + workload.companions());
    }

    private boolean half() {
        return workload.precision() != Precision.FP32;
    }

    private double bytes() {
        return half() ? Coefficients.HALF_ACTIVATION : Coefficients.FULL;
    }

    private long places(int side) {
        return places((long) side * side);
    }

    /** Latents of a picture. */
    private long places(long pixels) {
        return pixels / model.autoencoder().factor() / model.autoencoder().factor();
    }

    /** A batch through the denoiser, then image by image through the decoder; in fp32. */
    private long drawing(List<PlannedImages> drawings) {
        long most = 0;
        for (PlannedImages drawn : drawings) {
            long images = drawn.atOnce(options.imagesAtOnce());
            long denoiser = images * Coefficients.GUIDANCE * inference(places(drawn.pixels())) * Coefficients.FULL;
            most = Math.max(most, Math.max(denoiser, picture(drawn.pixels())));
        }
        return (long) (most * Coefficients.ALLOCATOR);
    }

    /** Numbers at once of an image in the denoiser: what skip connections hold, and the work of one block. */
    private long inference(long places) {
        List<BlockMemory> blocks = SizedPass.of(model.denoiser().topology(), Kept.PASSED, places);
        return blocks.stream().mapToLong(BlockMemory::skip).sum()
                + blocks.stream().mapToLong(BlockMemory::inference).max().orElse(0);
    }

    /** One image through the autoencoder. */
    private long picture(long pixels) {
        return SizedPass.widest(model.autoencoder().decoder(), places(pixels))
                * Coefficients.VAE_WORK
                * Coefficients.FULL;
    }
}
