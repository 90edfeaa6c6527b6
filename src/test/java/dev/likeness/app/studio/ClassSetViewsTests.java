package dev.likeness.app.studio;

import static dev.likeness.app.studio.TrainingForm.owl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

/** Images of a class: uploaded, looked at, used in a training, and deleted. */
class ClassSetViewsTests extends StudioTest {

    private static final String NAME = "<img src=x onerror=\"document.title='run'\">";

    @TempDir
    Path folder;

    @BeforeEach
    void withoutClassSets() {
        api.get("/v1/class-sets?limit=100").results("id").forEach(it -> api.delete("/v1/class-sets/" + it));
    }

    @Test
    void uploadsAClassSetUsesItAndDeletesItUnlessThatIsUndone() throws IOException {
        browser.expectError("status of 4(15|22)");
        open("/class-sets");
        browser.waitFor("No class set yet");
        browser.control("Upload a class set").click();
        browser.waitFor("Up to 1,000 images");
        Path wrong = Files.writeString(folder.resolve("none.png"), "not a picture");
        choose(owl(1), wrong);
        browser.control("Upload").click();
        browser.waitFor("none.png is in an unknown format");
        browser.lookAt("class-set-refused");
        choose(owl(1), owl(2), Files.writeString(folder.resolve("2.txt"), NAME));
        browser.field("Name").sendKeys(NAME);
        browser.control("Upload").click();
        browser.waitFor("The set is stored.");

        browser.control(NAME).click();
        browser.waitFor("2 images, 1 with a caption");
        await().until(() -> browser.texts("figcaption"), it -> it.size() == 2);
        assertThat(browser.texts("figcaption").get(1)).startsWith("2.png").endsWith(NAME);
        assertThat(browser.driver().getTitle()).isNotEqualTo("run");
        browser.lookAt("class-set");
        open("/new");
        TrainingForm form = new TrainingForm(browser);
        form.unfold("All settings");
        form.unfold("Prior");
        await().until(() ->
                new Select(browser.field("Class set id")).getOptions().size() == 2);
        new Select(browser.field("Class set id")).selectByVisibleText(NAME);
        form.unfold("The request");
        browser.waitFor("\"class_set_id\": \"");

        open("/class-sets");
        browser.control(NAME).click();
        browser.control("Delete").click();
        browser.waitFor("No class set yet");
        browser.control("Undo").click();
        browser.control(NAME).click();
        browser.control("Delete").click();
        browser.control("Dismiss").click();
        await().until(() -> api.get("/v1/class-sets").body().at("/results").isEmpty());
    }

    private void choose(Path... files) {
        browser.driver()
                .findElement(By.cssSelector("dialog input[type=file]"))
                .sendKeys(String.join("\n", Stream.of(files).map(Path::toString).toList()));
    }
}
