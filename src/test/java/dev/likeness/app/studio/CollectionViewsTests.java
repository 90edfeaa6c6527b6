package dev.likeness.app.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;

/** Subjects, comparisons and evaluations. */
class CollectionViewsTests extends StudioTest {

    private static final String MARKUP = "<img src=x onerror=\"document.title='run'\">";

    @Autowired
    private TestDatabase database;

    private ComparedJobs compared;

    @BeforeEach
    void clear(@Autowired ApplicationContext context) {
        database.clear("evaluation");
        database.clearSubjectsAndFiles();
        compared = new ComparedJobs(context);
    }

    @Test
    void showsASubjectWithItsPicturesAndJobs() {
        open("/subjects");
        browser.waitFor("No subject yet");
        browser.lookAt("subjects-empty");

        MultiValueMap<String, Object> form = Api.owl();
        form.set("class_word", "bird " + MARKUP);
        String id = api.send(HttpMethod.POST, "/v1/subjects", it -> {}, form, MediaType.MULTIPART_FORM_DATA)
                .at("/id");
        api.send(
                HttpMethod.PUT,
                "/v1/subjects/%s/captions".formatted(id),
                it -> {},
                "{\"captions\": [\"a {subject} %s\", \"b {subject}\", \"c {subject}\"]}".formatted("<b>bold</b>"),
                MediaType.APPLICATION_JSON);
        browser.driver().navigate().refresh();
        browser.waitFor("3 pictures · 0 trainings");
        browser.lookAt("subjects");

        browser.control("bird " + MARKUP).click();
        browser.waitFor("No training yet.");
        assertThat(browser.text()).contains("1. 1.png", "<b>bold</b>", "256 × 256 pixels");
        assertThat(browser.texts("h1")).containsExactly("bird " + MARKUP);
        await().until(() -> browser.driver()
                .executeScript(
                        "return [...document.images].filter(it => it.complete && it.naturalWidth > 1).length >= 3")
                .equals(true));
        browser.lookAt("subject");

        browser.control("Delete").click();
        browser.waitFor("No subject yet");
        browser.control("Undo").click();
        browser.waitFor("3 pictures · 0 trainings");
        String job = api.post("/v1/subjects/%s/jobs".formatted(id), "{\"spec\": {\"identifier\": \"zwx\"}}")
                .at("/id");
        assertThat(job).hasSize(36);
        api.post("/v1/subjects/%s/jobs".formatted(id), "{\"spec\": {\"identifier\": \"qyx\"}}");
        open("/subjects?class_word=x");
        browser.waitFor("No subject matches");
        browser.field("Class word").sendKeys(Keys.chord(Keys.CONTROL, "a"), "BIRD", Keys.ENTER);
        browser.waitFor("3 pictures · 2 trainings");
        assertThat(browser.driver().getCurrentUrl()).endsWith("#/subjects?class_word=BIRD");
        open("/subjects/" + id);
        browser.driver().navigate().refresh();
        browser.waitFor("zwx bird");
        assertThat(browser.text()).doesNotContain("Delete");
        browser.control("Filter and compare").click();
        browser.waitFor("zwx bird");
        assertThat(browser.texts("article")).hasSize(2);
        assertThat(browser.field("Subject").getDomProperty("value")).isEqualTo(id);

        browser.expectError("status of 404");
        open("/subjects/" + UUID.randomUUID());
        browser.find(By.cssSelector("[role=alert]"));
        assertThat(browser.texts("h1")).containsExactly("Subject");
    }

    @Test
    void turnsThePagesOfSubjects() {
        for (int i = 1; i <= 26; i++) {
            database.subject(
                    "thing %02d".formatted(i),
                    Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i));
        }
        open("/subjects");

        browser.waitFor("thing 26");
        assertThat(browser.texts("article")).hasSize(24);
        browser.control("Older").click();
        browser.waitFor("thing 02");
        assertThat(browser.texts("article")).hasSize(2);
        browser.control("Newer").click();
        browser.waitFor("thing 26");
    }

    @Test
    void comparesChosenJobsWithTheSamePromptsAndSeedsSideBySide() {
        compared.finished(
                "owl",
                "{\"identifier\": \"sks\", \"training\": {\"steps\": 100}}",
                0.7,
                0,
                "a {subject}",
                "a {subject} in the snow " + MARKUP);
        compared.finished(
                "bear",
                "{\"identifier\": \"sks\", \"training\": {\"steps\": 200}}",
                0.5,
                1,
                "a {subject} in the snow " + MARKUP,
                "a {subject} on the beach");
        jobs.failed("teapot", "out of memory");
        open("/");
        browser.waitFor("sks owl");

        browser.tabTo("Compare");
        browser.press(Keys.ENTER);
        browser.waitFor("Choose two to four finished trainings.");
        assertThat(browser.driver().findElements(By.cssSelector("article input")))
                .hasSize(2);
        browser.lookAt("gallery-compare");
        browser.tabTo("Compare sks bear");
        browser.press(Keys.SPACE);
        browser.tabTo("Compare sks owl");
        browser.press(Keys.SPACE);
        browser.control("Compare them").sendKeys(Keys.ENTER);

        browser.waitFor("Settings that differ");
        assertThat(browser.texts("thead th"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("sks bear"),
                        second -> assertThat(second).startsWith("sks owl"));
        assertThat(rows())
                .containsSubsequence(
                        "a {subject} in the snow %s seed 1".formatted(MARKUP),
                        "Scores",
                        "Likeness (CLIP-I) higher is better, up to the real pictures",
                        "0.500 0.400 to 0.600 Best: 0.700 0.600 to 0.800",
                        "training.steps",
                        "200 100");
        assertThat(picturesBelow("a {subject} in the snow")).isEqualTo(2);
        assertThat(picturesBelow("a {subject} on the beach")).isEqualTo(1);
        assertThat(picturesBelow("a {subject} seed 0")).isEqualTo(1);
        assertThat(browser.text()).contains("No image with this prompt and seed");
        assertThat(browser.driver().getTitle()).isEqualTo("Comparison · Likeness");
        browser.lookAt("compare");
        browser.width(320);
        assertThat(browser.beyondTheWindow()).isZero();

        open("/compare");
        browser.waitFor("Nothing to compare yet");
        browser.lookAt("compare-empty");
    }

    @Test
    void makesImagesWithAllComparedJobsFromOnePrompt(@Autowired ApplicationContext context) {
        UUID owl = compared.finished("owl", "{\"identifier\": \"sks\"}", 0.7, 0);
        UUID bear = compared.finished("bear", "{\"identifier\": \"zwx\"}", 0.5, 0);
        UUID teapot = jobs.failed("teapot", "out of memory");
        open("/compare?jobs=%s,%s,%s".formatted(owl, bear, teapot));
        browser.field("Prompt").sendKeys(Keys.chord(Keys.CONTROL, "a"), "a zwx bear at night " + MARKUP);
        browser.control("More settings").click();
        browser.field("Images per prompt").sendKeys(Keys.chord(Keys.CONTROL, "a"), "2");
        browser.field("Steps").sendKeys(Keys.chord(Keys.CONTROL, "a"), "1001");
        browser.expectError("status of (409|422)");
        browser.control("Make images").click();
        await().untilAsserted(() -> assertThat(
                        browser.driver().switchTo().activeElement().getAccessibleName())
                .isEqualTo("Steps"));
        browser.field("Steps").sendKeys(Keys.chord(Keys.CONTROL, "a"), "20");

        browser.loseNextAnswer();
        browser.press(Keys.ENTER);

        browser.waitFor("cannot be used to generate images");
        browser.waitFor("Still to come");
        // The answers come in any order.
        await().untilAsserted(() -> assertThat(browser.texts("tbody:first-of-type tr:nth-child(2) td"))
                .satisfiesExactly(
                        queued -> assertThat(queued).isEqualTo("Queued"),
                        queued -> assertThat(queued).isEqualTo("Queued"),
                        refused -> assertThat(refused).contains("failed")));
        String prompt = "a {subject} at night " + MARKUP;
        JsonNode first = generation(owl);
        JsonNode second = generation(bear);
        assertThat(first.at("/spec/prompts/0").asString()).isEqualTo(prompt);
        assertThat(second.get("spec").get("seed")).isEqualTo(first.get("spec").get("seed"));
        assertThat(first.at("/spec/steps").asInt()).isEqualTo(20);

        StudioResult result = new StudioResult(context);
        String drawn = "a sks owl at night " + MARKUP;
        result.finish(result.generate(UUID.fromString(first.get("id").asString()), drawn), drawn);
        String other = "a zwx bear at night " + MARKUP;
        result.generate(UUID.fromString(second.get("id").asString()), other);
        long seed = first.at("/spec/seed").asLong();
        browser.control("%s, %d".formatted(drawn, seed + 1));
        browser.lookAt("compare-made");
        browser.tabTo("%s, %d".formatted(drawn, seed));
        browser.press(Keys.ENTER);
        assertThat(browser.find(By.tagName("dialog")).getText()).contains("1 of 3", "sks owl", "Euler", "256 × 256");
        browser.press(Keys.ARROW_RIGHT);
        browser.waitFor("2 of 3");
        assertThat(browser.find(By.tagName("dialog")).getText()).contains("zwx bear");
        assertThat(browser.barriers()).isEmpty();
        browser.press(Keys.ESCAPE);

        browser.driver().navigate().refresh();
        browser.control("%s, %d".formatted(drawn, seed));
    }

    @Test
    void evaluatesFinishedJobsAndMarksTheBest() {
        open("/evaluations");
        browser.waitFor("No evaluation yet");
        browser.lookAt("evaluations-empty");
        compared.finished("owl", "{\"identifier\": \"sks\"}", 0.7, 0, "a {subject}");
        compared.finished("bear", "{\"identifier\": \"sks\"}", 0.5, 0, "a {subject}");

        browser.control("New evaluation").click();
        browser.waitFor("sks owl");
        browser.expectError("status of 422");
        browser.hold("POST");
        browser.control("Start").click();
        browser.waitForHeld();
        browser.press(Keys.ESCAPE);
        browser.press(Keys.ESCAPE);
        browser.release();
        browser.find(By.cssSelector("dialog [role=alert]"));
        browser.lookAt("evaluation-new");
        browser.hold("POST");
        browser.control("Start").click();
        browser.waitForHeld();
        open("/workers");
        browser.waitFor("The processes that train and draw");
        browser.release();
        browser.waitFor("must have 1 to 16 entries");
        open("/evaluations");
        browser.control("New evaluation").click();
        browser.field("sks owl").sendKeys(Keys.SPACE);
        browser.field("sks bear").sendKeys(Keys.SPACE);
        browser.field("PNDM").sendKeys(Keys.SPACE);
        browser.field("Numbers of sampler steps").sendKeys(Keys.chord(Keys.CONTROL, "a"), "10, 20");
        browser.loseNextAnswer();
        browser.control("Start").click();
        browser.waitFor("Queued");
        assertThat(api.get("/v1/evaluations").results("id")).hasSize(1);
        String id = api.get("/v1/evaluations").results("id").get(0);
        compared.finish(UUID.fromString(id), 0.4, 0.6, 0.3, 0.2);

        browser.waitFor("Save as Markdown");
        List<String> rows = rows();
        assertThat(rows).hasSize(4);
        assertThat(rows.get(0)).contains("sks owl", "DDIM", "10", "0.400", "0.300 to 0.500");
        assertThat(rows.get(1)).contains("Best: 0.600").doesNotContain("Best: 0.400");
        assertThat(rows.get(3)).contains("sks bear", "Best: 0.800");
        browser.lookAt("evaluation");
        browser.width(320);
        assertThat(browser.beyondTheWindow()).isZero();
        browser.width(StudioBrowser.DESKTOP);

        browser.control("Delete").click();
        browser.waitFor("No evaluation yet");
        browser.control("Undo").click();
        browser.waitFor("10, 20");
        assertThat(rows()).hasSize(1).first().asString().contains("Finished 2 DDIM 10, 20");
        browser.lookAt("evaluations");

        browser.expectError("status of 404");
        open("/evaluations/" + UUID.randomUUID());
        browser.find(By.cssSelector("[role=alert]"));
        assertThat(browser.texts("h1")).containsExactly("Evaluation");
    }

    /** The only generation of a job. */
    private JsonNode generation(UUID job) {
        JsonNode all = api.get("/v1/jobs/%s/generations".formatted(job)).body().get("results");
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** The lines of the table, with one space between cells. */
    private List<String> rows() {
        return browser.texts("tbody tr").stream()
                .map(it -> it.strip().replaceAll("\\s+", " "))
                .toList();
    }

    /** Number of images in the line below this one. */
    private int picturesBelow(String heading) {
        return ((Number) browser.driver().executeScript("""
                const line = [...document.querySelectorAll('tbody')].find(it => it.innerText.startsWith(arguments[0]))
                return line.querySelectorAll('img').length
                """, heading)).intValue();
    }
}
