package dev.likeness.app.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openqa.selenium.WindowType;

/** A training in two tabs, one of which is loaded again in the middle, and whose service restarts in the middle. */
final class Interruptions {

    private final StudioBrowser browser;
    private final RealStudio studio;
    private final Duration trained;
    private final String first;
    private String second = "";
    private Pattern progress = Pattern.compile("");

    /** @param trained how long the training may last */
    Interruptions(StudioBrowser browser, RealStudio studio, Duration trained) {
        this.browser = browser;
        this.studio = studio;
        this.trained = trained;
        first = browser.driver().getWindowHandle();
    }

    /** Trains, and shows the result. */
    void train(String preset, int steps) throws IOException, InterruptedException {
        progress = Pattern.compile("(\\d+) of " + steps);
        String job = studio.train(preset);
        awaitStep(steps / 10);
        browser.driver().switchTo().newWindow(WindowType.TAB);
        browser.open(studio.root() + "/#/");
        browser.waitFor("Running");
        second = browser.driver().getWindowHandle();
        browser.driver().switchTo().window(first);

        browser.driver().navigate().refresh();
        int shown = awaitStep(steps * 3 / 10);
        browser.photograph("studio-training");

        browser.expectError(
                "ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE");
        browser.expectError("status of 50[234]");
        studio.stop();
        int before = Math.max(shown, step());
        assertThat(before).as("the training ended before the restart").isLessThan(steps);
        studio.startAgain();
        // A later step than the page has shown so far: it continues without a reload.
        awaitStep(before + 1);
        studio.follow("See the result", trained);
        browser.waitFor("Make more images");
        assertThat(browser.driver().getCurrentUrl()).contains(job);
    }

    /** Expects the end of the training in the other tab, which was left alone since, and closes it. */
    void inSecondTab() {
        browser.driver().switchTo().window(second);
        browser.waitFor("Finished");
        await().atMost(Duration.ofSeconds(30)).until(() -> studio.pictures("main img") > 0);
        assertThat(browser.errors()).isEmpty();
        browser.driver().close();
        browser.driver().switchTo().window(first);
    }

    /** Waits until the page shows this step of the training or a later one, and returns it. */
    private int awaitStep(int step) {
        return await().atMost(trained).ignoreExceptions().until(this::step, it -> it >= step);
    }

    private int step() {
        Matcher shown = progress.matcher(browser.text());
        return shown.find() ? Integer.parseInt(shown.group(1)) : 0;
    }
}
