package dev.likeness.diffusion.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which adapter each layer gets. */
class AdapterDesignTests {

    private static final long[] LINEAR = {16, 8};
    private static final long[] CONVOLUTION = {16, 8, 3, 3};
    private static final String LAYER = "unet.mid_block.attentions.0.to_k";

    private static LayerRanks ranks(List<String> ranks, List<String> alphas) {
        return new LayerRanks(
                4, 2, 8, 16.0, new LayerNumbers("rank_pattern", ranks), new LayerNumbers("alpha_pattern", alphas));
    }

    private static AdapterDesign lora(LayerRanks ranks, boolean stabilized) {
        return new AdapterDesign(
                LayerKind.LORA, ranks, DoraNorms.NONE, stabilized, false, AdapterDesign.Kronecker.CLOSEST);
    }

    private static AdapterDesign lokr(int rank, int factor, boolean both) {
        return new AdapterDesign(
                LayerKind.LOKR,
                LayerRanks.of(rank, 3),
                DoraNorms.NONE,
                false,
                false,
                new AdapterDesign.Kronecker(factor, both));
    }

    /** The smaller number of LyCORIS' {@code factorization}. */
    @ParameterizedTest
    @CsvSource({
        "127, -1, 1",
        "127, 2, 1",
        "127, 16, 1",
        "128, -1, 8",
        "128, 2, 2",
        "128, 4, 4",
        "128, 16, 8",
        "250, -1, 10",
        "250, 2, 2",
        "250, 4, 2",
        "250, 8, 5",
        "250, 16, 10",
        "360, -1, 18",
        "360, 2, 2",
        "360, 8, 8",
        "360, 16, 15",
        "1024, -1, 32",
        "1024, 4, 4",
        "1024, 16, 16",
        "320, 320, 1",
        "12, 5, 3"
    })
    void dividesSidesAsLycorisDoes(long side, int factor, long divisor) {
        assertThat(AdapterDesign.divisor(side, factor)).isEqualTo(divisor);
    }

    @Test
    void convolutionsAndPatternsHaveTheirOwnRanksAndAlphas() {
        AdapterDesign design = lora(ranks(List.of("to_[kv]=6", "mid_block.*=3"), List.of("unet.mid_block.*=9")), false);

        assertThat(design.of(LAYER, LINEAR).shapes().rank()).isEqualTo(6);
        assertThat(design.of(LAYER, LINEAR).scale()).isEqualTo(9 / 6.0);
        assertThat(design.of("unet.mid_block.x", LINEAR).shapes().rank()).isEqualTo(3);
        assertThat(design.of("unet.conv_in", CONVOLUTION).shapes().rank()).isEqualTo(8);
        assertThat(design.of("unet.conv_in", CONVOLUTION).scale()).isEqualTo(2);
        assertThat(design.of("unet.proj_in", new long[] {16, 8, 1, 1}).shapes().rank())
                .isEqualTo(4);
        assertThat(design.of("unet.linear_to_k", LINEAR).shapes().rank()).isEqualTo(4);
    }

    @Test
    void aStabilizedScaleHasTheRootOfTheRank() {
        assertThat(lora(LayerRanks.of(4, 2), true).of(LAYER, LINEAR).scale()).isEqualTo(1);
        assertThat(lora(LayerRanks.of(5, 2), true).of(LAYER, LINEAR).scale())
                .isCloseTo(2 / Math.sqrt(5), within(1e-15));
    }

    /** w1 is [4, 2] and w2 [4, 4]: LyCORIS makes a factor whole whose longer side is at most twice the rank. */
    @ParameterizedTest
    @CsvSource({
        "1, false, 'LOKR_W1 4x2, LOKR_W2_A 4x1, LOKR_W2_B 1x4', 3",
        "1, true, 'LOKR_W1_A 4x1, LOKR_W1_B 1x2, LOKR_W2_A 4x1, LOKR_W2_B 1x4', 3",
        "2, true, 'LOKR_W1 4x2, LOKR_W2 4x4', 1"
    })
    void lokrMakesShortFactorsWhole(int rank, boolean both, String tensors, double scale) {
        AdapterDesign.Layer layer = lokr(rank, -1, both).of(LAYER, LINEAR);

        assertThat(layer.shapes().all().entrySet().stream()
                        .map(it -> it.getKey() + " " + it.getValue()[0] + "x" + it.getValue()[1])
                        .toList())
                .hasToString("[" + tensors + "]");
        assertThat(layer.scale()).isEqualTo(scale);
    }

    @Test
    void countsTrainedNumbers() {
        AdapterDesign dora = new AdapterDesign(
                LayerKind.LOHA, LayerRanks.of(2, 2), DoraNorms.INPUTS, false, true, AdapterDesign.Kronecker.CLOSEST);

        assertThat(dora.numbers("unet.", Map.of("a", LINEAR, "b", CONVOLUTION)))
                .isEqualTo(2 * 2 * (16 + 8) + 8 + 2 * (2 * (16 + 8) + 2 * 2 * 9) + 8);
        assertThat(AdapterDesign.lora(3, 1).numbers("unet.", Map.of("b", CONVOLUTION)))
                .isEqualTo(3 * (16 + 72));
        assertThat(dora.copies()).isEqualTo(4);
        assertThat(AdapterDesign.lora(3, 1).copies()).isZero();
    }
}
