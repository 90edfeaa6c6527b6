package dev.likeness.app.studio;

import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;

/** The form of a new training, as a person uses it. */
record TrainingForm(StudioBrowser browser) {

    /** Sends an event with a {@code DataTransfer} to an element. */
    private static final String TRANSFER = """
            const [type, files, text, target] = arguments
            const transfer = new DataTransfer()
            for (const {name, data} of files) {
              const bytes = Uint8Array.from(atob(data), it => it.charCodeAt(0))
              transfer.items.add(new File([bytes], name, {type: 'image/png'}))
            }
            if (text) transfer.setData('text/plain', text)
            const all = {bubbles: true, cancelable: true, dataTransfer: transfer, clipboardData: transfer}
            const event = type === 'paste' ? new ClipboardEvent(type, all) : new DragEvent(type, all)
            target.dispatchEvent(event)
            return event.defaultPrevented
            """;

    static Path owl(int number) {
        try {
            return new ClassPathResource("subjects/owl/%d.png".formatted(number))
                    .getFile()
                    .toPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void choose(Path... files) {
        // The input is invisible under its label.
        By input = By.cssSelector("input[type=file][multiple]");
        await().until(() -> browser.driver().findElements(input), it -> !it.isEmpty())
                .get(0)
                .sendKeys(Stream.of(files).map(Path::toString).collect(Collectors.joining("\n")));
    }

    /**
     * Drags, drops or pastes.
     *
     * @param type of the event, such as {@code drop}
     * @param text empty for none
     * @return whether the page has handled it in place of the browser
     */
    boolean transfer(String type, WebElement target, String text, Path... files) {
        List<Map<String, String>> sent = Stream.of(files)
                .map(it -> Map.of("name", it.getFileName().toString(), "data", base64(it)))
                .toList();
        return Boolean.TRUE.equals(browser.driver().executeScript(TRANSFER, type, sent, text, target));
    }

    private static String base64(Path file) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void name(String classWord) {
        browser.field("Class word").sendKeys(classWord, Keys.ENTER);
    }

    void unfold(String part) {
        browser.driver()
                .executeScript(
                        "arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()",
                        browser.find(By.xpath("//summary[h2='%s' or h3='%s']".formatted(part, part))));
    }

    List<String> tiles() {
        return browser.texts("article");
    }

    /** The names of the pictures. */
    List<String> pictures() {
        return browser.texts("article .name");
    }

    /** The job whose page has opened. */
    JsonNode startedJob(Api api) {
        String url = await().until(() -> browser.driver().getCurrentUrl(), it -> it.contains("/#/jobs/"));
        return api.get("/v1/jobs/" + url.substring(url.lastIndexOf('/') + 1)).body();
    }

    /** What has the focus, as screen readers say it. */
    String focused() {
        return browser.driver().switchTo().activeElement().getAccessibleName();
    }
}
