package dev.likeness.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

class PromptWeightsTests {

    @Test
    void scalesTokensAndRestoresTheMean() {
        // Three tokens of two features; the second has weight 2. The sum goes from 12 to 19.
        float[] weighted = PromptWeights.apply(new float[] {1, 2, 3, 4, 0, 2}, List.of(new float[] {1, 2, 1}));

        float back = 12 / 19f;
        assertThat(weighted)
                .containsExactly(new float[] {back, 2 * back, 6 * back, 8 * back, 0, 2 * back}, offset(1e-6f));
    }

    @Test
    void restoresTheMeanOfEachChunkAlone() {
        float[] weighted =
                PromptWeights.apply(new float[] {1, 1, 5, 3}, List.of(new float[] {3, 1}, new float[] {1, 0}));

        assertThat(weighted).containsExactly(new float[] {1.5f, 0.5f, 8, 0}, offset(1e-6f));
    }

    @Test
    void leavesStatesWithoutEmphasisAsTheyAre() {
        float[] states = {0.1f, -0.7f, 1 / 3f, 1e-8f, 27.5f, -3e5f};

        assertThat(PromptWeights.apply(states, List.of(new float[] {1, 1}, new float[] {1})))
                .containsExactly(states);
    }

    @Test
    void leavesItsArgumentsAsTheyAre() {
        float[] states = {1, 2};

        PromptWeights.apply(states, List.of(new float[] {2, 1}));

        assertThat(states).containsExactly(1, 2);
    }

    @Test
    void followsTheMeanThroughZero() {
        // The sum is -1 before and 2 after: the factor is negative, as in the webui.
        assertThat(PromptWeights.apply(new float[] {3, -4}, List.of(new float[] {2, 1})))
                .containsExactly(new float[] {-3, 2}, offset(1e-6f));
    }

    /** If values almost cancel out, restoring the mean would multiply them by hundreds, or change their sign. */
    @Test
    void restoresNoMeanThatIsSmallAgainstTheValues() {
        assertThat(PromptWeights.apply(new float[] {3, -2.99f, 1, -1}, List.of(new float[] {1, 1.2f})))
                .containsExactly(3, -2.99f, 1.2f, -1.2f);
        assertThat(PromptWeights.apply(new float[] {3, -2, 1, -1}, List.of(new float[] {1, 1.495f, 1, 1})))
                .as("a mean that emphasis takes away")
                .containsExactly(new float[] {3, -2.99f, 1, -1}, offset(1e-6f));
        assertThat(PromptWeights.apply(new float[] {3, -2.999f, 1, -1}, List.of(new float[] {1.5f, 1, 1, 1})))
                .as("a mean that emphasis brings")
                .containsExactly(new float[] {4.5f, -2.999f, 1, -1}, offset(1e-6f));
    }

    @Test
    void restoresAMeanOfAFewHundredthsOfTheValues() {
        // The sum goes from 0.4 to 0.5, the magnitudes from 8 to 10.
        float[] weighted = PromptWeights.apply(new float[] {4.2f, -3.8f}, List.of(new float[] {1.25f}));

        assertThat(weighted).containsExactly(new float[] {4.2f, -3.8f}, offset(1e-5f));
    }

    @Test
    void staysFiniteWhereNothingIsLeft() {
        assertThat(PromptWeights.apply(new float[] {1, 2}, List.of(new float[] {0, 0})))
                .containsExactly(0, 0);
    }

    @Test
    void refusesWeightsOfOtherTokens() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PromptWeights.apply(new float[7], List.of(new float[3])))
                .withMessage("7 states cannot belong to 3 tokens");
    }
}
