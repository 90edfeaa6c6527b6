package dev.likeness.app.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demo's job in two tabs, through a reload and a restart. Its photographs are those of the README. */
@Tag("acceptance")
class EndToEndAcceptanceTests {

    private final StudioBrowser browser = StudioBrowser.shared();

    @Test
    void survivesAReloadARestartAndASecondTab() throws IOException, InterruptedException {
        try (RealStudio studio = new RealStudio(browser)) {
            Interruptions followed = new Interruptions(browser, studio, Duration.ofMinutes(10));
            followed.train("", 400);
            studio.scrollThrough();
            await().atMost(Duration.ofSeconds(30)).until(() -> studio.pictures("main img") > 10);
            browser.driver().executeScript("scrollTo({ top: 0 })");
            browser.photograph("studio-result");
            browser.width(StudioBrowser.PHONE);
            browser.photograph("studio-phone");
            browser.width(StudioBrowser.DESKTOP);
            assertThat(browser.errors()).isEmpty();
            followed.inSecondTab();
        }
    }
}
