package dev.likeness.app.demo;

import dev.likeness.client.ApiClient;
import dev.likeness.client.ApiException;
import dev.likeness.client.api.JobsApi;
import dev.likeness.client.model.Failure;
import dev.likeness.client.model.Job;
import dev.likeness.client.model.TaskStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Submits a picture set, shows the job's progress, and prints its results. */
final class Demo {

    /** How often the event stream may break. */
    private static final int STREAMS = 20;

    private final String baseUrl;
    private final ApiClient client;
    private final JobsApi jobs;
    private final PrintStream out;
    private final boolean terminal;
    private final Clock clock;

    /** @param baseUrl for instance {@code http://localhost:8080} */
    Demo(String baseUrl, PrintStream out, boolean terminal, Clock clock) {
        this.baseUrl = baseUrl;
        this.client = new ApiClient(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1),
                ApiClient.createDefaultObjectMapper(),
                baseUrl);
        this.jobs = new JobsApi(client);
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Returns the address of the finished job's page.
     *
     * @throws DemoFailedException if the job was refused, failed or was canceled
     */
    URI run(PictureSet set) throws DemoFailedException {
        Instant submitted = clock.instant();
        try {
            Job job = Submission.send(client, set);
            out.println();
            out.println("Training %s on this %s, a %s it has never seen, with %d pictures: %s"
                    .formatted(
                            job.getModel(),
                            set.subject(),
                            set.classWord(),
                            set.pictures().size(),
                            job.getUrls().getGet()));
            follow(job.getUrls().getEvents());
            Job done = jobs.getJob(job.getId());
            check(done);
            long seconds = Duration.between(submitted, clock.instant()).toSeconds();
            out.println("Done in %s minutes, from submission to scores.".formatted(ProgressDisplay.minutes(seconds)));
            out.println();
            new ResultReport(done).print(out);
            return URI.create("%s/#/jobs/%s/result".formatted(baseUrl, done.getId()));
        } catch (ApiException e) {
            throw new DemoFailedException("The service refused the job: " + reason(e));
        } catch (IOException e) {
            throw new DemoFailedException("The pictures cannot be copied: " + e.getMessage());
        }
    }

    /** Returns when the job is final. */
    private void follow(URI events) throws DemoFailedException {
        ProgressDisplay display = new ProgressDisplay(out, terminal);
        display.waiting();
        EventStream stream = new EventStream(client.getHttpClient(), events);
        AtomicLong seen = new AtomicLong();
        AtomicBoolean taken = new AtomicBoolean();
        AtomicBoolean completed = new AtomicBoolean();
        for (int i = 0; i < STREAMS && !completed.get(); i++) {
            try {
                stream.read(
                        seen.get(),
                        (id, name, data) -> {
                            seen.set(id);
                            taken.set(true);
                            switch (name) {
                                case "progress" -> display.progress(data);
                                case "metric" -> display.metric(data);
                                case "completed" -> completed.set(true);
                                default -> {}
                            }
                        },
                        () -> {
                            if (!taken.get()) {
                                requireWorker();
                            }
                        });
            } catch (IOException e) {
                // Continues after the last received event.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        display.end();
        if (!completed.get()) {
            throw new DemoFailedException("The event stream of the job broke too often.");
        }
    }

    /** A job without a worker would wait forever. */
    private void requireWorker() throws DemoFailedException {
        JsonNode workers;
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + "/actuator/health"))
                    .build();
            String health = client.getHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
            workers = JsonMapper.shared().readTree(health).path("components").path("workers");
        } catch (IOException | JacksonException e) {
            // The event stream shows further progress.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (workers.path("status").stringValue("").equals("DEGRADED")) {
            throw new DemoFailedException(
                    "The job waits: %s. Report this with the processor (lscpu) or GPU, and try it on another machine."
                            .formatted(workers.path("description").stringValue("no worker accepts tasks")));
        }
    }

    private static void check(Job job) throws DemoFailedException {
        if (job.getStatus() != TaskStatus.SUCCEEDED) {
            Failure error = job.getError();
            throw new DemoFailedException("The job %s%s."
                    .formatted(
                            job.getStatus() == TaskStatus.FAILED ? "failed" : "was " + job.getStatus(),
                            error == null ? "" : ": %s (%s)".formatted(error.getMessage(), error.getCode())));
        }
    }

    /** The detail of the problem in the answer, if there is one. */
    private static String reason(ApiException e) {
        if (e.getResponseBody() == null) {
            return "no answer: " + e.getMessage();
        }
        try {
            return JsonMapper.shared()
                    .readTree(e.getResponseBody())
                    .path("detail")
                    .stringValue(e.getResponseBody());
        } catch (JacksonException none) {
            return e.getResponseBody();
        }
    }
}
