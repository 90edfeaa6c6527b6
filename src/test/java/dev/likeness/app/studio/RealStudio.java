package dev.likeness.app.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.FreePort;
import dev.likeness.app.TestHome;
import dev.likeness.app.worker.TestProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;
import org.springframework.core.io.ClassPathResource;

/** A service with a worker and the bundled model, as processes of their own, and what a person does in its studio. */
final class RealStudio implements AutoCloseable {

    private static final Path HOME = TestHome.path(TestHome.STUDIO);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** A preset of the operator that trains for seconds: long enough to be interrupted. */
    private static final String SHORT = """
            description: Small steps.
            model: likeness/tiny-world
            spec:
              training: {steps: 200, checkpoint_every_seconds: 5}
              prior: {images: 4, steps: 3}
              evaluation: {checkpoints: 1, prompts_per_kind: 0, prompts: ["a photo of a {subject}", "a {subject} in the snow"], class_images: 2}
              sampling: {steps: 3, images_per_prompt: 2, prompts: ["a photo of a {subject}"]}
            """;

    private final StudioBrowser browser;
    private final int port = FreePort.choose();
    private TestProcess service;

    RealStudio(StudioBrowser browser) throws IOException {
        this.browser = browser;
        Path presets = Files.createDirectories(HOME.resolve("configs/presets"));
        Files.writeString(presets.resolve("short.yml"), SHORT);
        service = start();
        browser.reset(root());
    }

    private TestProcess start() {
        TestProcess process = TestProcess.start(
                HOME, "all", Map.of("server.port", Integer.toString(port), "likeness.worker.report-every", "0ms"));
        await().atMost(Duration.ofMinutes(3))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(CLIENT.send(
                                        HttpRequest.newBuilder(URI.create(root() + "/actuator/health"))
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                        .as("%s", process.output())
                        .isEqualTo(200));
        return process;
    }

    String root() {
        return "http://localhost:" + port;
    }

    /** Stops the service with its worker. */
    void stop() throws InterruptedException {
        service.terminate();
    }

    /** Starts it again at the same address. */
    void startAgain() {
        service = start();
    }

    /**
     * Uploads pictures of the owl, and starts a training.
     *
     * @param preset empty for the defaults
     * @return the job's id
     */
    String train(String preset) {
        browser.open(root() + "/#/new");
        // The input is invisible under its label.
        By input = By.cssSelector("input[type=file][multiple]");
        browser.waitFor("Drop three to six pictures here");
        await().until(() -> browser.driver().findElements(input), it -> !it.isEmpty())
                .get(0)
                .sendKeys(Stream.of(1, 2, 3).map(RealStudio::owl).collect(Collectors.joining("\n")));
        browser.field("Class word").sendKeys("bird", Keys.ENTER);
        browser.waitFor("Checked:");
        if (!preset.isEmpty()) {
            click(browser.find(By.xpath("//summary[.//*[text()='All settings']]")));
            await().until(() -> new Select(browser.field("Preset"))
                    .getOptions().stream().anyMatch(it -> preset.equals(it.getDomProperty("value"))));
            new Select(browser.field("Preset")).selectByValue(preset);
        }
        click(browser.control("Start the training"));
        await().until(() -> String.valueOf(browser.driver().getCurrentUrl()).contains("#/jobs/"));
        return String.valueOf(browser.driver().getCurrentUrl()).replaceFirst(".*#/jobs/([^/?]+).*", "$1");
    }

    /** Waits for a link, for as long as a training lasts, and follows it. */
    void follow(String link, Duration atMost) {
        click(await().atMost(atMost)
                .ignoreExceptions()
                .until(
                        () -> browser.driver().findElements(By.partialLinkText(link)),
                        it -> !it.isEmpty() && it.get(0).isDisplayed())
                .get(0));
    }

    /** Clicks in the middle of the window, where no bar covers it. */
    void click(WebElement it) {
        browser.driver().executeScript("arguments[0].scrollIntoView({block: 'center'})", it);
        it.click();
    }

    /** How many pictures are loaded. */
    long pictures(String selector) {
        Object count = browser.driver()
                .executeScript(
                        "return [...document.querySelectorAll(arguments[0])].filter(it => it.complete && it.naturalWidth).length",
                        selector);
        return ((Number) count).longValue();
    }

    /** Makes each picture load that waits until it is near. */
    void scrollThrough() {
        browser.driver().executeScript("document.querySelectorAll('img').forEach(it => it.loading = 'eager')");
    }

    private static String owl(int number) {
        try {
            return new ClassPathResource("subjects/owl/%d.png".formatted(number))
                    .getFile()
                    .getAbsolutePath();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
