package dev.likeness.app.upload;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Returns heap memory to the system after large pictures. The heap grows for them and shrinks only in a full
 * collection, which an idle process may never run. One collection follows the last large picture, because a collection
 * pauses the whole process.
 */
@Component
class DecodingMemory {

    /** Smaller pictures fit into a heap of ordinary size. */
    static final long LARGE = 8_000_000;

    static final Duration QUIET = Duration.ofSeconds(20);

    private final Clock clock;
    private final Runnable collection;
    private volatile @Nullable Instant lastLarge;

    @Autowired
    DecodingMemory(Clock clock) {
        this(clock, System::gc);
    }

    DecodingMemory(Clock clock, Runnable collection) {
        this.clock = clock;
        this.collection = collection;
    }

    /** Reports a decoded picture with its number of pixels. */
    void took(long pixels) {
        if (pixels >= LARGE) {
            lastLarge = clock.instant();
        }
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void giveBack() {
        Instant last = lastLarge;
        if (last != null && !clock.instant().isBefore(last.plus(QUIET))) {
            lastLarge = null;
            collection.run();
        }
    }
}
