package dev.likeness.app.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** From pictures to images, and to more images, in the browser, with a real worker, through a reload and a restart. */
class EndToEndTests {

    private static final Duration TRAINED = Duration.ofMinutes(3);

    private final StudioBrowser browser = StudioBrowser.shared();

    @Test
    void fromPicturesToImagesAndMoreImages() throws IOException, InterruptedException {
        try (RealStudio studio = new RealStudio(browser)) {
            Interruptions followed = new Interruptions(browser, studio, TRAINED);
            followed.train("short", 200);
            studio.scrollThrough();
            await().atMost(Duration.ofSeconds(30)).until(() -> studio.pictures("main img") > 5);

            browser.field("Prompt").sendKeys("a photo of a sks bird");
            studio.click(browser.control("Make images"));

            await().atMost(TRAINED).until(() -> {
                studio.scrollThrough();
                return studio.pictures("ol img") > 0;
            });
            assertThat(browser.errors()).isEmpty();
            followed.inSecondTab();
        }
    }
}
