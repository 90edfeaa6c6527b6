package dev.likeness.app.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.MovableClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DecodingMemoryTests {

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger collections = new AtomicInteger();
    private final DecodingMemory memory = new DecodingMemory(clock, collections::incrementAndGet);

    @Test
    void isGivenBackOnceAWhileAfterTheLastLargePicture() {
        memory.took(DecodingMemory.LARGE);
        after(DecodingMemory.QUIET.minusMillis(1));
        memory.took(DecodingMemory.LARGE);
        after(DecodingMemory.QUIET.minusMillis(1));
        assertThat(collections).hasValue(0);

        after(Duration.ofMillis(1));
        after(DecodingMemory.QUIET);

        assertThat(collections).hasValue(1);
    }

    @Test
    void isKeptWhereSmallPicturesCome() {
        memory.took(DecodingMemory.LARGE - 1);

        after(DecodingMemory.QUIET);

        assertThat(collections).hasValue(0);
    }

    private void after(Duration time) {
        clock.pass(time);
        memory.giveBack();
    }
}
