package dev.likeness.app.artifact;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes a machine's copies of files that were deleted on another one. */
@Component
@ConditionalOnProperty(name = "likeness.artifacts.store", havingValue = "s3")
class CacheSweep {

    private static final Logger log = LoggerFactory.getLogger(CacheSweep.class);

    private final LocalCache cache;
    private final StoredFiles files;

    CacheSweep(LocalCache cache, StoredFiles files) {
        this.cache = cache;
        this.files = files;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        try {
            cache.forget(files::withoutRow);
        } catch (RuntimeException e) {
            // The next sweep tries again.
            log.warn("local copies of deleted files could not be deleted", e);
        }
    }
}
