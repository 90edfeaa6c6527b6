package dev.likeness.diffusion.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class QuantityTests {

    @Test
    void hasANounInTheSingularOnlyForOne() {
        assertThat(Quantity.of(0, "step")).isEqualTo("0 steps");
        assertThat(Quantity.of(1, "step")).isEqualTo("1 step");
        assertThat(Quantity.of(1L, "step")).isEqualTo("1 step");
        assertThat(Quantity.of(BigInteger.ONE, "step")).isEqualTo("1 step");
        assertThat(Quantity.of(11, "step")).isEqualTo("11 steps");
        assertThat(Quantity.of(-1, "step")).isEqualTo("-1 steps");
    }

    @Test
    void takesAnotherPlural() {
        assertThat(Quantity.of(1, "tensor is", "tensors are")).isEqualTo("1 tensor is");
        assertThat(Quantity.of(2, "tensor is", "tensors are")).isEqualTo("2 tensors are");
    }
}
