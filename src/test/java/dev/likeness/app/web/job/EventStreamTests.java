package dev.likeness.app.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestWorker;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.Phase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

@ApiTest
class EventStreamTests {

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    JobProgress progress;

    @Autowired
    Jobs jobs;

    UUID jobId;

    @BeforeEach
    void submitJob() {
        jobId = worker.submit();
    }

    @Test
    void tellsAFinishedJobFromItsBeginningAndEnds() throws Exception {
        worker.work(jobId);

        try (Stream stream = new Stream(null)) {
            assertThat(stream.rest())
                    .containsExactly("1 start", "2 progress", "3 log", "4 image", "5 image", "6 image", "7 completed");
        }
    }

    @Test
    void continuesAfterTheLastEventTheClientHas() throws Exception {
        worker.work(jobId);

        try (Stream stream = new Stream("5")) {
            assertThat(stream.rest()).containsExactly("6 image", "7 completed");
        }
    }

    @Test
    void endsAtOnceForAClientThatHasAll() throws Exception {
        worker.work(jobId);

        try (Stream stream = new Stream("7")) {
            assertThat(stream.rest()).isEmpty();
        }
    }

    @Test
    void tellsOnAfterTheProcessWasPaused(@Autowired ConfigurableApplicationContext context) throws Exception {
        context.pause();
        context.restart();
        worker.work(jobId);

        try (Stream stream = new Stream(null)) {
            assertThat(stream.rest()).hasSize(7);
        }
    }

    @Test
    void tellsWhatHappensWhileItHappens() throws Exception {
        Instant began = Instant.now().truncatedTo(ChronoUnit.MICROS);
        try (Stream stream = new Stream(null)) {
            Lease lease = progress.lease(jobId).orElseThrow().lease();
            progress.start(lease);
            assertThat(stream.next()).isEqualTo("1 start");

            progress.enterPhase(lease, Phase.TRAINING);
            assertThat(stream.next()).isEqualTo("2 progress");
            String data = stream.data();
            assertThat(data).startsWith("{\"step\": 0, \"phase\": \"training\", \"total\": 0, \"created_at\": \"");
            assertThat(Instant.parse(data.substring(data.lastIndexOf(' ') + 2, data.length() - 2)))
                    .isBetween(began, Instant.now());

            progress.canceled(lease);
            assertThat(stream.rest()).containsExactly("3 completed");
        }
    }

    @Test
    void tellsSeveralClientsThatBeganAtDifferentEvents() throws Exception {
        try (Stream early = new Stream(null);
                Stream late = new Stream("2")) {
            worker.work(jobId);

            assertThat(early.rest()).hasSize(7);
            assertThat(late.rest()).containsExactly("3 log", "4 image", "5 image", "6 image", "7 completed");
        }
    }

    @Test
    void breaksSilenceWithComments() throws Exception {
        try (Stream stream = new Stream(null)) {
            assertThat(stream.line()).isEqualTo(":watching");
            assertThat(stream.line()).isEmpty();
            assertThat(stream.line()).isEqualTo(":still here");
        }
    }

    @Test
    void endsWhenTheProcessStops(@Autowired EventStreams streams) throws Exception {
        try (Stream stream = new Stream(null)) {
            streams.stop();
            streams.start();

            assertThat(stream.rest()).isEmpty();
        }
    }

    @Test
    void endsWhenTheJobIsDeleted() throws Exception {
        try (Stream stream = new Stream(null)) {
            jobs.delete(jobId);

            assertThat(stream.rest()).isEmpty();
        }
    }

    /** One client's view. */
    private final class Stream implements AutoCloseable {

        private static final int PATIENCE = 50;

        private final BufferedReader lines;
        private int silences;
        private String data = "";

        Stream(@Nullable String lastEventId) throws IOException, InterruptedException {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(api.root() + "/v1/jobs/" + jobId + "/events"));
            if (lastEventId != null) {
                request.header("Last-Event-ID", lastEventId);
            }
            HttpResponse<InputStream> response =
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** The next line, or null at the end. */
        @Nullable
        String line() throws IOException {
            return lines.readLine();
        }

        /** Number and type of the next event, or null at the end. */
        @Nullable
        String next() throws IOException {
            String id = "";
            String type = "";
            for (String line = line(); line != null; line = line()) {
                if (line.startsWith("id:")) {
                    id = line.substring(3);
                } else if (line.startsWith("event:")) {
                    type = line.substring(6);
                } else if (line.startsWith("data:")) {
                    data = line.substring(5);
                } else if (line.isEmpty() && !type.isEmpty()) {
                    return id + " " + type;
                } else if (line.equals(":still here") && ++silences > PATIENCE) {
                    throw new AssertionError("nothing comes, and no end either");
                }
            }
            return null;
        }

        String data() {
            return data;
        }

        List<String> rest() throws IOException {
            List<String> events = new ArrayList<>();
            for (String event = next(); event != null; event = next()) {
                events.add(event);
            }
            return events;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
