package dev.likeness.app.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WindowType;

/** The demo's job in two tabs, one of which is loaded again in the middle, and whose service restarts in the middle. */
@Tag("acceptance")
class EndToEndAcceptanceTests {

    private static final Duration TRAINED = Duration.ofMinutes(10);
    private static final Pattern STEP = Pattern.compile("(\\d+) of 400");

    private final StudioBrowser browser = StudioBrowser.shared();

    @Test
    void survivesAReloadARestartAndASecondTab() throws IOException, InterruptedException {
        try (RealStudio studio = new RealStudio(browser)) {
            String job = studio.train("");
            String first = browser.driver().getWindowHandle();
            awaitStep(40);
            browser.driver().switchTo().newWindow(WindowType.TAB);
            browser.open(studio.root() + "/#/");
            browser.waitFor("Running");
            String second = browser.driver().getWindowHandle();
            browser.driver().switchTo().window(first);

            browser.driver().navigate().refresh();
            int shown = awaitStep(120);
            browser.photograph("studio-training");

            browser.expectError(
                    "ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE");
            browser.expectError("status of 50[234]");
            studio.stop();
            int before = Math.max(shown, step());
            studio.startAgain();
            // A later step than the page has shown so far: it continues without a reload.
            awaitStep(before + 1);
            studio.follow("See the result", TRAINED);
            browser.waitFor("Make more images");
            studio.scrollThrough();
            await().atMost(Duration.ofSeconds(30)).until(() -> studio.pictures("main img") > 10);
            assertThat(browser.driver().getCurrentUrl()).contains(job);
            browser.driver().executeScript("scrollTo({ top: 0 })");
            browser.photograph("studio-result");
            browser.width(StudioBrowser.PHONE);
            browser.photograph("studio-phone");
            browser.width(StudioBrowser.DESKTOP);
            assertThat(browser.errors()).isEmpty();

            browser.driver().switchTo().window(second);
            browser.waitFor("Finished");
            await().atMost(Duration.ofSeconds(30)).until(() -> studio.pictures("main img") > 0);
            assertThat(browser.errors()).isEmpty();
            browser.driver().close();
            browser.driver().switchTo().window(first);
        }
    }

    /** Waits until the page shows this step of the training or a later one, and returns it. */
    private int awaitStep(int step) {
        return await().atMost(TRAINED).ignoreExceptions().until(this::step, it -> it >= step);
    }

    private int step() {
        Matcher shown = STEP.matcher(browser.text());
        return shown.find() ? Integer.parseInt(shown.group(1)) : 0;
    }
}
