package dev.likeness.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTests {

    private static final String SUCCEEDED = """
            {"id": "0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60", "status": "succeeded", "class_word": "bird", "model": "likeness/tiny-world", "error": null,
             "urls": {"get": "URL/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60", "events": "URL/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/events"},
             "checkpoint": {"step": 300, "by": "score", "reason": "its clip_i is the highest"},
             "scores": [
              {"images": "checkpoint", "metric": "clip_i", "value": 0.0891, "step": 0, "subset": "overall",
               "reference": 0.676, "encoder": "likeness/tiny-world/clip", "pairing": "all generated x real"},
              {"images": "checkpoint", "metric": "clip_t", "value": 0.4491, "step": 0, "subset": "overall",
               "reference": 0.3, "encoder": "likeness/tiny-world/clip", "pairing": "each"},
              {"images": "checkpoint", "metric": "clip_i", "value": 0.6464, "step": 300, "subset": "overall",
               "reference": 0.676, "encoder": "likeness/tiny-world/clip", "pairing": "all generated x real"},
              {"images": "checkpoint", "metric": "dino", "value": null, "step": 300, "subset": "overall",
               "reference": null, "encoder": "none", "pairing": "none"},
              {"images": "checkpoint", "metric": "clip_i", "value": 0.6211, "step": 400, "subset": "overall",
               "reference": 0.676, "encoder": "likeness/tiny-world/clip", "pairing": "all generated x real"},
              {"images": "results", "metric": "clip_i", "value": 0.6822, "step": 300, "subset": "a photo of a sks bird",
               "reference": 0.676, "encoder": "likeness/tiny-world/clip", "pairing": "all generated x real"}],
             "images": [
              {"role": "result", "url": "URL/v1/images/1", "recipe": {"prompt": "a photo of a sks bird"}},
              {"role": "before", "url": "URL/v1/images/2", "recipe": {"prompt": "a photo of a bird"}},
              {"role": "contact_sheet", "url": "URL/v1/images/3", "recipe": null}]}
            """;

    private static final String EVENTS = """
            id:1
            event:start
            data:{"attempt": 1}

            id:2
            event:progress
            data:{"phase": "training", "step": 0, "total": 400}

            :still here

            id:3
            event:metric
            data:{"step": 200, "loss": 0.12345, "learning_rate": 0.0007}

            id:4
            event:progress
            data:{"phase": "training", "step": 400, "total": 400, "eta_seconds": 65}

            """;

    private static final String COMPLETED = "id:5\nevent:completed\ndata:{\"status\": \"succeeded\"}\n\n";

    private static final String DEGRADED = """
            {"status": "UP", "components": {"workers":
             {"status": "DEGRADED", "description": "1 of 1 workers take no tasks, because conv2d is NaN"}}}
            """;

    private final StubService service = new StubService();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void sendsThePicturesAndTheClassWord() throws Exception {
        service.job(SUCCEEDED);
        service.stream(EVENTS + COMPLETED);

        run(false);

        assertThat(service.requests.get(0))
                .startsWith("POST /v1/subjects\n")
                .contains("name=\"class_word\"", "bird")
                .contains("name=\"images\"; filename=\"1.png\"", "filename=\"6.png\"");
        assertThat(service.requests.get(1)).startsWith("POST /v1/subjects/%s/jobs\n".formatted(StubService.SUBJECT));
    }

    @Test
    void printsProgressAsLinesWithoutATerminal() throws Exception {
        service.job(SUCCEEDED);
        service.stream(EVENTS + COMPLETED);

        run(false);

        assertThat(output())
                .contains("training         0/400\n")
                .contains("training       400/400  loss 0.1235  1:05 left\n")
                .doesNotContain("\u001b", "\r");
    }

    @Test
    void staysShortHoweverManyStepsThereAre() throws Exception {
        StringBuilder events = new StringBuilder();
        int id = 0;
        for (String phase : List.of("preparing", "prior_images", "training", "sampling", "evaluating", "exporting")) {
            for (int step = 0; step <= 1000; step++) {
                events.append("id:%d\nevent:progress\ndata:{\"phase\": \"%s\", \"step\": %d, \"total\": 1000}\n\n"
                        .formatted(++id, phase, step));
            }
        }
        service.job(SUCCEEDED);
        service.stream(events + COMPLETED);

        run(false);

        assertThat(output().lines().takeWhile(line -> !line.startsWith("Done in")))
                .hasSize(33)
                .contains("waiting", "training       250/1000", "training      1000/1000")
                .doesNotContain("training       400/400");
    }

    @Test
    void drawsProgressOverItselfOnATerminal() throws Exception {
        service.job(SUCCEEDED);
        service.stream(EVENTS + COMPLETED);

        run(true);

        assertThat(output())
                .contains("\r\u001b[2Ktraining      [........................]    0/400\r\u001b[2K")
                .contains("[########################]  400/400  loss 0.1235  1:05 left\r\u001b[2KDone in");
    }

    @Test
    void endsWithScoresAndWhereTheImagesAre() throws Exception {
        service.job(SUCCEEDED);
        service.stream(COMPLETED);

        run(false);

        assertThat(output())
                .contains("    step  CLIP-I  CLIP-T\n")
                .contains("       0   0.089   0.449  untrained, with the class word\n")
                .contains("     300   0.646       -  chosen\n")
                .contains("     400   0.621       -\n")
                .contains("    real   0.676  the uploaded pictures among themselves\n")
                .contains("Chosen: its clip_i is the highest\n")
                .contains("   0.682  a photo of a sks bird\n")
                .contains(service.url() + "/v1/images/1  a photo of a sks bird\n")
                .contains("Contact sheet  " + service.url() + "/v1/images/3\n")
                .doesNotContain("/v1/images/2");
    }

    @Test
    void leadsToThePageOfTheJob() throws Exception {
        service.job(SUCCEEDED);
        service.stream(COMPLETED);

        assertThat(run(false)).hasToString(service.url() + "/#/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/result");
    }

    @Test
    void continuesAfterTheLastEventWhenTheStreamBreaks() throws Exception {
        service.job(SUCCEEDED);
        service.stream(EVENTS);
        service.stream(COMPLETED);

        run(false);

        assertThat(service.lastEventIds).containsExactly("0", "4");
    }

    @Test
    void endsWithTheReasonWhereNoWorkerTakesTheJob() {
        service.job(SUCCEEDED);
        service.health(DEGRADED);
        service.stream(":still here\n\n" + COMPLETED);

        assertThatThrownBy(() -> run(false))
                .isInstanceOf(DemoFailedException.class)
                .hasMessageStartingWith(
                        "The job waits: 1 of 1 workers take no tasks, because conv2d is NaN. Report this with");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no JSON", "{\"status\": \"UP\"}", "{\"components\": {\"workers\": {\"status\": \"UP\"}}}"})
    void waitsForAWorkerThatIsStillStarting(String health) throws Exception {
        service.job(SUCCEEDED);
        service.health(health);
        service.stream(":still here\n\n" + EVENTS + COMPLETED);

        run(false);

        assertThat(output()).contains("Done in");
    }

    @Test
    void lastsAsLongAsAJobThatAWorkerHas() throws Exception {
        service.job(SUCCEEDED);
        service.health(DEGRADED);
        service.stream(EVENTS + COMPLETED);

        run(false);

        assertThat(output()).contains("Done in");
    }

    @Test
    void saysWhyAJobFailed() {
        service.job(SUCCEEDED
                .replace("\"succeeded\"", "\"failed\"")
                .replace(
                        "\"error\": null",
                        "\"error\": {\"code\": \"nan_loss\", \"message\": \"no number at step 3\"}"));
        service.stream(COMPLETED);

        assertThatThrownBy(() -> run(false))
                .isInstanceOf(DemoFailedException.class)
                .hasMessage("The job failed: no number at step 3 (nan_loss).");
    }

    @Test
    void saysWhyAJobWasRefused() {
        service.refuse(422, "{\"detail\": \"2 pictures were sent; send 3 to 6.\"}");

        assertThatThrownBy(() -> run(false))
                .isInstanceOf(DemoFailedException.class)
                .hasMessage("The service refused the job: 2 pictures were sent; send 3 to 6.");
    }

    @Test
    void givesUpWhenTheServiceTellsNothingMore() {
        service.job(SUCCEEDED);

        assertThatThrownBy(() -> run(false))
                .isInstanceOf(DemoFailedException.class)
                .hasMessage("The event stream of the job broke too often.");
    }

    private URI run(boolean terminal) throws DemoFailedException, IOException {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        return new Demo(service.url(), out, terminal, clock).run(PictureSet.bundled("owl"));
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
