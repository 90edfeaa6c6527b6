package dev.likeness.app.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.TestDatabase;
import dev.likeness.diffusion.adapter.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;

/** Workers, models and adapters, and how one reaches them. */
class ServerViewsTests extends StudioTest {

    private static final String MARKUP = "<img src=x onerror=\"document.title='run'\">";

    private static final String LAYER = "unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q";

    @Autowired
    private TestDatabase database;

    @TempDir
    private Path folder;

    @BeforeEach
    @AfterEach
    void clear() {
        database.clear("worker");
        database.clear("adapter");
    }

    @Test
    void saysThatNoWorkerRuns() {
        open("/workers");

        browser.waitFor("No worker is running");
        browser.lookAt("workers-empty");
    }

    @Test
    void showsWhatWorkersDoAndWhyOneRefusesTasks() {
        UUID busy = database.workers().register("cuda:0", 20_000_000_000L, 4_000_000_000L);
        database.workers().passEngineCheck(busy);
        UUID job = jobs.queued("teapot");
        database.lease(job, busy.toString());
        UUID refusing = database.workers().register("cpu", 7_000_000_000L, 0);
        database.workers().failEngineCheck(refusing, "mm differs from fp64 by 0.3 " + MARKUP);
        UUID lost = database.workers().register("cuda:1", 1, 0);
        database.workers().passEngineCheck(lost);
        database.workers().silence(lost, Duration.ofHours(3));
        open("/workers");

        browser.waitFor("The engine failed its check");
        assertThat(card("cuda:0")).contains("Busy", "Runs a training", "passed", "24 GB");
        assertThat(card("cpu"))
                .contains("Refuses tasks", "Takes no task until", "mm differs from fp64 by 0.3 " + MARKUP, "7 GB");
        assertThat(card("cuda:1")).contains("Lost", "Another worker continues its task", "3 hours ago");
        assertThat(browser.texts("[lang=en]"))
                .as("what the service says is English in every language of the page")
                .contains("mm differs from fp64 by 0.3 " + MARKUP);
        browser.lookAt("workers");

        database.workers().delete(refusing);
        await().until(() -> browser.texts("article").size() == 2);
    }

    @Test
    void showsWhichModelsAreThereAndWhyOneIsNot() {
        open("/models");

        browser.waitFor("This model cannot be used");
        assertThat(card("likeness/tiny-world")).contains("Default", "Ready", "64 × 64 pixels");
        assertThat(card("tests/remote")).contains("Failed", "likeness.hub.offline");
        browser.lookAt("models");
    }

    @Test
    void showsHowFarTheDownloadOfAModelIs() {
        browser.answering("/v1/models", """
                {"results": [
                  {"id": "acme/large", "status": "downloading", "description": "%s",
                   "download": {"bytes": 1200000000, "total_bytes": 4000000000}},
                  {"id": "acme/new", "status": "downloading", "download": null},
                  {"id": "acme/far", "status": "remote"}]}
                """.formatted(MARKUP.replace("\"", "\\\"")), () -> {
            open("/models");

            browser.waitFor("1.2 GB of 4 GB");
            assertThat(card("acme/large")).contains("Downloading", MARKUP);
            assertThat(browser.find(By.cssSelector("progress[aria-label=Download]"))
                            .getDomProperty("position"))
                    .isEqualTo("0.3");
            assertThat(card("acme/new")).contains("size is not known yet");
            assertThat(card("acme/far")).contains("Not downloaded", "first job");
            browser.lookAt("models-downloading");
        });
    }

    @Test
    void saysWhyAnAdapterIsRefusedAndTakesAnotherFile() throws IOException {
        open("/adapters");
        browser.waitFor("No adapter yet");
        browser.lookAt("adapters-empty");

        browser.expectError("status of 422");
        String foreign = "unet.down_blocks.9.attentions.0.transformer_blocks.0.attn1.to_q";
        choose(
                "Upload an adapter",
                "other.safetensors",
                new TensorFile().addLayer(foreign, 160, 160).bytes());
        browser.control("Upload").click();
        browser.waitFor(foreign + ".lora.down.weight");
        assertThat(browser.find(By.cssSelector("dialog [role=alert]")).getText())
                .startsWith("The adapter cannot be used")
                .contains(foreign + ".lora.up.weight is for a layer that this model does not have");
        browser.lookAt("adapter-refused");

        choose("Choose another file", "my style.safetensors", lora());
        browser.field("Name").sendKeys(" " + MARKUP);
        browser.loseNextAnswer();
        browser.control("Upload").click();
        browser.waitFor("is stored.");
        assertThat(api.get("/v1/adapters").results("id")).hasSize(1);
        await().until(() -> browser.texts("article").size() == 1);
        assertThat(card("my style " + MARKUP)).contains("LoRA", "likeness/tiny-world", "Attention", "kB");
        assertThat(browser.driver().getTitle()).isEqualTo("Adapters · Likeness");
        browser.lookAt("adapters");
    }

    @Test
    void staysWhileItUploadsSoThatARefusalIsSeen() throws IOException {
        open("/adapters");
        browser.waitFor("No adapter yet");
        browser.hold("POST");
        browser.expectError("status of 422");
        choose("Upload an adapter", "other.safetensors", new TensorFile().bytes());
        browser.control("Upload").click();
        browser.waitForHeld();

        browser.press(Keys.ESCAPE);
        browser.press(Keys.ESCAPE);
        browser.release();

        assertThat(browser.find(By.cssSelector("dialog [role=alert]")).getText())
                .startsWith("The adapter cannot be used");
    }

    @Test
    void takesAFileThatIsDropped() {
        open("/adapters");
        browser.waitFor("No adapter yet");

        browser.driver().executeScript("""
                const files = new DataTransfer()
                files.items.add(new File(['{}'], 'dropped.ckpt'))
                for (const type of ['dragover', 'drop'])
                  document.body.dispatchEvent(new DragEvent(type, {dataTransfer: files, bubbles: true, cancelable: true}))
                """);

        browser.waitFor("dropped.ckpt");
        browser.expectError("status of 4");
        browser.control("Upload").click();
        browser.waitFor("is a Python pickle");
    }

    @Test
    void savesAnAdapterAndDeletesItUnlessThatIsUndone() throws IOException {
        api.upload("style.safetensors", lora());
        browser.driver()
                .executeCdpCommand(
                        "Browser.setDownloadBehavior",
                        Map.of(
                                "behavior",
                                "allow",
                                "downloadPath",
                                folder.toAbsolutePath().toString()));
        open("/adapters");

        browser.control("Download style").click();
        Path saved = folder.resolve("style.safetensors");
        await().until(() -> Files.exists(saved) && Files.size(saved) == lora().length);
        assertThat(saved).hasBinaryContent(lora());

        browser.control("Delete style").click();
        browser.waitFor("No adapter yet");
        browser.control("Undo").click();
        await().until(() -> browser.texts("article").size() == 1);
        assertThat(api.get("/v1/adapters").results("name")).containsExactly("style");

        browser.control("Delete style").click();
        browser.control("Dismiss").click();
        await().until(() -> api.get("/v1/adapters").results("name").isEmpty());

        api.upload("closed.safetensors", lora());
        browser.driver().navigate().refresh();
        browser.control("Delete closed").click();
        browser.waitFor("Undo");
        browser.open("about:blank");
        await().until(() -> api.get("/v1/adapters").results("name").isEmpty());
    }

    @Test
    void reachesFurtherViewsByKeyboardOnAPhone() {
        browser.width(320);
        open("/");
        browser.waitFor("Nothing trained yet");
        assertThat(browser.text()).contains("More").doesNotContain("Workers");

        browser.tabTo("More");
        browser.press(Keys.ENTER);
        browser.waitFor("Administration");
        browser.screenshot("more-320-light");
        assertThat(browser.barriers()).isEmpty();
        browser.press(Keys.ESCAPE);
        await().until(() -> !browser.text().contains("Administration"));
        assertThat(browser.driver().switchTo().activeElement().getAccessibleName())
                .isEqualTo("More");

        browser.press(Keys.ENTER);
        browser.tabTo("Workers");
        browser.press(Keys.ENTER);
        browser.waitFor("No worker is running");
        assertThat(browser.text()).doesNotContain("Administration");
        for (String place : List.of("/models", "/adapters", "/workers", "/admin", "/admin?part=webhooks")) {
            browser.width(320);
            open(place);
            browser.find(By.tagName("h1"));
            assertThat(browser.beyondTheWindow()).as(place).isZero();
        }
    }

    private String card(String heading) {
        return browser.texts("article").stream()
                .filter(it -> it.startsWith(heading + "\n"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(heading + " is not among " + browser.texts("article")));
    }

    private void choose(String button, String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        browser.field(button).sendKeys(file.toAbsolutePath().toString());
    }

    private static byte[] lora() {
        return new TensorFile().addLayer(LAYER, 160, 160).bytes();
    }
}
