package dev.likeness.app.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again what may succeed another time, after 1, 2, 4 … seconds, or as long as the hub asks for. */
final class Retries {

    private static final Logger log = LoggerFactory.getLogger(Retries.class);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Pause pause;
    private final int attempts;

    /** @param attempts how many may fail one after the other */
    Retries(Pause pause, int attempts) {
        this.pause = pause;
        this.attempts = attempts;
    }

    interface Attempt<T> {
        T run() throws IOException;
    }

    <T> T run(Repository repository, DownloadWatch watch, Attempt<T> attempt) {
        return run(repository, watch, () -> 0, attempt);
    }

    /** @param progress what has been reached: an attempt that got on does not count as failed */
    <T> T run(Repository repository, DownloadWatch watch, LongSupplier progress, Attempt<T> attempt) {
        int failed = 0;
        long reached = progress.getAsLong();
        while (true) {
            watch.check();
            try {
                return attempt.run();
            } catch (IOException e) {
                failed = progress.getAsLong() > reached ? 1 : failed + 1;
                reached = Math.max(reached, progress.getAsLong());
                Duration wait = wait(e, failed);
                log.warn("downloading {}: {}", repository, e.toString());
                if (failed >= attempts || wait.compareTo(LONGEST) > 0) {
                    throw new HubException(reason(repository, e), e);
                }
                pause.await(wait, watch);
            }
        }
    }

    private static Duration wait(IOException failure, int failed) {
        if (failure instanceof BusyHubException busy && busy.after() != null) {
            return busy.after();
        }
        return Duration.ofSeconds(1L << (failed - 1));
    }

    private static String reason(Repository repository, IOException failure) {
        if (failure instanceof BusyHubException busy) {
            return "the model hub answers with status %d for %s; try again later".formatted(busy.status(), repository);
        }
        return "the model hub cannot be reached, or breaks off, for %s; try again later".formatted(repository);
    }
}
