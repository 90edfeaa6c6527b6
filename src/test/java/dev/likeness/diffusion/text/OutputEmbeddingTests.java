package dev.likeness.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutputEmbeddingTests {

    @Test
    void standsWhereItsTokensAre() {
        OutputEmbedding output =
                OutputEmbedding.of(0, new float[] {1, 2, 3, 4}, 2).behind(1).behind(2);
        float[] context = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19};

        output.putInto(context, new long[] {-3, 4, 2, 3, 5});

        assertThat(context).containsExactly(10, 11, 3, 4, 14, 15, 1, 2, 18, 19);
    }
}
