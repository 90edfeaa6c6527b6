package dev.likeness.app.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.ApiTest;
import dev.likeness.app.Spans;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

@ApiTest
class TaskTraceTests {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Autowired
    TestDatabase database;

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    QueueConsumers consumers;

    @Autowired
    Spans spans;

    private final CompletableFuture<String> trace = new CompletableFuture<>();
    private final CompletableFuture<Map<String, String>> log = new CompletableFuture<>();

    @BeforeEach
    void takeTasksAway() {
        worker.clear();
        database.clearQueue();
    }

    @Test
    void aTraceGoesFromTheCallToTheWorker() {
        String job = api.send(
                        HttpMethod.POST,
                        "/v1/jobs",
                        it -> it.set("traceparent", "00-%s-00f067aa0ba902b7-01".formatted(TRACE)),
                        Api.owl(),
                        MediaType.MULTIPART_FORM_DATA)
                .at("/id");

        work();

        assertThat(trace).isCompletedWithValue(TRACE);
        assertThat(log.join())
                .containsEntry("traceId", TRACE)
                .containsEntry("job_id", job)
                .containsEntry("owner", "local");
        await().until(() -> spans.of(TRACE).size() == 3);
        SpanData call = span("http post /v1/jobs");
        SpanData enqueue = span("enqueue job");
        SpanData task = span("task job");
        assertThat(call.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(enqueue.getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(enqueue.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(task.getParentSpanId()).isEqualTo(enqueue.getSpanId());
        assertThat(task.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(task.getAttributes().asMap().toString()).contains("job_id=" + job, "outcome=done");
    }

    @Test
    void whatAnEarlierVersionHasEnqueuedIsWorkedOnAllTheSame() {
        UUID job = worker.submit();
        database.removeTaskData();

        work();

        assertThat(trace).isDone();
        assertThat(log.join()).containsEntry("job_id", job.toString()).containsEntry("owner", null);
    }

    /** Takes one task. */
    private void work() {
        QueueConsumer consumer = consumers.create(
                UUID.randomUUID(),
                (task, leaving) -> {
                    trace.complete(Span.current().getSpanContext().getTraceId());
                    log.complete(MDC.getCopyOfContextMap());
                    return TaskHandler.Outcome.DONE;
                },
                Thread::new,
                id -> false,
                () -> true);
        consumer.start();
        try {
            await().until(() -> database.tasks() == 0);
        } finally {
            consumer.stop();
        }
    }

    private SpanData span(String name) {
        List<SpanData> named =
                spans.of(TRACE).stream().filter(it -> it.getName().equals(name)).toList();
        assertThat(named).as("%s of %s", name, spans.of(TRACE)).hasSize(1);
        return named.get(0);
    }
}
