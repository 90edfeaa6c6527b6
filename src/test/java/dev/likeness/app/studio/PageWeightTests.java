package dev.likeness.app.studio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the first view costs, compared with Swagger UI's page of the same server in the same browser. */
class PageWeightTests extends StudioTest {

    private static final int ROUNDS = 3;

    private static final long MOST_BYTES = 200_000;

    /** Of Swagger UI's bytes, and of its time until its calls are seen. */
    private static final double BYTES = 0.1;

    private static final double TIME = 0.75;

    private record Visit(long bytes, double seconds) {}

    @Test
    void isLessThanThatOfSwaggerUi() {
        jobs.finished("bird", "owl", 1);
        Visit studio = new Visit(Long.MAX_VALUE, Double.MAX_VALUE);
        Visit swagger = studio;
        for (int i = 0; i < ROUNDS; i++) {
            studio = better(studio, visit("/", "main article img"));
            swagger = better(swagger, visit("/swagger-ui/index.html", ".opblock"));
        }
        System.out.printf("first view: studio %s, Swagger UI %s%n", studio, swagger);

        assertThat(studio.bytes()).isLessThan(MOST_BYTES).isLessThan(Math.round(swagger.bytes() * BYTES));
        assertThat(studio.seconds()).isLessThan(swagger.seconds() * TIME);
    }

    /** Opens a page with an empty cache, until an element is there. Bytes are those that were received, with headers. */
    private Visit visit(String path, String element) {
        browser.open("about:blank");
        browser.driver().executeCdpCommand("Network.clearBrowserCache", Map.of());
        // Before the page's own scripts, so that no time of the driver counts.
        Object script = browser.driver()
                .executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                                new MutationObserver((_, observer) => {
                                  if (!document.querySelector('%s')) return
                                  window.seenAfter = performance.now()
                                  observer.disconnect()
                                }).observe(document, { childList: true, subtree: true })
                                """.formatted(element)))
                .get("identifier");
        browser.open(api.root() + path);
        await().atMost(30, SECONDS).until(() -> browser.driver().executeScript("return window.seenAfter") != null);
        browser.driver().executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
        Number bytes = (Number) browser.driver().executeScript("""
                return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                  .filter(it => it.initiatorType !== 'img').reduce((sum, it) => sum + it.transferSize, 0)""");
        Number millis = (Number) browser.driver().executeScript("return window.seenAfter");
        return new Visit(bytes.longValue(), millis.doubleValue() / 1000);
    }

    private static Visit better(Visit a, Visit b) {
        return new Visit(Math.min(a.bytes(), b.bytes()), Math.min(a.seconds(), b.seconds()));
    }
}
