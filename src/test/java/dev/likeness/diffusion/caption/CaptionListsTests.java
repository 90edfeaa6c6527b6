package dev.likeness.diffusion.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class CaptionListsTests {

    private static final CaptionLists LISTS = new CaptionLists(
            List.of("a photo of a {class}", "a sketch of a {class}"), 0.25, List.of("in space", "on the grass"));

    @Test
    void combinesStyleClassAndSceneOrNone() {
        assertThat(LISTS.captions("sea animal"))
                .containsExactly(
                        "a photo of a sea animal",
                        "a photo of a sea animal in space",
                        "a photo of a sea animal on the grass",
                        "a sketch of a sea animal",
                        "a sketch of a sea animal in space",
                        "a sketch of a sea animal on the grass");
    }

    @Test
    void takesTheBestScene() {
        assertThat(LISTS.best(new double[] {-0.5, -0.1, -0.3, -1, -1, -1})).isEqualTo(1);
        assertThat(LISTS.best(new double[] {0.2, 0.1, 0.1, 0, 0, 0})).isZero();
    }

    @Test
    void takesAnotherStyleOnlyWhereItFitsMuchBetter() {
        assertThat(LISTS.best(new double[] {0.1, 0.2, 0.3, 0.4, 0.1, 0.5})).isEqualTo(2);
        assertThat(LISTS.best(new double[] {0.1, 0.2, 0.3, 0.4, 0.1, 0.6})).isEqualTo(5);
    }

    @Test
    void needsNeitherScenesNorFurtherStyles() {
        CaptionLists plain = new CaptionLists(List.of("a {class}"), 0, List.of());

        assertThat(plain.captions("dog")).containsExactly("a dog");
        assertThat(plain.best(new double[] {-1})).isZero();
    }

    @Test
    void refusesListsThatMakeNoCaptions() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CaptionLists(List.of(), 0, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaptionLists(List.of("a {class}", "a sketch"), 0, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaptionLists(List.of("a {class}"), Double.NaN, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> LISTS.best(new double[5]));
    }
}
