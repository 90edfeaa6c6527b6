package dev.likeness.diffusion.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class ClipScoreTests {

    private static final float[] EAST = {1, 0};
    private static final float[] NORTH = {0, 1};
    private static final float[] WEST = {-3, 0};

    @Test
    void averagesOverAllPairsOfAGeneratedAndARealPicture() {
        double score = ClipScore.pairwiseMean(new float[][] {EAST, NORTH}, new float[][] {EAST, EAST, WEST});

        assertThat(score).isCloseTo((1 + 1 - 1 + 0 + 0 + 0) / 6.0, offset(1e-9));
    }

    @Test
    void leavesAPicturePairedWithItselfOutOfTheReference() {
        assertThat(ClipScore.distinctPairMean(new float[][] {EAST, EAST, NORTH}))
                .isCloseTo(1 / 3.0, offset(1e-9));
    }

    @Test
    void hasNoReferenceForOnePicture() {
        assertThatIllegalArgumentException().isThrownBy(() -> ClipScore.distinctPairMean(new float[][] {EAST}));
    }

    @Test
    void comparesAPictureWithItsOwnTextAlone() {
        double score = ClipScore.matchingMean(new float[][] {EAST, NORTH}, new float[][] {WEST, NORTH});

        assertThat(score).isCloseTo((-1 + 1) / 2.0, offset(1e-9));
    }

    @Test
    void refusesPicturesWithoutATextEach() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClipScore.matchingMean(new float[][] {EAST}, new float[][] {EAST, NORTH}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClipScore.matchingMean(new float[][] {}, new float[][] {}));
    }
}
