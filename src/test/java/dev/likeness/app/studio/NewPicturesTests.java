package dev.likeness.app.studio;

import static dev.likeness.app.studio.TrainingForm.owl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.TestDatabase;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Pictures with crop boxes and masks, and from archives and the web. */
class NewPicturesTests extends StudioTest {

    private static final String MARKUP = "<img src=x onerror=\"document.title='run'\">";

    private final TrainingForm form = new TrainingForm(browser);

    @TempDir
    Path folder;

    @BeforeEach
    void withoutSubjects(@Autowired TestDatabase database) {
        database.clearSubjectsAndFiles();
    }

    @Test
    void cropsAndMasksPicturesAndTrainsThemAgain() throws IOException {
        open("/new");
        form.choose(owl(1), owl(2), owl(3));
        browser.control("Crop 1.png").sendKeys(Keys.ENTER);
        browser.field("Left edge").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        browser.field("Lower edge").sendKeys(Keys.HOME, Keys.ARROW_RIGHT);
        assertThat(browser.barriers()).isEmpty();
        browser.control("Use this part").sendKeys(Keys.ENTER);
        await().until(() -> form.focused().equals("Crop 1.png"));
        browser.control("Crop 2.png").click();
        WebElement stage = browser.find(By.cssSelector("dialog .stage img"));
        new Actions(browser.driver())
                .moveToElement(stage, -stage.getSize().width / 4, -stage.getSize().height / 4)
                .clickAndHold()
                .moveToElement(stage)
                .release()
                .perform();
        browser.lookAt("new-crop");
        browser.control("Use this part").click();
        form.name("bird");
        browser.waitFor("Checked");
        browser.field("Mask of 3.png").sendKeys(mask().toString());
        browser.waitFor("The mask marks 50%.");
        browser.field("Learn above all what the masks mark").sendKeys(Keys.SPACE);
        browser.lookAt("new-masked");
        browser.control("Start the training").click();

        JsonNode job = form.startedJob(api);
        JsonNode boxes = job.at("/spec/training/crop_boxes");
        assertThat(boxes).hasSize(3);
        assertThat(boxes.get(0).toString()).contains("\"x\":0.02,\"y\":0.0,\"width\":0.98,\"height\":0.02");
        assertThat(boxes.get(1).at("/x").asDouble()).isBetween(0.2, 0.3);
        assertThat(boxes.get(1).at("/width").asDouble()).isBetween(0.2, 0.3);
        assertThat(boxes.get(2).at("/width").asDouble()).isEqualTo(1);
        assertThat(job.at("/spec/mask/enabled").asBoolean()).isTrue();
        open("/new?job=" + job.at("/id").asString());
        browser.waitFor("Checked");
        browser.waitFor("The mask marks 50%.");
        browser.control("Start the training").click();
        JsonNode again = form.startedJob(api);
        assertThat(again.at("/id")).isNotEqualTo(job.at("/id"));
        assertThat(again.at("/spec")).isEqualTo(job.at("/spec"));
    }

    @Test
    void takesAnArchiveWithCaptionsAloneAndSaysWhatIsWrongWithAddresses() throws IOException {
        browser.expectError("status of 4(15|22)");
        open("/new");
        form.choose(owl(1), archive());
        browser.waitFor("A ZIP archive brings all pictures");
        browser.control("Remove 1.png").click();
        form.name("bird");

        browser.waitFor("Checked");
        assertThat(form.pictures()).containsExactly("1.png", "2.png", "3.png");
        assertThat(browser.field("Caption of 2.png").getDomProperty("value")).isEqualTo(MARKUP);
        browser.control("Remove 3.png").click();
        browser.control("From the web").click();
        browser.field("Addresses of pictures").sendKeys("http://127.0.0.1/<b>.png");
        browser.lookAt("new-web");
        browser.control("Add them").click();
        await().untilAsserted(() ->
                assertThat(form.tiles()).last().asString().contains("http://127.0.0.1/<b>.png must be a URL"));
        assertThat(browser.driver().getTitle()).isNotEqualTo("run");
    }

    /** White in its left half. */
    private Path mask() throws IOException {
        BufferedImage picture = ImageIO.read(owl(3).toFile());
        BufferedImage mask = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = mask.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, mask.getWidth() / 2, mask.getHeight());
        graphics.dispose();
        Path file = folder.resolve("mask.png");
        ImageIO.write(mask, "png", file.toFile());
        return file;
    }

    private Path archive() throws IOException {
        Path file = folder.resolve("owl.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i : List.of(1, 2, 3)) {
                zip.putNextEntry(new ZipEntry(i + ".png"));
                Files.copy(owl(i), zip);
                zip.putNextEntry(new ZipEntry(i + ".txt"));
                zip.write(MARKUP.getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }
}
