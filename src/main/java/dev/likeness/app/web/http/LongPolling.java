package dev.likeness.app.web.http;

import dev.likeness.app.notification.Notifications;
import dev.likeness.app.task.OpenTasks;
import dev.likeness.app.task.UnknownIdException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Long polling: answers when a task is final, for clients that wait. One poller queries the database for all of them,
 * so that waiting clients hold neither a thread nor a connection.
 */
@Component
public class LongPolling extends Poller {

    private static final Logger log = LoggerFactory.getLogger(LongPolling.class);

    /** Added to the server's timeout, which must be longer than the wait. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final OpenTasks tasks;
    private final EventSettings settings;
    private final Clock clock;
    private final Set<Waiter<?>> waiters = ConcurrentHashMap.newKeySet();

    LongPolling(OpenTasks tasks, EventSettings settings, Notifications notifications, Clock clock) {
        super("long-polling", settings.pollInterval(), notifications);
        this.tasks = tasks;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Answers at once, or when the task is final or the wait has ended.
     *
     * @param prefer value of the client's {@code Prefer} header, or null
     * @param location of the task
     * @param queued the task now, for the immediate answer
     * @param now supplies the task's current state
     */
    public <T> DeferredResult<ResponseEntity<T>> answer(
            @Nullable String prefer, UUID id, URI location, T queued, Supplier<T> now) {
        ResponseEntity<T> accepted =
                ResponseEntity.accepted().location(location).body(queued);
        Optional<Duration> wait = Preference.wait(prefer);
        if (wait.isEmpty() || !isRunning()) {
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
        opened();
        // The process may have begun to stop since the check above.
        if (!isRunning()) {
            release(waiter, false);
        }
        return waiter.result();
    }

    @Override
    protected void poll() {
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
            // The database may be unavailable for a while. Waits that have ended are answered anyway.
            log.warn("the states of tasks could not be read", e);
            waiting.stream().filter(it -> !now.isBefore(it.until())).forEach(it -> release(it, false));
        }
    }

    private void release(Waiter<?> waiter, boolean over) {
        if (waiters.remove(waiter)) {
            send(new DelegatingSecurityContextRunnable(() -> waiter.answer(over), waiter.caller()));
        }
    }

    @Override
    protected boolean hasOpen() {
        return !waiters.isEmpty();
    }

    @Override
    protected void endAll() {
        List.copyOf(waiters).forEach(it -> release(it, false));
    }

    /** The immediate answer, updated with the task's current state. */
    private record Answer<T>(ResponseEntity<T> accepted, Supplier<T> now, Duration patience) {

        /** @param over whether the task is final; the status is then 201 instead of 202 */
        ResponseEntity<T> entity(boolean over) {
            return ResponseEntity.status(over ? HttpStatus.CREATED : accepted.getStatusCode())
                    .headers(accepted.getHeaders())
                    .header(Preference.APPLIED, "wait=" + patience.toSeconds())
                    .body(now.get());
        }
    }

    /** A waiting client. */
    private record Waiter<T>(
            UUID id,
            Instant until,
            Answer<T> answer,
            RequestAttributes request,
            SecurityContext caller,
            DeferredResult<ResponseEntity<T>> result) {

        /** Sets the client's request as the current one, because links depend on it. */
        public void answer(boolean over) {
            RequestContextHolder.setRequestAttributes(request);
            try {
                result.setResult(answer.entity(over));
            } catch (UnknownIdException e) {
                // The task was deleted during the wait.
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
