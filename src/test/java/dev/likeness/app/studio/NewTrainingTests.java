package dev.likeness.app.studio;

import static dev.likeness.app.studio.TrainingForm.owl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.caption.CaptionProgress;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.CaptionOrigin;
import dev.likeness.app.task.Lease;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/** The form of a new training, with real pictures. */
class NewTrainingTests extends StudioTest {

    private static final String MARKUP = "<img src=x onerror=\"document.title='run'\">";

    @Autowired
    TestDatabase database;

    @Autowired
    CaptionProgress captions;

    private final TrainingForm form = new TrainingForm(browser);

    @TempDir
    Path folder;

    @BeforeEach
    void withoutSubjects() {
        database.clearSubjectsAndFiles();
    }

    @Test
    void trainsOnPictures() {
        open("/new");
        browser.waitFor("Drop three to six pictures here");
        browser.lookAt("new-empty");
        form.choose(owl(1), owl(2), owl(3));
        browser.waitFor("Say below what it is");
        form.name("bird");

        browser.waitFor("Checked: nothing speaks against these pictures.");
        browser.waitFor("of memory");
        browser.field("LoRA").sendKeys(Keys.SPACE);
        form.unfold("All settings");
        browser.field("Cancel after").sendKeys("2h");
        form.unfold("The request");
        browser.waitFor("\"method\": \"dreambooth_lora\"");
        browser.field("curl").sendKeys(Keys.SPACE);
        browser.waitFor("/v1/subjects/" + subjects().get(0).at("/id").asString() + "/jobs");
        browser.control("Start the training").click();

        JsonNode job = startedJob();
        assertThat(job.at("/status").asString()).isEqualTo("queued");
        assertThat(job.at("/class_word").asString()).isEqualTo("bird");
        assertThat(job.at("/method").asString()).isEqualTo("dreambooth_lora");
        assertThat(fileNames(job)).containsExactly("1.png", "2.png", "3.png");
        assertThat(Duration.between(time(job, "created_at"), time(job, "cancel_at")))
                .isEqualTo(Duration.ofHours(2));
        browser.waitFor("unless it has ended");
        assertThat(browser.driver().executeScript("return sessionStorage.getItem('likeness.draft')"))
                .isNull();
    }

    @Test
    void worksByKeyboardAlone() {
        open("/new");
        form.choose(owl(1), owl(2), owl(3), owl(4));

        browser.tabTo("Remove 1.png");
        browser.press(Keys.ENTER);
        browser.tabTo("Class word");
        browser.press("bird");
        browser.waitFor("birds");
        browser.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
        String second = browser.find(By.cssSelector("[role=option][aria-selected=true]"))
                .getText();
        browser.press(Keys.ARROW_UP, Keys.ENTER);
        assertThat(browser.field("Class word").getDomProperty("value"))
                .isNotEqualTo(second)
                .startsWith("bird");
        browser.waitFor("Checked");
        browser.tabTo("DreamBooth");
        browser.press(Keys.ARROW_DOWN);
        browser.tabTo("Start the training");
        browser.press(Keys.ENTER);

        JsonNode job = startedJob();
        assertThat(job.at("/method").asString()).isEqualTo("dreambooth_lora");
        assertThat(job.at("/input_report/pictures")).hasSize(3);
    }

    @Test
    void startsOnceThePicturesAreChecked() {
        browser.expectError("status of 415");
        open("/new");
        holdUpload();
        form.choose(owl(1), owl(2), owl(3));
        browser.field("Class word").sendKeys("bird");
        // Twice at once, before the button can show that it is busy.
        WebElement start = browser.control("Start the training");
        browser.driver().executeScript("arguments[0].click(); arguments[0].click()", start);
        browser.waitFor("The training starts as soon as the pictures are checked.");
        assertThat(start.isEnabled()).isFalse();
        browser.driver().executeScript("window.arrive()");

        assertThat(startedJob().at("/class_word").asString()).isEqualTo("bird");
        assertThat(api.get("/v1/jobs").body().at("/results")).hasSize(1);

        open("/new");
        form.choose(owl(1), text("none.png"), owl(2));
        browser.field("Class word").sendKeys("bird");
        browser.driver()
                .executeScript("arguments[0].click(); location.hash = '#/'", browser.control("Start the training"));
        browser.waitFor("The training did not start.");
        browser.control("Show it").click();
        browser.control("Start the training").click();
        await().until(() -> form.focused().equals("Replace none.png"));
        assertThat(browser.control("Start the training").isEnabled()).isTrue();
        assertThat(api.get("/v1/jobs").body().at("/results")).hasSize(1);

        holdUpload();
        browser.field("Replace none.png").sendKeys(owl(3).toString());
        browser.control("Start the training").click();
        browser.control("Trainings").click();
        browser.waitFor("bird");
        browser.driver().executeScript("window.arrive()");
        browser.waitFor("The training has started.");
        browser.control("Show it").click();
        startedJob();
        assertThat(api.get("/v1/jobs").body().at("/results")).hasSize(2);
    }

    /** Pictures arrive only after {@code window.arrive()}. */
    private void holdUpload() {
        browser.driver().executeScript("""
                const fetch = window.fetch
                const arrives = new Promise(resolve => window.arrive = resolve)
                window.fetch = async it => {
                  if (it.method === 'POST' && it.url.endsWith('/v1/subjects')) await arrives
                  return fetch(it)
                }
                """);
    }

    @Test
    void keepsANumberAsItIsTyped() {
        browser.expectError("status of 422");
        open("/new");
        form.unfold("All settings");
        browser.field("Find a setting").sendKeys("learning rate");
        browser.waitFor("17 settings");
        form.unfold("The request");
        WebElement rate = browser.field("Learning rate");
        rate.sendKeys("1e-05");
        browser.waitFor("\"learning_rate\": 0.00001");
        assertThat(rate.getDomProperty("value")).isEqualTo("1e-05");

        rate.sendKeys(Keys.chord(Keys.CONTROL, "a"), "0.0000001");
        browser.waitFor("\"learning_rate\": 1e-7");
        assertThat(rate.getDomProperty("value")).isEqualTo("0.0000001");
    }

    @Test
    void saysWhatIsFoundInThePictures() throws IOException {
        open("/new");
        form.choose(owl(1), Files.copy(owl(1), folder.resolve("again.png")), owl(2), blurred());
        form.name("bird");

        browser.waitFor("Checked: there are");
        assertThat(form.tiles().get(0)).contains("1.png", "Nearly the same picture");
        assertThat(form.tiles().get(1)).contains("again.png", "Nearly the same picture");
        assertThat(form.tiles().get(2)).doesNotContain("Nearly", "Blurred");
        assertThat(form.tiles().get(3)).contains("Blurred", "Send a sharper picture");
        assertThat(browser.text()).contains("1.png and again.png are nearly the same picture.");
        browser.lookAt("new-findings");

        browser.control("Remove again.png").sendKeys(Keys.ENTER);
        browser.control("Remove blurred.png").sendKeys(Keys.ENTER);
        browser.waitFor("One more picture is needed.");
        form.choose(owl(3));

        browser.waitFor("Checked: nothing speaks against these pictures.");
        await().until(() -> subjects().size() == 1);
    }

    @Test
    void saysAtAPictureWhyItIsRefused() {
        browser.expectError("status of 415");
        Path text = text(MARKUP.replace("/", "") + ".png");
        open("/new");
        form.choose(owl(1), text, owl(2));
        form.name("bird");

        browser.waitFor("unknown format");
        assertThat(form.tiles().get(1)).contains(MARKUP, "is in an unknown format; send JPEG, PNG or WebP");
        assertThat(form.tiles().get(0)).doesNotContain("unknown");
        assertThat(browser.driver().getTitle()).isEqualTo("New training · Likeness");
        browser.control("Start the training").click();
        await().until(() -> form.focused().equals("Replace " + text.getFileName()));
        browser.lookAt("new-refused");
        browser.field("Replace " + text.getFileName()).sendKeys(owl(3).toString());

        browser.waitFor("Checked: nothing speaks against these pictures.");
        assertThat(subjects()).hasSize(1);
    }

    @Test
    void saysAtAFieldWhatIsWrong() {
        browser.expectError("status of 422");
        open("/new");
        browser.control("Start the training").click();
        browser.waitFor("Three pictures are needed.");
        await().until(() -> form.focused().equals("Choose pictures"));

        form.choose(owl(1), owl(2), owl(3));
        form.name("tea {pot");
        browser.waitFor("without braces");
        assertThat(described(browser.field("Class word"))).contains("without braces");
        assertThat(browser.texts(".error[lang=en]")).singleElement().asString().contains("without braces");
        browser.field("Class word").sendKeys(Keys.chord(Keys.CONTROL, "a"), "teapot", Keys.ENTER);
        browser.waitFor("Checked");

        form.unfold("All settings");
        browser.field("Find a setting").sendKeys("optimizer steps");
        browser.waitFor("1 setting");
        browser.field("Steps").sendKeys("0");
        browser.waitFor("greater than or equal to 1");
        assertThat(described(browser.field("Steps"))).contains("greater than or equal to 1");
        browser.control("Start the training").click();
        await().until(() -> form.focused().equals("Steps"));
        browser.lookAt("new-field");
        assertThat(api.get("/v1/jobs").body().at("/results")).isEmpty();

        browser.field("Steps").sendKeys(Keys.BACK_SPACE, "12");
        await().until(() ->
                browser.field("Steps").getDomAttribute("aria-invalid").equals("false"));
        browser.field("Identifier").sendKeys("teapot");
        browser.waitFor("must not be the class word");
        browser.field("Identifier").sendKeys(Keys.chord(Keys.CONTROL, "a"), "zwx", Keys.ENTER);
        browser.waitFor("\n12\n");
        browser.control("Start the training").click();
        JsonNode job = startedJob();
        assertThat(job.at("/spec/training/steps").asInt()).isEqualTo(12);
        assertThat(job.at("/identifier").asString()).isEqualTo("zwx");
    }

    @Test
    void keepsADraft() {
        open("/new");
        form.choose(owl(1), owl(2));
        browser.control("Trainings").click();
        browser.waitFor("Nothing trained yet");
        browser.control("New training").click();
        await().until(() -> form.pictures().equals(List.of("1.png", "2.png")));
        // The service has none of them yet.
        browser.driver().navigate().refresh();
        await().until(() -> form.pictures().equals(List.of("1.png", "2.png")));
        form.choose(owl(3));
        form.name("bird");
        browser.waitFor("Checked");
        form.unfold("All settings");
        form.unfold("Sampling");
        browser.field("Images per prompt").sendKeys("2");
        String before = subjects().get(0).at("/id").asString();

        browser.driver().navigate().refresh();

        browser.waitFor("Checked: nothing speaks against these pictures.");
        assertThat(form.tiles()).hasSize(3);
        assertThat(browser.field("Class word").getDomProperty("value")).isEqualTo("bird");
        browser.waitFor("1 changed");
        browser.control("Remove 2.png").click();
        form.choose(owl(4));
        await().until(() -> subjects().size() == 1
                && !subjects().get(0).at("/id").asString().equals(before));
        assertThat(fileNames(subjects().get(0))).containsExactly("1.png", "3.png", "4.png");
        // The subject from which the first two came is gone.
        browser.control("Remove 3.png").click();
        form.choose(owl(5));
        await().until(() -> subjects().size() == 1
                && fileNames(subjects().get(0)).toList().equals(List.of("1.png", "4.png", "5.png")));
    }

    @Test
    void startsOverUnlessItIsUndone() {
        open("/new");
        form.choose(owl(1), owl(2), owl(3));
        form.name("bird");
        browser.waitFor("Checked");
        browser.control("Start over").click();
        browser.waitFor("Drop three to six pictures here");
        form.choose(owl(4));

        browser.control("Undo").click();

        browser.waitFor("Checked: nothing speaks against these pictures.");
        assertThat(form.pictures()).containsExactly("1.png", "2.png", "3.png");
        assertThat(subjects()).hasSize(1);
        browser.driver().navigate().refresh();
        browser.waitFor("Checked");
        browser.control("Start over").click();
        browser.waitFor("Drop three to six pictures here");
        browser.control("Dismiss").click();
        await().until(() -> subjects().isEmpty());
        assertThat(browser.driver().executeScript("return sessionStorage.getItem('likeness.draft')"))
                .isNull();
    }

    @Test
    void bringsPicturesByDroppingPastingAndTheCamera() {
        open("/new");
        browser.driver().executeScript("""
                const [create, revoke] = [URL.createObjectURL, URL.revokeObjectURL]
                window.shown = new Set()
                URL.createObjectURL = it => { const url = create.call(URL, it); window.shown.add(url); return url }
                URL.revokeObjectURL = it => { window.shown.delete(it); revoke.call(URL, it) }
                """);
        WebElement page = browser.find(By.tagName("h1"));
        assertThat(form.transfer("dragover", page, "", owl(1))).isTrue();
        assertThat(browser.texts(".over")).hasSize(1);
        assertThat(form.transfer("drop", page, "", owl(1))).isTrue();
        assertThat(browser.texts(".over")).isEmpty();
        form.transfer("paste", page, "", owl(1));
        await().until(() -> form.pictures().equals(List.of("1.png", "1 (2).png")));

        WebElement word = browser.field("Class word");
        assertThat(form.transfer("dragover", word, "bird")).isFalse();
        assertThat(form.transfer("drop", word, "bird")).isFalse();
        form.transfer("paste", word, "a table with a picture of itself", owl(2));
        form.transfer("dragstart", browser.find(By.cssSelector("article img")), "");
        assertThat(form.transfer("drop", page, "", owl(2))).isFalse();
        form.transfer("dragend", page, "");
        assertThat(form.pictures()).hasSize(2);

        browser.width(StudioBrowser.PHONE);
        browser.touch(true);
        assertThat(browser.find(By.cssSelector(".camera label")).isDisplayed()).isTrue();
        WebElement camera = browser.field("Take a picture");
        assertThat(List.of(camera.getDomAttribute("accept"), camera.getDomAttribute("capture")))
                .containsExactly("image/*", "environment");
        camera.sendKeys(owl(3).toString());
        browser.touch(false);
        browser.width(StudioBrowser.DESKTOP);
        form.name("bird");
        browser.waitFor("Checked");
        assertThat(form.tiles().get(1)).contains("1 (2).png", "Nearly the same picture");

        browser.field("Replace 1 (2).png").sendKeys(owl(2).toString());
        await().until(() -> form.pictures().equals(List.of("1.png", "2.png", "3.png")));
        await().until(() -> form.focused().equals("Replace 2.png"));
        browser.waitFor("Checked: nothing speaks against these pictures.");
        browser.control("Remove 1.png").sendKeys(Keys.ENTER);
        await().until(() -> form.focused().equals("Remove 2.png"));
        browser.waitFor("One more picture is needed.");
        assertThat(browser.driver().executeScript("return window.shown.size")).isEqualTo(2L);
    }

    @Test
    void saysWhyThereIsNoPlan() {
        open("/new");
        browser.waitFor("You get");
        browser.driver().executeScript("""
                const fetch = window.fetch
                window.fetch = it => it.url?.endsWith('/v1/plans')
                  ? Promise.resolve(Response.json({code: 'forbidden', title: 'Forbidden', detail: 'This key may not plan.'}, {status: 403}))
                  : fetch(it)
                """);
        form.name("bird");

        browser.waitFor("This key may not plan.");
        await().until(() -> browser.texts(".card [lang=en]").equals(Collections.nCopies(4, "This key may not plan.")));
        assertThat(browser.texts(".card")).noneMatch(it -> it.contains("…"));
        assertThat(browser.texts("[role=alert] [lang=en]")).containsExactly("Forbidden", "This key may not plan.");
    }

    @Test
    void proposesCaptionsThatOneEdits() {
        browser.expectError("status of 422");
        open("/new");
        form.choose(owl(1), owl(2), owl(3));
        form.name("bird");
        browser.waitFor("Checked");
        String subject = subjects().get(0).at("/id").asString();

        browser.field("Give each picture a caption").sendKeys(Keys.SPACE);
        browser.field("Caption of 3.png").sendKeys(Keys.chord(Keys.CONTROL, "a"), "a bird at night");
        await().until(() -> texts(subject).contains("a bird at night"));
        browser.control("Propose captions").click();
        propose(subject, "a photo of a bird on a table");
        await().until(() -> texts(subject)
                .equals(List.of("a photo of a bird on a table", "a photo of a bird on a table", "a bird at night")));
        browser.waitFor("The captions are stored.");
        WebElement second = browser.field("Caption of 2.png");
        assertThat(second.getDomProperty("value")).isEqualTo("a photo of a bird on a table");
        second.sendKeys(Keys.chord(Keys.CONTROL, "a"), "{nothing}");
        browser.waitFor("must not contain braces");
        assertThat(browser.field("Caption of 2.png").getDomAttribute("aria-invalid"))
                .isEqualTo("true");
        browser.field("Caption of 2.png").sendKeys(Keys.chord(Keys.CONTROL, "a"), MARKUP);
        await().until(() -> texts(subject).contains(MARKUP));
        browser.lookAt("new-captions");
        assertThat(browser.driver().getTitle()).isEqualTo("New training · Likeness");
        browser.control("Start the training").click();

        assertThat(startedJob().at("/spec/training/caption_source").asString()).isEqualTo("subject");
    }

    @Test
    void trainsASubjectAgain() {
        String id = upload();
        open("/new?subject=" + id);
        browser.waitFor("Checked: nothing speaks against these pictures.");
        assertThat(form.tiles()).hasSize(3);
        assertThat(browser.field("Class word").getDomProperty("value")).isEqualTo("bird");

        browser.control("Start the training").click();
        assertThat(startedJob().at("/subject_id").asString()).isEqualTo(id);

        open("/new?subject=" + id);
        browser.waitFor("Checked");
        form.choose(owl(4));
        await().until(() -> subjects().size() == 2);
        open("/new");
        browser.waitFor("Drop three to six pictures here");
        form.choose(Stream.of(1, 2, 3, 4, 5, 6, 1).map(TrainingForm::owl).toArray(Path[]::new));
        browser.waitFor("Six pictures at most: remove one.");
        browser.expectError("status of 404");
        open("/new?subject=0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b");
        browser.waitFor("There is no subject");
    }

    @Test
    void trainsAJobAgainWithChanges() {
        String subject = upload();
        api.send(
                HttpMethod.PUT,
                "/v1/subjects/%s/captions".formatted(subject),
                it -> {},
                """
                {"captions": ["a bird", "a photo of a bird", "a bird in the snow"]}""",
                MediaType.APPLICATION_JSON);
        JsonNode before =
                api.post("/v1/subjects/%s/jobs".formatted(subject), """
                        {"class_word": "owl", "spec": {"method": "dreambooth_lora", "identifier": "zwx",
                         "training": {"steps": 123, "learning_rate": 1e-5, "random_flip": true, "caption_source": "subject"},
                         "lora": {"rank": 3}, "sampling": {"prompts": ["a {subject}", "the {subject} at night"]}}}""").body();
        open("/new?job=" + before.at("/id").asString());
        browser.waitFor("Checked: nothing speaks against these pictures.");
        assertThat(browser.field("Class word").getDomProperty("value")).isEqualTo("owl");
        assertThat(browser.field("Identifier").getDomProperty("value")).isEqualTo("zwx");
        assertThat(browser.field("Caption of 3.png").getDomProperty("value")).isEqualTo("a bird in the snow");
        browser.waitFor("5 changed");
        browser.control("Start the training").click();

        JsonNode again = startedJob();
        assertThat(again.at("/id")).isNotEqualTo(before.at("/id"));
        for (String same : List.of("subject_id", "class_word", "identifier", "captions", "spec")) {
            assertThat(again.at("/" + same)).as(same).isEqualTo(before.at("/" + same));
        }
    }

    @Test
    void fitsIntoANarrowWindow() {
        browser.width(320);
        open("/new");
        form.choose(owl(1), owl(2), owl(3));
        form.name("bird");
        browser.waitFor("Checked");
        form.unfold("All settings");
        for (String group : List.of("Training", "Prior", "Textual inversion", "Evaluation", "Sampling")) {
            form.unfold(group);
        }
        browser.field("Give each picture a caption").sendKeys(Keys.SPACE);
        browser.waitFor("The captions are stored.");

        assertThat((Long) browser.driver()
                        .executeScript(
                                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isNotPositive();
        browser.lookAt("new-settings");
    }

    /** A file that only its name makes a picture. */
    private Path text(String name) {
        try {
            return Files.writeString(folder.resolve(name), "not a picture");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A picture as from a camera that was moved. */
    private Path blurred() throws IOException {
        BufferedImage image = ImageIO.read(owl(4).toFile());
        float[] weights = new float[13 * 13];
        Arrays.fill(weights, 1f / weights.length);
        ConvolveOp mean = new ConvolveOp(new Kernel(13, 13, weights), ConvolveOp.EDGE_NO_OP, null);
        BufferedImage rgb = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        rgb.getGraphics().drawImage(image, 0, 0, null);
        Path file = folder.resolve("blurred.png");
        ImageIO.write(mean.filter(mean.filter(rgb, null), null), "png", file.toFile());
        return file;
    }

    private void propose(String subject, String text) {
        UUID task = await().until(() -> database.captionTask(UUID.fromString(subject)), Optional::isPresent)
                .orElseThrow();
        Lease lease = captions.lease(task).orElseThrow().lease();
        captions.start(lease);
        Caption caption = new Caption(text, CaptionOrigin.CLIP);
        captions.succeed(lease, List.of(caption, caption, caption));
    }

    private List<String> texts(String subject) {
        return api.get("/v1/subjects/%s/captions".formatted(subject)).results("text");
    }

    /** What a screen reader says after the name of a field. */
    private String described(WebElement field) {
        return Stream.of(field.getDomAttribute("aria-describedby").split(" "))
                .map(it -> browser.driver().findElement(By.id(it)).getText())
                .collect(Collectors.joining(" "));
    }

    private static Stream<String> fileNames(JsonNode subject) {
        return subject.at("/input_report/pictures")
                .valueStream()
                .map(it -> it.at("/file_name").asString());
    }

    private List<JsonNode> subjects() {
        return api.get("/v1/subjects").body().get("results").valueStream().toList();
    }

    private String upload() {
        return api.send(HttpMethod.POST, "/v1/subjects", it -> {}, Api.owl(), MediaType.MULTIPART_FORM_DATA)
                .at("/id");
    }

    private static Instant time(JsonNode job, String name) {
        return Instant.parse(job.at("/" + name).asString());
    }

    private JsonNode startedJob() {
        return form.startedJob(api);
    }
}
