package dev.likeness.diffusion.adapter;

import org.jspecify.annotations.Nullable;

/**
 * The rank and the alpha of each layer. The first matching pattern decides, then whether the layer is a convolution of several
 * pixels (LoCon), then the rank and alpha of all layers.
 *
 * @param rank of all layers
 * @param alpha of all layers
 * @param convolutionRank of convolutions of several pixels; null for the rank of all layers
 * @param convolutionAlpha of convolutions of several pixels; null for the alpha of all layers
 * @param rankPattern {@code PATTERN=RANK}, where PATTERN is a regular expression as in peft's {@code rank_pattern}
 * @param alphaPattern {@code PATTERN=ALPHA}
 */
public record LayerRanks(
        int rank,
        double alpha,
        @Nullable Integer convolutionRank,
        @Nullable Double convolutionAlpha,
        LayerNumbers rankPattern,
        LayerNumbers alphaPattern) {

    /** One rank and alpha for all layers. */
    public static LayerRanks of(int rank, double alpha) {
        return new LayerRanks(rank, alpha, null, null, LayerNumbers.NONE, LayerNumbers.NONE);
    }

    static boolean hasPixels(long[] weight) {
        return weight.length == 4 && weight[2] * weight[3] > 1;
    }

    long rank(String layer, long[] weight) {
        int own = convolutionRank != null && hasPixels(weight) ? convolutionRank : rank;
        return Math.round(rankPattern.find(layer, own));
    }

    double alpha(String layer, long[] weight) {
        double own = convolutionAlpha != null && hasPixels(weight) ? convolutionAlpha : alpha;
        return alphaPattern.find(layer, own);
    }
}
