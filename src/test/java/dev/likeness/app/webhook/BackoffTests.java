package dev.likeness.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTests {

    @Test
    void waitsLongerAfterEachFailureUpToFourHours() {
        RandomGenerator middle = () -> 1L << 63;

        assertThat(IntStream.of(1, 2, 3, 7, 100)
                        .mapToObj(new Backoff(middle)::after)
                        .map(Duration::toSeconds))
                .containsExactly(5L, 20L, 80L, 14400L, 14400L);
    }

    @Test
    void doesNotLetAllReturnAtOnce() {
        Backoff backoff = new Backoff(new SplittableRandom(1));

        assertThat(IntStream.range(0, 100).mapToObj(it -> backoff.after(2)).distinct())
                .hasSizeGreaterThan(90)
                .allMatch(it -> it.toMillis() >= 16_000 && it.toMillis() <= 24_000);
    }
}
