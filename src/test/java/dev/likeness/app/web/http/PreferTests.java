package dev.likeness.app.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.notification.Notifications;
import dev.likeness.app.task.OpenTasks;
import dev.likeness.app.web.idempotency.IdempotencyFilter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

@ApiTest
@Timeout(120)
class PreferTests {

    /** More than the process has database connections. */
    private static final int CROWD = 12;

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    Jobs jobs;

    @Autowired
    TestDatabase database;

    UUID subject = UUID.randomUUID();

    @ParameterizedTest
    @CsvSource({
        "wait=5,5",
        "WAIT=5,5",
        "'respond-async, wait=7',7",
        "wait=\"8\",8",
        "wait=9;foo=bar,9",
        "wait=600,60",
        "'wait=3, wait=4',3"
    })
    void understandsHowLongToWait(String header, long seconds) {
        assertThat(Preference.wait(header)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "wait", "wait=", "wait=0", "wait=-1", "wait=soon", "await=5", "respond-async"})
    void passesOverWhatItDoesNotUnderstand(@Nullable String header) {
        assertThat(Preference.wait(header)).isEmpty();
    }

    @Test
    void answersWithTheJobAsItIsWhenTheTimeIsOver() {
        insertSubject();

        Answer answer = submit("wait=1");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.at("/status")).isEqualTo("queued");
        assertThat(answer.headers().getFirst(Preference.APPLIED)).isEqualTo("wait=1");
        assertThat(answer.headers().getLocation()).hasToString(answer.at("/urls/get"));
    }

    @Test
    void answersAtOnceWithoutAPreference() {
        insertSubject();

        Answer answer = submit("respond-async");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.headers().containsHeader(Preference.APPLIED)).isFalse();
    }

    @Test
    void answersOnceTheJobIsFinalAndAgainUnderItsKey() throws Exception {
        insertSubject();
        String key = "wait-" + subject;
        ExecutorService client = Executors.newSingleThreadExecutor();
        Future<Answer> waiting = client.submit(() -> submit("wait=60", key));
        worker.work(submitted(1).get(0));

        Answer answer = waiting.get();
        Answer again = submit("wait=60", key);
        client.shutdown();

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.at("/status")).isEqualTo("succeeded");
        assertThat(answer.headers().getFirst(Preference.APPLIED)).isEqualTo("wait=60");
        assertThat(answer.headers().getLocation()).hasToString(answer.at("/urls/get"));
        assertThat(again.headers().getFirst("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(answer.text());
    }

    @Test
    void saysSoWhenTheJobIsDeletedMeanwhile() throws Exception {
        insertSubject();
        ExecutorService client = Executors.newSingleThreadExecutor();
        Future<Answer> waiting = client.submit(() -> submit("wait=60"));

        jobs.delete(submitted(1).get(0));

        assertThat(waiting.get().status()).isEqualTo(404);
        client.shutdown();
    }

    @Test
    void answersAtOnceWhenTheProcessStops(@Autowired LongPolling polling) {
        CompletableFuture<Object> answer = waiting(polling);

        polling.stop();
        polling.start();

        assertAnswered(answer);
    }

    @Test
    void answersAtOnceWhenTheProcessStopsAsTheWaitBegins(
            @Autowired OpenTasks tasks, @Autowired EventSettings settings, @Autowired Notifications notifications) {
        List<LongPolling> polling = new ArrayList<>();
        InstantSource stopping = () -> {
            polling.forEach(LongPolling::stop);
            return Instant.now();
        };
        polling.add(new LongPolling(tasks, settings, notifications, stopping.withZone(ZoneOffset.UTC)));
        polling.forEach(LongPolling::start);

        assertAnswered(waiting(polling.get(0)));
    }

    @Test
    void answersWhenTheDatabaseNotifiesAndNotOnlyAtIntervals(
            @Autowired OpenTasks tasks, @Autowired Notifications notifications) {
        EventSettings rare = new EventSettings(Duration.ofHours(1), Duration.ofHours(1));
        LongPolling polling = new LongPolling(tasks, rare, notifications, Clock.systemUTC());
        polling.start();
        try {
            UUID job = worker.submit();
            CompletableFuture<Object> answer = waiting(polling, job);

            worker.work(job);

            assertThat(answer)
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isInstanceOfSatisfying(
                            ResponseEntity.class,
                            it -> assertThat(it.getStatusCode()).isEqualTo(HttpStatus.CREATED));
        } finally {
            polling.stop();
        }
    }

    private CompletableFuture<Object> waiting(LongPolling polling) {
        return waiting(polling, worker.submit());
    }

    private static CompletableFuture<Object> waiting(LongPolling polling, UUID job) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
        try {
            polling.answer("wait=60", job, URI.create("/v1/jobs/" + job), "before", () -> "now")
                    .setResultHandler(answer::complete);
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
        return answer;
    }

    private static void assertAnswered(CompletableFuture<Object> answer) {
        assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).isInstanceOfSatisfying(ResponseEntity.class, it -> {
            assertThat(it.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
            assertThat(it.getBody()).isEqualTo("now");
        });
    }

    @Test
    void holdsNoConnectionForThoseWhoWait() throws Exception {
        insertSubject();
        ExecutorService clients = Executors.newFixedThreadPool(CROWD);
        List<Future<Answer>> waiting = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            waiting.add(clients.submit(() -> submit("wait=60")));
        }

        submitted(CROWD).forEach(jobs::cancel);

        for (Future<Answer> each : waiting) {
            assertThat(each.get().status()).isEqualTo(201);
            assertThat(each.get().at("/status")).isEqualTo("canceled");
        }
        clients.shutdown();
    }

    private void insertSubject() {
        subject = database.subject("bird", Instant.now());
    }

    /** The jobs of the subject, once there are that many. */
    private List<UUID> submitted(int count) {
        List<UUID> ids;
        do {
            ids = database.jobs().ofSubject(subject);
        } while (ids.size() < count);
        return ids;
    }

    private Answer submit(String prefer) {
        return submit(prefer, null);
    }

    private Answer submit(String prefer, @Nullable String key) {
        return api.send(
                HttpMethod.POST,
                "/v1/jobs",
                it -> {
                    it.set(Preference.HEADER, prefer);
                    if (key != null) {
                        it.set(IdempotencyFilter.HEADER, key);
                    }
                },
                "{\"subject_id\": \"%s\"}".formatted(subject),
                MediaType.APPLICATION_JSON);
    }
}
