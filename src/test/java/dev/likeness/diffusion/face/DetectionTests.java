package dev.likeness.diffusion.face;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionTests {

    @Test
    void isTheSameFaceIfTheBoxesShareMoreThanThreeTenths() {
        Detection face = new Detection(0, 0, 100, 100, 0.9f);

        assertThat(face.sameFaceAs(new Detection(50, 0, 150, 100, 0.9f))).isTrue();
        assertThat(face.sameFaceAs(new Detection(60, 0, 160, 100, 0.9f))).isFalse();
        assertThat(face.sameFaceAs(new Detection(200, 200, 300, 300, 0.9f))).isFalse();
    }

    @Test
    void mergesToTheWeightedMeanWithTheHighestScore() {
        Detection unsure = new Detection(10, 20, 110, 120, 0.25f);
        Detection sure = new Detection(0, 0, 100, 100, 0.75f);

        assertThat(Detection.merge(List.of(unsure, sure))).containsExactly(new Detection(2.5, 5, 102.5, 105, 0.75f));
    }

    @Test
    void keepsFacesThatAreApartTheSurestFirst() {
        Detection one = new Detection(0, 0, 10, 10, 0.5f);
        Detection other = new Detection(20, 0, 30, 10, 0.75f);

        assertThat(Detection.merge(List.of(one, other))).containsExactly(other, one);
    }
}
