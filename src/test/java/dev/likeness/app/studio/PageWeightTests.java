package dev.likeness.app.studio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the first view costs, compared with Swagger UI's page of the same server in the same browser. */
class PageWeightTests extends StudioTest {

    /** Odd, so that there is one in the middle. The first visits warm up the browser and are not counted. */
    private static final int ROUNDS = 5;

    private static final long MOST_BYTES = 200_000;

    /** Of Swagger UI's bytes, and of its time until its calls are seen: a ratio, which holds on a busy machine too. */
    private static final double BYTES = 0.1;

    private static final double TIME = 0.75;

    private record Visit(long bytes, double seconds) {}

    @Test
    void isLessThanThatOfSwaggerUi() {
        jobs.finished("bird", "owl", 1);
        List<Visit> studio = new ArrayList<>();
        List<Visit> swagger = new ArrayList<>();
        for (int i = 0; i <= ROUNDS; i++) {
            studio.add(visit("/", "main article img"));
            swagger.add(visit("/swagger-ui/index.html", ".opblock"));
        }
        System.out.printf("first view: studio %s, Swagger UI %s%n", studio, swagger);

        assertThat(median(studio, Visit::bytes))
                .isLessThan(MOST_BYTES)
                .isLessThan(Math.round(median(swagger, Visit::bytes) * BYTES));
        assertThat(median(studio, Visit::seconds)).isLessThan(median(swagger, Visit::seconds) * TIME);
    }

    /** Of the counted visits. */
    private static <T extends Comparable<T>> T median(List<Visit> visits, Function<Visit, T> value) {
        return visits.stream().skip(1).map(value).sorted().toList().get(ROUNDS / 2);
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
}
