package dev.likeness.app.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/** Retries requests after temporary failures, after 1, 2, 4 … seconds, or after the hub's own delay. */
final class Retries {

    private static final Logger log = LoggerFactory.getLogger(Retries.class);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Pause pause;
    private final ExponentialBackOff backOff;

    /** @param attempts most consecutive failures */
    Retries(Pause pause, int attempts) {
        this.pause = pause;
        this.backOff = new ExponentialBackOff(1000, 2);
        backOff.setMaxInterval(LONGEST.toMillis());
        backOff.setMaxAttempts(attempts - 1L);
    }

    interface Attempt<T> {
        T run() throws IOException;
    }

    <T> T run(Repository repository, DownloadWatch watch, Attempt<T> attempt) {
        return run(repository, watch, () -> 0, attempt);
    }

    /** @param progress the progress so far: an attempt with progress does not count as a failure */
    <T> T run(Repository repository, DownloadWatch watch, LongSupplier progress, Attempt<T> attempt) {
        RetryTemplate template = new RetryTemplate(new Policy(repository, watch, progress));
        try {
            return template.execute(() -> {
                watch.check();
                return attempt.run();
            });
        } catch (RetryException e) {
            throw failure(repository, e.getCause());
        }
    }

    private static RuntimeException failure(Repository repository, Throwable cause) {
        if (cause instanceof IOException io) {
            return new HubException(reason(repository, io), io);
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }

    private static String reason(Repository repository, IOException failure) {
        if (failure instanceof BusyHubException busy) {
            return "the model hub answered with status %d for %s; try again later".formatted(busy.status(), repository);
        }
        return "the download of %s failed, because the model hub cannot be reached or its connections break; try again later"
                .formatted(repository);
    }

    /** The retries of one request. */
    private final class Policy implements RetryPolicy, BackOff {

        private final Repository repository;
        private final DownloadWatch watch;
        private final LongSupplier progress;
        private BackOffExecution failures = backOff.start();
        private long reached;
        private Duration wait = Duration.ZERO;

        Policy(Repository repository, DownloadWatch watch, LongSupplier progress) {
            this.repository = repository;
            this.watch = watch;
            this.progress = progress;
            this.reached = progress.getAsLong();
        }

        @Override
        public boolean shouldRetry(Throwable failure) {
            if (!(failure instanceof IOException)) {
                return false;
            }
            log.warn("downloading {}: {}", repository, failure.toString());
            if (progress.getAsLong() > reached) {
                reached = progress.getAsLong();
                failures = backOff.start();
            }
            long next = failures.nextBackOff();
            if (next == BackOffExecution.STOP) {
                return false;
            }
            wait = failure instanceof BusyHubException busy && busy.after() != null
                    ? busy.after()
                    : Duration.ofMillis(next);
            return wait.compareTo(LONGEST) <= 0;
        }

        @Override
        public BackOff getBackOff() {
            return this;
        }

        /** Waits here, because the template's own pause would continue after the job is canceled. */
        @Override
        public BackOffExecution start() {
            return () -> {
                pause.await(wait, watch);
                return 0;
            };
        }
    }
}
