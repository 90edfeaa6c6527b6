package dev.likeness.app.demo;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.web.client.ResourceAccessException;
import tools.jackson.databind.JsonNode;

/** Submits a picture set, shows the job's progress, and prints what came of it. */
final class Demo {

    /** How often a stream of events may break before its end. */
    private static final int STREAMS = 20;

    private final ApiClient api;
    private final PrintStream out;
    private final boolean terminal;
    private final Clock clock;

    Demo(ApiClient api, PrintStream out, boolean terminal, Clock clock) {
        this.api = api;
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** @throws DemoFailedException if the job was refused, failed or was canceled */
    void run(PictureSet set) throws DemoFailedException {
        Instant submitted = clock.instant();
        JsonNode job = api.submit(set);
        String url = job.required("urls").required("get").stringValue();
        out.println();
        out.println("Teaching %s to know this %s, a %s it has never seen, from %d pictures: %s"
                .formatted(
                        job.required("model").stringValue(),
                        set.subject(),
                        set.classWord(),
                        set.pictures().size(),
                        url));
        follow(job.required("urls").required("events").stringValue());
        JsonNode done = api.get(url);
        check(done);
        long seconds = Duration.between(submitted, clock.instant()).toSeconds();
        out.println("Done in %s minutes, from submission to scores.".formatted(ProgressDisplay.minutes(seconds)));
        out.println();
        new ResultReport(done).print(out);
    }

    /** Returns when the job is final. */
    private void follow(String eventsUrl) throws DemoFailedException {
        ProgressDisplay display = new ProgressDisplay(out, terminal);
        display.waiting();
        AtomicLong seen = new AtomicLong();
        AtomicBoolean completed = new AtomicBoolean();
        for (int i = 0; i < STREAMS && !completed.get(); i++) {
            try {
                api.events(eventsUrl, seen.get(), (id, name, data) -> {
                    seen.set(id);
                    switch (name) {
                        case "progress" -> display.progress(data);
                        case "metric" -> display.metric(data);
                        case "completed" -> completed.set(true);
                        default -> {}
                    }
                });
            } catch (ResourceAccessException e) {
                // Goes on after the last event it has.
            }
        }
        display.end();
        if (!completed.get()) {
            throw new DemoFailedException("The service stopped telling how the job goes.");
        }
    }

    private static void check(JsonNode job) throws DemoFailedException {
        String status = job.required("status").stringValue();
        if (!status.equals("succeeded")) {
            JsonNode error = job.path("error");
            throw new DemoFailedException("The job %s%s."
                    .formatted(
                            status.equals("failed") ? "failed" : "was " + status,
                            error.isObject()
                                    ? ": %s (%s)"
                                            .formatted(
                                                    error.path("message").stringValue("no reason given"),
                                                    error.path("code").stringValue("no code"))
                                    : ""));
        }
    }
}
