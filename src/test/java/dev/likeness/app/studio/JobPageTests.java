package dev.likeness.app.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Phase;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The page of a job while it happens. */
class JobPageTests extends StudioTest {

    private static final String MARKUP = "<img src=x onerror=\"document.title='run'\">";

    /** Remembers of the next stream of events after which it begins, and with which. */
    private static final String WATCH = """
            const fetch = window.fetch
            window.fetch = async request => {
              const response = await fetch(request)
              if (!request.url.endsWith('/events') || window.watched) return response
              const reader = response.clone().body.getReader()
              const read = async before => {
                const { value } = await reader.read()
                const text = before + new TextDecoder().decode(value)
                const id = text.match(/^id: ?(\\d+)/m)?.[1]
                if (!id) return read(text)
                window.watched = [request.headers.get('Last-Event-ID'), id].map(Number)
              }
              read('')
              return response
            }
            """;

    private ApplicationContext context;

    @Autowired
    private JobProgress progress;

    @BeforeEach
    void use(@Autowired ApplicationContext context) {
        this.context = context;
    }

    @Test
    void followsAJobFromTheQueueToItsEnd() {
        jobs.queued("teapot");
        UUID id = UUID.fromString(api.submit(Api.owl()).at("/id"));
        open("/jobs/" + id);
        browser.waitFor("Number 2 in the queue");
        says("Number 2 in the queue");
        assertThat(browser.driver().getTitle()).isEqualTo("Number 2 in the queue – bird · Likeness");
        browser.lookAt("job-queued");

        StudioRun run = run(id);
        browser.waitFor("Phase “Preparing” began.");
        run.enter(Phase.PRIOR_IMAGES).image(ImageRole.EVALUATION, 0, 0, "a photo of an owl");
        run.train(0).steps(1, 30).image(ImageRole.EVALUATION, 30, 0, "a photo of a sks owl");
        run.image(ImageRole.EVALUATION, 30, 1, "a sks owl in the snow").steps(31, 42);
        browser.waitFor("Step 42: 0.0238");
        browser.waitFor("Step 42 of 100");
        assertThat(browser.driver().getTitle()).isEqualTo("42% – bird · Likeness");
        assertThat(browser.text()).contains("about 58 sec left", "steps per second");
        assertThat(points()).isEqualTo("Loss: 42 values, 1 at step 1, 0.0238 at step 42");
        assertThat(browser.texts("[aria-current=step]"))
                .singleElement()
                .asString()
                .contains("Training", "now");
        browser.find(By.cssSelector("figure img[alt='Step 30: a photo of a sks owl']"));
        browser.lookAt("job-running");

        run.enter(Phase.SAMPLING).image(ImageRole.RESULT, 100, 0, "a photo of a sks owl");
        browser.waitFor("An image is ready.");
        assertThat(browser.driver().getTitle()).startsWith("Drawing ").endsWith(" – bird · Likeness");
        run.score(Metric.CLIP_I, 0.646, 0.676).score(Metric.CLIP_T, 0.301, 0.27).succeed();
        browser.waitFor("Likeness (CLIP-I) 0.65 (real pictures 0.68) · Follows the prompt (CLIP-T) 0.30");
        assertThat(browser.driver().getTitle()).isEqualTo("Finished – bird · Likeness");
        assertThat(browser.control("See the result").getDomAttribute("href")).isEqualTo("#/jobs/" + id + "/result");
        assertThat(browser.control("Train again with changes").getDomAttribute("href"))
                .isEqualTo("#/new?job=" + id);
        browser.lookAt("job-finished");
    }

    @Test
    void showsTheImagesOfAStepBySlider() {
        UUID id = jobs.queued("owl");
        StudioRun run = run(id);
        run.image(ImageRole.EVALUATION, 0, 0, "an owl").image(ImageRole.EVALUATION, 0, 1, "an owl in the snow");
        run.train(0)
                .image(ImageRole.PREVIEW, 20, 0, "a sks owl")
                .image(ImageRole.PREVIEW, 20, 1, "a sks owl in the snow");
        open("/jobs/" + id);
        large("Step 20: a sks owl");

        browser.field("Training step").sendKeys(Keys.ARROW_LEFT);

        large("Before training: an owl");
        run.image(ImageRole.PREVIEW, 40, 0, "a sks owl").image(ImageRole.PREVIEW, 40, 1, "a sks owl in the snow");
        browser.waitFor("2 previews of step 40 are ready.");
        large("Before training: an owl");
        browser.field("Training step").sendKeys(Keys.END);
        large("Step 40: a sks owl");
        browser.tabTo("Step 40: a sks owl in the snow");
        browser.press(Keys.SPACE);
        large("Step 40: a sks owl in the snow");
        browser.field("Training step").sendKeys(Keys.ARROW_LEFT);
        large("Step 20: a sks owl in the snow");
    }

    @Test
    void missesNothingWhileTheNetworkIsAway() {
        browser.expectError("ERR_INTERNET_DISCONNECTED");
        UUID id = jobs.queued("owl");
        StudioRun run = run(id).train(0).steps(1, 10).log("before");
        open("/jobs/" + id);
        browser.waitFor("before\n");
        browser.driver().executeScript(WATCH);

        browser.online(false);
        browser.waitFor("Connection lost, reconnecting");
        browser.lookAt("job-offline");
        run.steps(11, 25).log("meanwhile");
        browser.online(true);

        browser.waitFor("Connected again. Nothing was missed.");
        browser.waitFor("Step 25: 0.04");
        // The service sends what was missed, and nothing again.
        List<Long> ids = watched();
        assertThat(ids.get(0)).isGreaterThan(20);
        assertThat(ids.get(1)).isEqualTo(ids.get(0) + 1);
        run.steps(26, 30).log("after");
        browser.waitFor("after\n");
        assertThat(points()).isEqualTo("Loss: 30 values, 1 at step 1, 0.0333 at step 30");
        await().until(() -> !browser.text().contains("Connection lost"));
        assertThat(browser.texts("section ol p"))
                .containsExactly(
                        "after",
                        "meanwhile",
                        "before",
                        "Phase “Training” began.",
                        "Phase “Preparing” began.",
                        "A worker started.");
    }

    @Test
    void showsTheSameAfterAReloadAndInAnotherTab() {
        UUID id = jobs.queued("owl");
        StudioRun run = run(id).train(0).steps(1, 20).log("a line");
        open("/jobs/" + id);
        browser.waitFor("a line");
        String shown = course();

        browser.driver().navigate().refresh();
        browser.waitFor("a line");
        assertThat(course()).isEqualTo(shown);

        String first = browser.driver().getWindowHandle();
        browser.driver().switchTo().newWindow(WindowType.TAB);
        open("/jobs/" + id);
        browser.waitFor("a line");
        assertThat(course()).isEqualTo(shown);
        run.steps(21, 22).log("another");
        browser.waitFor("another");
        String second = course();
        browser.driver().close();
        browser.driver().switchTo().window(first);
        browser.waitFor("another");
        assertThat(course()).isEqualTo(second);
    }

    @Test
    void tellsThatAWorkerWasLostAndAnotherResumed() {
        UUID id = jobs.queued("owl");
        StudioRun lost = run(id).train(0).steps(1, 12);
        open("/jobs/" + id);
        browser.waitFor("Step 12 of 100");

        lost.die();
        browser.waitFor("Waits for another worker");
        says("Waits for another worker");
        browser.lookAt("job-lost-worker");
        StudioRun next = run(id);
        browser.waitFor("The worker stopped at step 12. Another one continues.");
        next.train(10).steps(11, 11);

        browser.waitFor("The worker stopped at step 12. Another one resumed from step 10.");
        says("Another one resumed from step 10.");
        browser.waitFor("Step 11: 0.0909");
        assertThat(points()).isEqualTo("Loss: 11 values, 1 at step 1, 0.0909 at step 11");
        browser.lookAt("job-resumed");
    }

    @Test
    void cancelsAfterAQuestion() {
        UUID id = jobs.queued("owl");
        StudioRun run = run(id).train(0).steps(1, 3);
        open("/jobs/" + id);

        // By keyboard alone.
        browser.tabTo("Cancel");
        browser.press(Keys.ENTER);
        browser.waitFor("Cancel this training?");
        assertThat(browser.barriers()).isEmpty();
        browser.press(Keys.ESCAPE);
        await().until(() -> browser.driver().findElements(By.tagName("dialog")).isEmpty());
        assertThat(api.get("/v1/jobs/" + id).at("/status")).isEqualTo("processing");
        browser.press(Keys.ENTER);
        browser.tabTo("Cancel the training");
        browser.press(Keys.SPACE);

        browser.waitFor("Canceling …");
        run.cancel();
        browser.waitFor("The training was stopped on request.");
        browser.lookAt("job-canceled");
    }

    @Test
    void trainsFurtherInANewJob() {
        UUID id = UUID.fromString(api.submit(Api.owl()).at("/id"));
        worker.work(id, lease -> progress.keepState(lease, 400, worker.file("state of " + id)));
        open("/jobs/" + id);
        browser.control("Train further").click();
        browser.waitFor("continues after step 400");
        browser.lookAt("job-further");
        browser.expectError("status of 422");
        browser.field("Further steps").sendKeys(Keys.chord(Keys.CONTROL, "a"), "0", Keys.ENTER);
        browser.waitFor("must be from 1 to 99600");
        browser.field("Further steps").sendKeys(Keys.chord(Keys.CONTROL, "a"), "50");
        browser.control("Continue the training").sendKeys(Keys.ENTER);

        browser.waitFor("continues another training after step 400");
        String url = String.valueOf(browser.driver().getCurrentUrl());
        assertThat(api.get("/v1/jobs/" + url.substring(url.lastIndexOf('/') + 1))
                        .at("/spec/training/steps"))
                .isEqualTo("450");
    }

    @Test
    void saysWhyAJobFailedAndWhatToDo() {
        UUID id = jobs.queued("owl");
        run(id).train(0)
                .measured(1, 0.4)
                .measured(2, "NaN")
                .fail(ErrorCode.NAN_LOSS, "The loss was no longer a number at step 2.");
        open("/jobs/" + id);

        browser.waitFor("The training became unstable");
        browser.waitFor("Step 2: not a number");
        assertThat(browser.text()).contains("The loss was no longer a number at step 2.", "lower learning rate");
        assertThat(browser.texts("li.broken")).singleElement().asString().contains("Training", "ended here");
        // The page may speak another language; the service speaks English.
        assertThat(browser.texts(".bad [lang=en]")).containsExactly("The loss was no longer a number at step 2.");
        assertThat(browser.control("Train again with changes").getDomAttribute("href"))
                .isEqualTo("#/new?job=" + id);
        browser.lookAt("job-failed");
    }

    @Test
    void deletesAJobUnlessItIsUndone() {
        UUID id = jobs.finished("bird", "owl", 1);
        open("/jobs/" + id);

        browser.control("Delete").click();
        browser.waitFor("sks bird is deleted.");
        browser.waitFor("Nothing trained yet");
        browser.control("Undo").click();
        await().until(() -> browser.texts("article").size() == 1);
        assertThat(api.get("/v1/jobs/" + id).status()).isEqualTo(200);
        open("/jobs/" + id);
        browser.control("Delete").click();
        browser.control("Dismiss").click();

        await().until(() -> api.get("/v1/jobs/" + id).status() == 404);
        browser.expectError("status of 404");
        open("/jobs/" + id);
        browser.waitFor("There is no job " + id);
        assertThat(browser.barriers()).isEmpty();
    }

    @Test
    void showsMarkupAsTextAndFitsASmallPhone() {
        UUID id = jobs.queued(MARKUP);
        run(id).train(0)
                .measured(1, MARKUP)
                .log(MARKUP + "<script>document.title='run'</script>")
                .image(ImageRole.PREVIEW, 1, 0, MARKUP)
                .fail(ErrorCode.INTERNAL, MARKUP);
        open("/jobs/" + id);

        browser.waitFor("Something unexpected went wrong");
        browser.waitFor("<script>");
        large("Step 1: " + MARKUP);
        assertThat(browser.texts("h1, figcaption, .bad p, section ol p"))
                .filteredOn(it -> it.contains(MARKUP))
                .hasSize(4);
        assertThat(browser.driver().getTitle()).isEqualTo("Failed – " + MARKUP + " · Likeness");
        browser.width(320);
        assertThat(browser.driver()
                        .executeScript(
                                "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isEqualTo(true);
        browser.screenshot("job-320");
    }

    private StudioRun run(UUID id) {
        return new StudioRun(context, id, 100).enter(Phase.PREPARING);
    }

    @SuppressWarnings("unchecked") // What the script returns.
    private List<Long> watched() {
        return (List<Long>) browser.driver().executeScript("return window.watched");
    }

    /** What screen readers say by themselves. */
    private void says(String text) {
        await().until(() -> browser.texts("[role=status]").toString(), it -> it.contains(text));
    }

    /** What screen readers say of the curve. */
    private String points() {
        return browser.texts(".curve .hidden").get(0);
    }

    private String course() {
        return browser.texts(".curve .hidden, section ol p, [aria-current=step]")
                .toString();
    }

    private void large(String alt) {
        await().until(() -> browser.driver().findElements(By.cssSelector("figure img")).stream()
                .anyMatch(it -> alt.equals(it.getDomAttribute("alt"))));
    }
}
