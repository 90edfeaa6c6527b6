package dev.likeness.app.studio;

import static dev.likeness.app.studio.StudioResult.BEACH;
import static dev.likeness.app.studio.StudioResult.SNOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.task.Lease;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.PointerInput.Origin;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.support.ui.Select;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** The result of a job: its pictures, scores, checkpoints, further images and files. */
class ResultTests extends StudioTest {

    private static final String MARKUP = "<img src=x onerror=\"document.title='run'\">";

    private StudioResult result;
    private UUID job;

    @BeforeEach
    void submit(@Autowired ApplicationContext context) {
        result = new StudioResult(context);
        job = UUID.fromString(api.submit(Api.owl("""
                        {"identifier": "sks", "method": "dreambooth_lora",
                         "sampling": {"images_per_prompt": 2, "steps": 30, "sampler": "ddim"}}""")).at("/id"));
    }

    @Test
    void showsPicturesBesideTheRealOnesWithScoresAndAdvice() {
        result.finish(job);
        openResult();

        browser.control(BEACH + ", Step 400");
        browser.waitFor("It repeats the pictures");
        assertThat(browser.texts("[aria-label=Advice] [lang=en]").get(0)).startsWith("CLIP-I of 0.670");
        assertThat(browser.text()).contains("95 of 100 values lie in it");
        assertThat(images("section[aria-label='Real pictures'] img")).hasSize(3);
        assertThat(columns()).containsExactly("Untrained model", "Step 200\nChoose", "Step 400\nChosen");
        assertThat(browser.texts("tbody th")).startsWith(BEACH, SNOW);
        assertThat(browser.texts("article")).hasSize(3);
        assertThat(browser.texts("article").get(0))
                .contains(
                        "Do the images look like the pictures?",
                        "0.67",
                        "0.63 to 0.71 (95 %)",
                        "As alike as the real pictures are among themselves",
                        "Real pictures\n0.68",
                        "Untrained model\n0.05");
        assertThat(browser.texts("article").get(1)).contains("the model brings no dino encoder");
        assertThat(browser.texts("article").get(2)).contains("0.15", "Much less than the untrained model");
        assertThat(browser.find(By.cssSelector("article svg polyline")).isDisplayed())
                .isTrue();
        browser.waitFor("sks_lora.safetensors");
        assertThat(browser.text()).contains("kohya's scripts", "The report's figures");
        assertThat(browser.control("Download sks_lora.safetensors").getDomAttribute("href"))
                .contains("/v1/artifacts/");
        browser.lookAt("result");
    }

    @Test
    void choosesAnotherCheckpoint() {
        result.finish(job);
        openResult();

        click(browser.control("Choose step 200"));
        browser.waitFor("Make step 200 the result?");
        assertThat(browser.find(By.tagName("dialog")).getText())
                .contains("It does not train.", "Step 200", "0.40", "Step 400", "0.67");
        browser.lookAt("result-choose");
        click(browser.find(By.cssSelector("dialog .primary")));

        browser.waitFor("This training has not ended.");
        assertThat(api.get("/v1/jobs/" + job).at("/checkpoint/by")).isEqualTo("user");
        result.export(job, 200);
        browser.waitFor("Step 200\nChosen");
        assertThat(browser.field("Step 200").isSelected()).isTrue();
        browser.field("Step 400").sendKeys(Keys.SPACE);
        click(browser.control(BEACH + ", image 2"));
        browser.waitFor("Weights\nStep 400");
        browser.press(Keys.ESCAPE);
        assertThat(columns()).containsExactly("Untrained model", "Step 200\nChosen", "Step 400\nChoose");
    }

    @Test
    void marksTheCheckpointThatTheSliderIsAt() {
        result.finish(job);
        openResult();

        assertThat(browser.field("Checkpoint").getDomAttribute("aria-valuetext"))
                .isEqualTo("Step 400");
        assertThat(browser.texts("th.at")).isEmpty();
        browser.field("Checkpoint").sendKeys(Keys.HOME);
        assertThat(browser.texts("th.at")).containsExactly("Untrained model");
        browser.field("Checkpoint").sendKeys(Keys.ARROW_RIGHT);
        assertThat(browser.texts("th.at")).containsExactly("Step 200\nChoose");
    }

    @Test
    void saysWhyACheckpointCannotBeChosen() {
        result.finish(job);
        openResult();
        click(browser.control("Choose step 200"));
        api.delete("/v1/jobs/" + job);

        browser.expectError("status of 404");
        click(browser.find(By.cssSelector("dialog .primary")));

        assertThat(browser.find(By.cssSelector("dialog [role=alert]")).getText())
                .contains(job.toString());
    }

    @Test
    void makesMoreImages() {
        result.finish(job);
        openResult();
        click(browser.control("Make more images"));
        assertThat(focused().getAccessibleName()).isEqualTo("Prompt");
        String prompt = "a " + MARKUP + " of sks bird";
        type("Prompt", "a " + MARKUP + " of");
        click(browser.control("Insert “sks bird”"));
        type("Seed", "77");
        assertThat(browser.field("Prompt").getDomProperty("value")).isEqualTo(prompt);

        browser.loseNextAnswer();
        new Actions(browser.driver())
                .doubleClick(browser.control("Make images"))
                .perform();

        browser.waitFor("Seed 77 · DDIM · 30 steps");
        await().until(() -> browser.control("Make images").isEnabled());
        assertThat(generations()).hasSize(1);
        JsonNode made = generations().get(0);
        assertThat(made.at("/spec/prompts/0").asString()).isEqualTo(prompt);
        Lease lease = result.generate(UUID.fromString(made.get("id").asString()), prompt);
        browser.control(prompt + ", image 1");
        assertThat(browser.text()).contains("Running");
        result.finish(lease, prompt);
        browser.control(prompt + ", image 2");
        await().until(() -> images("ol img").size() == 2);
        assertThat(browser.texts("h3")).contains(prompt);

        click(browser.control("Again with this seed"));
        type("Prompt", "a sks bird at night");
        click(browser.control("Make images"));
        await().until(() -> generations().size() == 2);
        assertThat(generations().get(0).at("/spec/seed").asInt()).isEqualTo(77);
        browser.waitFor("a sks bird at night");
        assertThat(browser.texts("ol h3")).containsExactly("a sks bird at night", prompt);
        click(browser.control("Cancel"));
        browser.waitFor("Canceled");
        assertThat(generations().get(0).get("status").asString()).isEqualTo("canceled");
        assertThat(browser.driver().getTitle()).isEqualTo("Result – sks bird · Likeness");
        browser.lookAt("result-generations");
    }

    @Test
    void showsWhatIsWrongAtItsField() {
        result.finish(job);
        openResult();
        click(browser.control("More settings"));
        type("Steps", "1001");

        browser.expectError("status of 422");
        click(browser.control("Make images"));

        browser.waitFor("must be less than or equal to 1000");
        WebElement steps = browser.field("Steps");
        await().untilAsserted(() -> assertThat(focused().getAccessibleName()).isEqualTo("Steps"));
        assertThat(steps.getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(browser.find(By.id(steps.getDomAttribute("aria-describedby").split(" ")[1]))
                        .getText())
                .contains("must be less than or equal to 1000");
        assertThat(generations()).isEmpty();
        browser.lookAt("result-wrong-field");
        type("Steps", "5");
        type("LoRA in the image model", "0.5");
        click(browser.control("Make images"));
        browser.waitFor("5 steps");
        assertThat(generations().get(0).at("/spec/lora_unet_scale").asDouble()).isEqualTo(0.5);
        assertThat(browser.text()).doesNotContain("must be less");
    }

    @Test
    void saysWhatIsWrongWithASettingThatHasNoFieldNow() {
        result.finish(job);
        openResult();
        click(browser.control("More settings"));
        type("Eta", "7");
        browser.field("Sampler").sendKeys("Euler");

        browser.expectError("status of 422");
        click(browser.control("Make images"));

        assertThat(browser.find(By.cssSelector("form [role=alert]")).getText()).contains("eta");
    }

    @Test
    void mergesTheResultOfAnotherJob() {
        result.finish(job);
        UUID other = UUID.fromString(api.submit(Api.owl("{\"identifier\": \"zwx\", \"method\": \"dreambooth_lora\"}"))
                .at("/id"));
        result.finish(other);
        openResult();

        click(browser.control("Merge other adapters"));
        browser.field("Add an adapter").sendKeys("zwx bird");
        type("zwx bird: scale in the image model", "0.4");
        assertThat(browser.barriers()).isEmpty();
        click(browser.control("Make images"));

        browser.waitFor("1 adapter merged");
        assertThat(generations().get(0).at("/adapters/0/job_id").asString()).isEqualTo(other.toString());
        assertThat(generations().get(0).at("/adapters/0/unet_scale").asDouble()).isEqualTo(0.4);
    }

    @Test
    void leadsThroughTheLargeViewByKeyboardAlone() {
        result.finish(job);
        openResult();
        browser.control(BEACH + ", Step 400");

        browser.tabTo(BEACH + ", Untrained model");
        browser.press(Keys.ENTER);

        assertThat(large()).isEqualTo("1 of 6");
        browser.press(Keys.ARROW_RIGHT);
        browser.press(Keys.ARROW_RIGHT);
        assertThat(large()).isEqualTo("3 of 6");
        browser.press(Keys.ARROW_DOWN);
        assertThat(large()).isEqualTo("6 of 6");
        browser.press(Keys.ARROW_RIGHT);
        assertThat(large()).isEqualTo("6 of 6");
        assertThat(browser.find(By.tagName("dialog")).getText())
                .contains(
                        SNOW,
                        "Seed\n42",
                        "blurry",
                        "Euler",
                        "20",
                        "256 × 256",
                        "Step 400",
                        "image model 1, text encoder 1");
        browser.press(Keys.ESCAPE);
        await().until(() -> browser.driver().findElements(By.tagName("dialog")).isEmpty());
        assertThat(focused().getAccessibleName()).isEqualTo(BEACH + ", Untrained model");

        browser.press(Keys.ENTER);
        browser.press(Keys.END);
        browser.lookAt("result-large");
        browser.press(Keys.ARROW_LEFT);
        browser.press(Keys.ARROW_LEFT);
        browser.waitFor("The untrained model made this image.");
        assertThat(browser.texts("dialog button"))
                .contains("Make more like this")
                .doesNotContain("Again with this seed");
        browser.press(Keys.ARROW_RIGHT);
        browser.tabTo("Again with this seed");
        browser.press(Keys.ENTER);
        assertThat(focused().getAccessibleName()).isEqualTo("Prompt");
        assertThat(focused().getDomProperty("value")).isEqualTo(SNOW);
        assertThat(browser.field("Seed").getDomProperty("value")).isEqualTo("42");
        click(browser.control("More settings"));
        assertThat(browser.field("Negative prompt").getDomProperty("value")).isEqualTo("blurry");
        assertThat(new Select(browser.field("Weights")).getFirstSelectedOption().getText())
                .isEqualTo("Step 200");
        click(browser.control("Make images"));
        browser.waitFor("weights of step 200");
        assertThat(generations().get(0).at("/checkpoint_step").asInt()).isEqualTo(200);
    }

    @Test
    void showsWhatIsThereOnANarrowPhoneWhileItTrains() {
        result.train(job);
        browser.width(320);
        openResult();

        browser.waitFor("This training has not ended.");
        browser.field("Checkpoint").sendKeys(Keys.HOME);
        browser.control(BEACH + ", Untrained model");
        browser.field("Checkpoint").sendKeys(Keys.ARROW_RIGHT);
        click(browser.control(BEACH + ", Step 200"));
        assertThat(large()).isEqualTo("2 of 4");
        swipe(-120);
        assertThat(large()).isEqualTo("3 of 4");
        swipe(120);
        assertThat(large()).isEqualTo("2 of 4");
        click(browser.control("Close"));
        assertThat(browser.text()).contains("When the training has succeeded").doesNotContain("Make images");
        assertThat((Long) browser.driver()
                        .executeScript(
                                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isNotPositive();
        browser.lookAt("result-running");
    }

    @Test
    void deletesTheJobUnlessThatIsUndone() {
        result.finish(job);
        openResult();

        click(browser.control("Delete"));

        browser.waitFor("sks bird is deleted.");
        browser.waitFor("Nothing trained yet");
        click(browser.control("Undo"));
        browser.waitFor("sks bird");
        assertThat(api.get("/v1/jobs/" + job).status()).isEqualTo(200);
    }

    @Test
    void saysThatThereIsNoSuchJob() {
        browser.expectError("status of 404");
        open("/jobs/" + UUID.randomUUID() + "/result");

        browser.find(By.cssSelector("[role=alert]"));
        assertThat(browser.barriers()).isEmpty();
    }

    private void openResult() {
        open("/jobs/" + job + "/result");
    }

    private List<JsonNode> generations() {
        return api.get("/v1/jobs/" + job + "/generations")
                .body()
                .get("results")
                .valueStream()
                .toList();
    }

    private List<String> columns() {
        return browser.texts("[aria-label='Contact sheet'] thead th");
    }

    private void type(String field, String text) {
        browser.field(field).sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }

    /** Clicks in the middle of the window, where no bar covers it. */
    private void click(WebElement it) {
        browser.driver().executeScript("arguments[0].scrollIntoView({block: 'center'})", it);
        it.click();
    }

    private List<WebElement> images(String selector) {
        return browser.driver().findElements(By.cssSelector(selector));
    }

    private WebElement focused() {
        return browser.driver().switchTo().activeElement();
    }

    /** Moves a finger across the large picture, to the left if negative. */
    private void swipe(int pixels) {
        PointerInput finger = new PointerInput(PointerInput.Kind.TOUCH, "finger");
        Origin picture = Origin.fromElement(browser.find(By.cssSelector("dialog img")));
        Sequence way = new Sequence(finger, 0)
                .addAction(finger.createPointerMove(Duration.ZERO, picture, -pixels / 2, 0))
                .addAction(finger.createPointerDown(0))
                .addAction(finger.createPointerMove(Duration.ofMillis(50), picture, pixels / 2, 0))
                .addAction(finger.createPointerUp(0));
        browser.driver().perform(List.of(way));
    }

    /** Which picture is shown large. */
    private String large() {
        return browser.find(By.cssSelector("dialog [role=status] span")).getText();
    }
}
