package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.plan.Workload.Encoded;
import java.util.List;
import java.util.function.ToLongFunction;

/** The calculation of an estimate. */
final class Estimator {

    private final ModelSize model;
    private final Workload workload;
    private final MemoryOptions options;
    private final MethodMemory method;
    private final boolean trainsText;

    Estimator(MemoryPlan plan) {
        model = plan.model();
        workload = plan.workload();
        options = plan.options();
        method = workload.method();
        trainsText = options.trainTextEncoder();
    }

    MemoryEstimate estimate() {
        return new MemoryEstimate(
                Coefficients.BASE,
                networks(Coefficients.FULL),
                networks(held() ? Coefficients.HALF : Coefficients.FULL),
                (long) (trained() * (options.optimizer().bytes() + (method.averages() ? Coefficients.FULL : 0))),
                step(),
                sampling(workload.previews()),
                sampling(workload.images()) + copies() * Coefficients.FULL,
                encoding());
    }

    /** A picture in the autoencoder's encoder, or prompts in the frozen text encoders. */
    private long encoding() {
        return Math.max(encoder() + trainingPicture(), frozenText());
    }

    private long encoder() {
        return leaves(model.autoencoder().encoderWeights());
    }

    /** Bytes of one picture of the training in the autoencoder. */
    private long trainingPicture() {
        return picture((long) workload.resolution() * workload.resolution());
    }

    /** A step, with the weights that encode its pictures and prompts. Those are encoded before the activations exist. */
    private long step() {
        double most = backward() * (options.gradientCheckpointing() ? 1 : Coefficients.ALLOCATOR);
        long weights = workload.encodedInSteps().contains(Encoded.PROMPTS) ? frozenText() : 0;
        if (workload.encodedInSteps().contains(Encoded.PICTURES)) {
            most = Math.max(most, trainingPicture());
            weights += encoder();
        }
        return (long) most + weights;
    }

    /** Bytes of the weights of frozen text encoders, which are in memory while they encode prompts. */
    private long frozenText() {
        return usesText()
                ? 0
                : model.textEncoders().stream()
                        .mapToLong(each -> leaves(each.parameters().all()))
                        .sum();
    }

    /** Whether each step uses the text encoders. */
    private boolean usesText() {
        return trainsText || method.trainsEmbeddings();
    }

    /** Bytes of the weights of a network while it is in use, if they leave memory after it. */
    private static long leaves(long parameters) {
        long bytes = parameters * Coefficients.FULL;
        return bytes > Network.SMALL ? bytes : 0;
    }

    /** Bytes of the weights of a network that are in memory all the time. */
    private static long stays(long parameters) {
        return parameters * Coefficients.FULL - leaves(parameters);
    }

    /** Number of trained parameters. */
    private long trained() {
        return ofNetworks(method::denoiser, method::textEncoder);
    }

    /** Weights that are copied to sample with the trained weights. During training, no copies are needed. */
    private long copies() {
        return workload.fused() ? ofNetworks(method::fusedDenoiser, method::fusedTextEncoder) : 0;
    }

    /** A count for the denoiser and, if they are trained, for the text encoders. */
    private long ofNetworks(ToLongFunction<Parameters> denoiser, ToLongFunction<Parameters> textEncoder) {
        long text = model.textEncoders().stream()
                .map(ModelSize.Network::parameters)
                .mapToLong(textEncoder)
                .sum();
        return denoiser.applyAsLong(model.denoiser().parameters()) + (trainsText ? text : 0);
    }

    /** Trained numbers that are not weights of the base model. */
    private long beside() {
        return method.trainsBase() ? 0 : trained();
    }

    /** Whether the base model is frozen and kept in the type of the computation. */
    private boolean held() {
        return half() && !method.trainsBase();
    }

    /**
     * Bytes of the weights that are in memory all the time. Embedding tables, the autoencoder, the scorers and trained numbers
     * beside the base model are always in fp32.
     *
     * @param matrix bytes of a number in the matrices of the denoiser and the text encoders
     */
    private long networks(int matrix) {
        long full = model.numbersOfScorers() + beside();
        long small = stays(model.autoencoder().encoderWeights())
                + stays(model.autoencoder().decoderWeights());
        long matrices = matrices(model.denoiser().parameters());
        long tables = model.denoiser().parameters().tables();
        for (ModelSize.Network textEncoder : model.textEncoders()) {
            if (usesText() || leaves(textEncoder.parameters().all()) == 0) {
                matrices += matrices(textEncoder.parameters());
                tables += textEncoder.parameters().tables();
            }
        }
        return matrices * matrix + (tables + full) * Coefficients.FULL + small;
    }

    private static long matrices(Parameters parameters) {
        return parameters.all() - parameters.tables();
    }

    /**
     * Activations and gradients. With gradient accumulation, or companions of another size, the sum of gradients exists beside
     * those of each pass. Pictures of two sizes are counted as if they were in the network together, because they may have one.
     */
    private double backward() {
        double gradients = (double) trained() * Coefficients.FULL;
        double denoiser = new BackwardMemory(
                        SizedPass.of(model.denoiser().topology(), method.kept(), places(workload.resolution())),
                        samples(),
                        bytes(),
                        gradient(),
                        options.gradientCheckpointing())
                .peak();
        double beside = textActivations() * bytes() + castWeights() + changed() + (double) beside() * Coefficients.FULL;
        boolean apart = workload.companions().apart() && workload.companions().count() > 0;
        double accumulated = options.gradientAccumulation() > 1 || apart ? gradients : 0;
        return Math.max(denoiser + beside, gradients) + accumulated;
    }

    /** Bytes of gradient per weight of the denoiser, on average over its blocks. */
    private double gradient() {
        Parameters denoiser = model.denoiser().parameters();
        return method.trainsBase() ? (double) Coefficients.FULL * method.denoiser(denoiser) / denoiser.all() : 0;
    }

    /** With a graph, the reduced copies of trained fp32 weights are kept too. */
    private long castWeights() {
        boolean copies = half() && !options.gradientCheckpointing();
        return copies ? trained() * Coefficients.HALF : 0;
    }

    /** Copies of the weights that adapters change, for their gradients: with checkpointing only those of one block. */
    private double changed() {
        int copies = method.copiesOfChangedWeights();
        long weights = ofNetworks(method::fusedDenoiser, method::fusedTextEncoder);
        double share = options.gradientCheckpointing() ? largestBlock() : 1;
        return share * weights * (copies * Coefficients.FULL + (half() && copies > 0 ? Coefficients.HALF : 0));
    }

    /** The share of the denoiser's weights in its largest block. */
    private double largestBlock() {
        List<BlockMemory> blocks =
                SizedPass.of(model.denoiser().topology(), method.kept(), places(workload.resolution()));
        long all = blocks.stream().mapToLong(BlockMemory::weights).sum();
        return (double) blocks.stream().mapToLong(BlockMemory::weights).max().orElse(0) / Math.max(1, all);
    }

    private double textActivations() {
        if (!trainsText && !method.trainsEmbeddings()) {
            return 0;
        }
        return samples()
                * model.textEncoders().stream()
                        .flatMap(textEncoder ->
                                SizedPass.of(textEncoder.topology(), KeptActivations.TRAINED, 0).stream())
                        .mapToDouble(block -> options.gradientCheckpointing() ? block.out() : block.kept())
                        .sum();
    }

    /** Number of pictures in one pass. */
    private int samples() {
        return options.batchSize() * (1 + workload.companions().count());
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

    /** Number of latent positions of a picture. */
    private long places(long pixels) {
        return pixels / model.autoencoder().factor() / model.autoencoder().factor();
    }

    /** Bytes to generate images: prompts in the text encoders, a batch in the denoiser, one image at a time in the decoder, in fp32. */
    private long sampling(List<SamplingLoad> loads) {
        double most = loads.isEmpty() ? 0 : frozenText();
        long decoder = leaves(model.autoencoder().decoderWeights());
        for (SamplingLoad load : loads) {
            long images = load.atOnce(options.imagesAtOnce());
            long denoiser = images * halves() * inference(places(load.pixels())) * Coefficients.FULL;
            double picture = decoder + picture(load.pixels()) * Coefficients.ALLOCATOR;
            most = Math.max(most, Math.max(denoiser * Coefficients.ALLOCATOR, picture));
        }
        return (long) most;
    }

    /** Rows of one image in the denoiser. A denoiser that embeds guidance needs one. */
    private int halves() {
        return model.denoiser().topology().inputs().contains(Denoiser.GUIDANCE) ? 1 : Coefficients.GUIDANCE;
    }

    /** Simultaneous numbers of an image in the denoiser: the skip connections, and the work of one block. */
    private long inference(long places) {
        List<BlockMemory> blocks = SizedPass.of(model.denoiser().topology(), KeptActivations.PASSED, places);
        return blocks.stream().mapToLong(BlockMemory::skip).sum()
                + blocks.stream().mapToLong(BlockMemory::inference).max().orElse(0);
    }

    /** Numbers of one image in the autoencoder. */
    private long picture(long pixels) {
        return SizedPass.widest(model.autoencoder().decoder(), places(pixels))
                * Coefficients.VAE_WORK
                * Coefficients.FULL;
    }
}
