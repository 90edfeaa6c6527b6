package dev.likeness.app.subject;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives the heap back that large pictures took. A heap grows for them and shrinks at a full collection only, which a process
 * with little to do may never come to. Once, after the last of them: a collection stops everything for a moment.
 */
@Component
class DecodingMemory {

    /** Pixels of less fit into a heap of ordinary size. */
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

    /** To be called with the pixels of each picture that was decoded. */
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
