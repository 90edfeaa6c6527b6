package dev.likeness.app.web.http;

import dev.likeness.app.task.OpenTasks;
import dev.likeness.app.task.UnknownIdException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Answers once a task is final, for clients that would rather wait. One poller asks the database for all of them: those
 * who wait hold neither a thread nor a connection.
 */
@Component
public class LongPolling implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LongPolling.class);

    /** The server must not give up before this does. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final OpenTasks tasks;
    private final EventSettings settings;
    private final Clock clock;
    private final Set<Waiter<?>> waiters = ConcurrentHashMap.newKeySet();
    private final ExecutorService answerers = Executors.newCachedThreadPool(daemons("patient-answer-"));
    private @Nullable ScheduledExecutorService poller;
    private volatile boolean running;

    LongPolling(OpenTasks tasks, EventSettings settings, Clock clock) {
        this.tasks = tasks;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Answers at once, or when the task is final or the time is over.
     *
     * @param prefer the client's preference, or null
     * @param accepted the answer at once
     * @param now the task as it is whenever this is called
     */
    public <T> DeferredResult<ResponseEntity<T>> answer(
            @Nullable String prefer, UUID id, ResponseEntity<T> accepted, Supplier<T> now) {
        Optional<Duration> wait = Preference.wait(prefer);
        if (wait.isEmpty() || !running) {
            DeferredResult<ResponseEntity<T>> atOnce = new DeferredResult<>();
            atOnce.setResult(accepted);
            return atOnce;
        }
        Duration patience = wait.get();
        Waiter<T> waiter = new Waiter<>(
                id,
                clock.instant().plus(patience),
                new Answer<>(accepted, now, patience),
                RequestContextHolder.currentRequestAttributes(),
                SecurityContextHolder.getContext(),
                new DeferredResult<>(patience.plus(MARGIN).toMillis()));
        waiter.result().onCompletion(() -> waiters.remove(waiter));
        waiters.add(waiter);
        return waiter.result();
    }

    private void poll() {
        if (waiters.isEmpty()) {
            return;
        }
        List<Waiter<?>> waiting = List.copyOf(waiters);
        Instant now = clock.instant();
        try {
            Set<UUID> open = tasks.among(waiting.stream().map(Waiter::id).toList());
            waiting.stream()
                    .filter(it -> !open.contains(it.id()) || !now.isBefore(it.until()))
                    .forEach(it -> release(it, !open.contains(it.id())));
        } catch (RuntimeException e) {
            // The database may be away for a while; those whose time is over do not wait for it.
            log.warn("it could not be seen what is final", e);
            waiting.stream().filter(it -> !now.isBefore(it.until())).forEach(it -> release(it, false));
        }
    }

    private void release(Waiter<?> waiter, boolean over) {
        if (waiters.remove(waiter)) {
            answerers.execute(new DelegatingSecurityContextRunnable(() -> waiter.answer(over), waiter.caller()));
        }
    }

    /** Also after {@link #stop}: a context can be paused and go on. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public synchronized void start() {
        running = true;
        long millis = settings.pollInterval().toMillis();
        poller = Executors.newSingleThreadScheduledExecutor(daemons("patient-poller-"));
        poller.scheduleWithFixedDelay(this::poll, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Before the web server stops: it waits for open requests. */
    @Override
    public synchronized void stop() {
        running = false;
        if (poller != null) {
            poller.shutdownNow();
        }
        List.copyOf(waiters).forEach(it -> release(it, false));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private static CustomizableThreadFactory daemons(String prefix) {
        CustomizableThreadFactory factory = new CustomizableThreadFactory(prefix);
        factory.setDaemon(true);
        return factory;
    }

    /** What to say: what was said at once otherwise, with the task as it is by then. */
    private record Answer<T>(ResponseEntity<T> accepted, Supplier<T> now, Duration patience) {

        /** @param over whether the task is final: what was asked for is there then, so it is 201 instead of 202 */
        ResponseEntity<T> entity(boolean over) {
            return ResponseEntity.status(over ? HttpStatus.CREATED : accepted.getStatusCode())
                    .headers(accepted.getHeaders())
                    .header(Preference.APPLIED, "wait=" + patience.toSeconds())
                    .body(now.get());
        }
    }

    /** A client that waits. */
    private record Waiter<T>(
            UUID id,
            Instant until,
            Answer<T> answer,
            RequestAttributes request,
            SecurityContext caller,
            DeferredResult<ResponseEntity<T>> result) {

        /** Links in the answer are as seen by the client, so its request is put in place for them. */
        public void answer(boolean over) {
            RequestContextHolder.setRequestAttributes(request);
            try {
                result.setResult(answer.entity(over));
            } catch (UnknownIdException e) {
                // Deleted while its client waited for it.
                result.setErrorResult(e);
            } catch (RuntimeException e) {
                log.warn("the state after waiting could not be read", e);
                result.setResult(answer.accepted());
            } finally {
                RequestContextHolder.resetRequestAttributes();
            }
        }
    }
}
