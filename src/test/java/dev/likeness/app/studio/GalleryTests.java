package dev.likeness.app.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The gallery of jobs. */
class GalleryTests extends StudioTest {

    @Test
    void saysWhatToDoFirst() {
        open("/");

        browser.waitFor("Nothing trained yet");
        assertThat(browser.text()).contains("three to six pictures");
        browser.lookAt("gallery-empty");
    }

    @Test
    void showsJobsInEveryStateByTheirPictures() {
        jobs.failed("teapot", "The training needs 9.1 GB of memory, and the device has 8 GB. Choose LoRA.");
        jobs.finished("strawberry", "strawberry", 5);
        jobs.finished("bird", "owl", 3);
        jobs.training("shoe", 120);
        jobs.queued("teddy bear");
        open("/");

        browser.waitFor("sks teapot");
        assertThat(cards()).hasSize(5);
        assertThat(cards().get(0)).contains("sks teddy bear", "Queued", "Next in the queue");
        assertThat(cards().get(1)).contains("sks shoe", "Running", "about 1 min 35 sec left");
        assertThat(cards().get(2)).contains("sks bird", "Finished");
        assertThat(cards().get(4)).contains("sks teapot", "Failed", "9.1 GB");
        await().until(() -> browser.driver()
                .executeScript("return [...document.images].filter(it => it.complete && it.naturalWidth).length")
                .equals(6L));
        browser.lookAt("gallery");
    }

    @Test
    void showsAJobAsItAdvances() {
        var id = jobs.queued("teapot");
        open("/");
        browser.waitFor("Next in the queue");

        worker.work(id);

        browser.waitFor("Finished");
    }

    @Test
    void turnsPages() {
        for (int i = 1; i <= 26; i++) {
            jobs.queued("thing " + i);
        }
        open("/");

        browser.waitFor("sks thing 26");
        assertThat(cards()).hasSize(24).first().asString().contains("thing 26");
        browser.control("Older").click();
        browser.waitFor("sks thing 2\n");
        assertThat(cards()).hasSize(2);
        browser.driver().navigate().refresh();
        browser.waitFor("sks thing 1\n");
        browser.control("Newer").click();
        browser.waitFor("sks thing 26");
    }

    @Test
    void filtersByStatusAndReturnsWithTheBackButton() {
        jobs.finished("bird", "owl", 1);
        jobs.queued("teapot");
        open("/");
        browser.waitFor("sks bird");

        browser.field("Finished").sendKeys(Keys.SPACE);

        await().until(() -> cards().size() == 1);
        assertThat(cards()).first().asString().contains("sks bird");
        browser.field("Failed").sendKeys(Keys.SPACE);
        browser.waitFor("No training matches");
        browser.control("Show all").click();
        await().until(() -> cards().size() == 2);
        browser.driver().navigate().back();
        browser.waitFor("No training matches");
    }

    @Test
    void filtersByMoreThanTheStatusInTheAddress() {
        jobs.finished("bird", "owl", 1);
        jobs.queued("birdhouse");
        jobs.queued("teapot");
        open("/");
        browser.waitFor("sks bird");

        browser.tabTo("Filter");
        browser.press(Keys.ENTER);
        browser.tabTo("Class word");
        browser.press("Bir", Keys.ENTER);
        await().until(() -> cards().size() == 2);
        browser.field("Queued").sendKeys(Keys.SPACE);
        await().until(() -> cards().size() == 1);
        browser.field("Method").sendKeys("LoRA");
        browser.waitFor("No training matches");
        assertThat(browser.driver().getCurrentUrl()).endsWith("#/?status=queued&class_word=Bir&method=dreambooth_lora");
        browser.lookAt("gallery-filtered");
        browser.driver().navigate().refresh();
        browser.waitFor("No training matches");
        assertThat(browser.field("Method").getDomProperty("value")).isEqualTo("dreambooth_lora");
        browser.driver().navigate().back();
        await().until(() -> cards().size() == 1);
        assertThat(cards()).first().asString().contains("sks birdhouse");
        assertThat(browser.field("Method").getDomProperty("value")).isEqualTo("");
        browser.control("Show all").click();
        await().until(() -> cards().size() == 3);
    }

    @Test
    void showsMarkupAsText() {
        String markup = "<img src=x onerror=\"document.title='run'\">";
        jobs.queued(markup);
        jobs.failed("teapot", markup + "<script>document.title='run'</script>{@html 1}");
        open("/");

        browser.waitFor("sks teapot");
        assertThat(cards()).hasSize(2).allSatisfy(it -> assertThat(it).contains(markup));
        assertThat(cards().get(0)).contains("<script>", "{@html 1}");
        assertThat(browser.driver().getTitle()).isEqualTo("Trainings · Likeness");
    }

    @Test
    void saysWhatIsWrongWithAnUnknownFilter() {
        browser.expectError("status of 422");
        open("/?status=nothing");

        browser.waitFor("The request is invalid");
        assertThat(browser.find(By.cssSelector("[role=alert]")).getText()).contains("status");
        browser.lookAt("problem");
    }

    @Test
    void speaksGerman() {
        open("/");
        browser.waitFor("Nothing trained yet");

        browser.field("Language").sendKeys("Deutsch");

        browser.waitFor("Noch nichts trainiert");
        browser.driver().navigate().refresh();
        browser.waitFor("Noch nichts trainiert");
        assertThat(browser.find(By.tagName("html")).getDomAttribute("lang")).isEqualTo("de");
        browser.lookAt("gallery-german");
    }

    @Test
    void saysThatAnAddressIsUnknown() {
        open("/nothing/here");

        browser.waitFor("There is no such page");
        browser.lookAt("not-found");
        browser.control("Back to the trainings").click();
        browser.waitFor("Nothing trained yet");
    }

    @Test
    void staysUsableWithoutTheNetwork() {
        jobs.queued("teapot");
        browser.expectError("ERR_INTERNET_DISCONNECTED");
        open("/");
        browser.waitFor("sks teapot");

        browser.online(false);
        browser.field("Finished").sendKeys(Keys.SPACE);
        browser.waitFor("The service cannot be reached");
        browser.waitFor("This page tries again by itself.");
        browser.online(true);

        browser.waitFor("No training matches");
    }

    private List<String> cards() {
        return browser.texts("article");
    }
}
