package dev.likeness.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTests {

    @ParameterizedTest
    @ValueSource(strings = {"x", "😀"})
    void cutsAfter200CodePoints(String sign) {
        assertThat(Excerpt.of(sign.repeat(200))).isEqualTo(sign.repeat(200));
        assertThat(Excerpt.of(sign.repeat(201))).isEqualTo(sign.repeat(200) + "…");
        assertThat(Excerpt.of(sign.repeat(5000))).isEqualTo(sign.repeat(200) + "…");
    }

    @Test
    void cutsBesideASurrogatePairAndNotInIt() {
        assertThat(Excerpt.of("x" + "😀".repeat(300))).isEqualTo("x" + "😀".repeat(199) + "…");
    }
}
