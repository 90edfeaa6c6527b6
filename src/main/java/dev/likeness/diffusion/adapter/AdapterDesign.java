package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.adapter.LayerShapes.Factors;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The adapters that training makes beside the layers of a network.
 *
 * @param kind of the change
 * @param ranks and alphas of the layers
 * @param norms that DoRA trains (Liu et al. 2024, arXiv:2402.09353)
 * @param rankStabilized whether the scale is alpha / sqrt(r) (Kalajdzievski 2023, arXiv:2312.03732), not alpha / r
 * @param tucker whether convolutions of several pixels have a core, as LyCORIS' {@code use_tucker}
 * @param kronecker how the factors of LoKr are chosen
 */
public record AdapterDesign(
        LayerKind kind,
        LayerRanks ranks,
        DoraNorms norms,
        boolean rankStabilized,
        boolean tucker,
        Kronecker kronecker) {

    /**
     * How LoKr divides the sides of a weight.
     *
     * @param factor the wanted smaller divisor; -1 for divisors as close to each other as possible
     * @param decomposesBoth whether the smaller factor can be a product, too
     */
    public record Kronecker(int factor, boolean decomposesBoth) {

        /** The divisors closest to each other, and a whole smaller factor. */
        public static final Kronecker CLOSEST = new Kronecker(-1, false);
    }

    /**
     * The adapter of one layer.
     *
     * @param scale of its product
     */
    public record Layer(LayerShapes shapes, double scale, long @Nullable [] norms) {

        /** The number of trained numbers. */
        public long numbers() {
            long products = shapes.all().values().stream()
                    .mapToLong(AdapterDesign::product)
                    .sum();
            return products + (norms == null ? 0 : product(norms));
        }
    }

    /** A LoRA of one rank. */
    public static AdapterDesign lora(int rank, double alpha) {
        return new AdapterDesign(
                LayerKind.LORA, LayerRanks.of(rank, alpha), DoraNorms.NONE, false, false, Kronecker.CLOSEST);
    }

    /** Whether it is a LoRA without norms and cores, which runs beside the weights. */
    public boolean isBeside() {
        return kind == LayerKind.LORA && norms == DoraNorms.NONE && !tucker;
    }

    /** The adapter of a layer, whose name begins with the model's part. */
    public Layer of(String layer, long[] weight) {
        long rank = ranks.rank(layer, weight);
        boolean hasCore = tucker && LayerRanks.hasPixels(weight);
        Factors factors = kind == LayerKind.LOKR ? factors(weight, rank) : Factors.NONE;
        LayerShapes shapes = new LayerShapes(
                kind, weight, rank, hasCore && !(kind == LayerKind.LOKR && factors.isSecondWhole()), factors);
        boolean isWhole = kind == LayerKind.LOKR && factors.isFirstWhole() && factors.isSecondWhole();
        double scale = ranks.alpha(layer, weight) / (rankStabilized ? Math.sqrt(rank) : rank);
        return new Layer(
                shapes,
                isWhole ? 1 : scale,
                switch (norms) {
                    case NONE -> null;
                    case OUTPUTS -> LayerShapes.outputNorms(weight);
                    case INPUTS -> LayerShapes.inputNorms(weight);
                });
    }

    /**
     * The trained numbers of some layers.
     *
     * @param part prefix of the layers' names, with its last dot
     */
    public long numbers(String part, Map<String, long[]> layers) {
        return layers.entrySet().stream()
                .mapToLong(layer -> of(part + layer.getKey(), layer.getValue()).numbers())
                .sum();
    }

    /** As in LyCORIS: a factor is whole if its rank would be at least half of its longer side. */
    private Factors factors(long[] weight, long rank) {
        long outputs = divisor(weight[0], kronecker.factor());
        long inputs = divisor(weight[1], kronecker.factor());
        boolean isFirstWhole = !kronecker.decomposesBoth() || 2 * rank >= Math.max(outputs, inputs);
        boolean isSecondWhole = 2 * rank >= Math.max(weight[0] / outputs, weight[1] / inputs);
        return new Factors(outputs, inputs, isFirstWhole, isSecondWhole);
    }

    /**
     * The smaller of the two numbers into which LyCORIS divides a side.
     *
     * @param factor the wanted one of them, or the largest that the smaller may be; -1 for the two closest to each other
     */
    static long divisor(long side, int factor) {
        if (factor > 0 && side % factor == 0) {
            return Math.min(factor, side / factor);
        }
        long most = factor < 0 ? side : factor;
        return LongStream.rangeClosed(1, most)
                .takeWhile(it -> it * it <= side)
                .filter(it -> side % it == 0)
                .max()
                .orElse(1);
    }

    private static long product(long[] shape) {
        return LongStream.of(shape).reduce(1, (a, b) -> a * b);
    }

    /**
     * How many numbers a backward pass keeps for each weight that a layer's adapter changes: the changed weight, the factors of a
     * Hadamard product, and the sum before its norms change. 0 for adapters beside weights.
     */
    public int copies() {
        if (isBeside()) {
            return 0;
        }
        return (kind == LayerKind.LOHA ? 3 : 1) + (norms == DoraNorms.NONE ? 0 : 1);
    }

    /** Checkpoints contain this text. */
    @Override
    public String toString() {
        return "%s, %s, norms=%s, rankStabilized=%s, tucker=%s, factor=%d, both=%s"
                .formatted(kind, ranks, norms, rankStabilized, tucker, kronecker.factor(), kronecker.decomposesBoth());
    }
}
