package dev.likeness.app.studio;

import static java.lang.Boolean.TRUE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.security.SignedLinks;
import dev.likeness.app.web.AuthenticatedApiTest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The studio of a server that needs a key for every answer. */
class SignInTests extends AuthenticatedApiTest {

    private static final String UNKNOWN = ADMIN.substring(0, ADMIN.length() - 1) + "x";

    /** Counts deletions that the page sends. */
    private static final String WATCH_DELETIONS = """
            const fetch = window.fetch
            window.deletions = 0
            window.fetch = (request, init) => {
              if (request.method === 'DELETE') window.deletions++
              return fetch(request, init)
            }
            """;

    /** More than fit on a phone, and than its browser loads in advance. */
    private static final int PICTURES = 18;

    private final StudioBrowser browser = StudioBrowser.shared();

    @BeforeEach
    void start() {
        worker.clear();
        browser.reset(anonymous.root());
        browser.expectError("status of 401");
    }

    @AfterEach
    void theConsoleHasNoErrors() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void asksForAKeyOnce() {
        browser.open(anonymous.root() + "/");
        browser.waitFor("Sign in");
        browser.lookAt("sign-in");

        browser.field("API key").sendKeys(ADMIN, Keys.ENTER);

        browser.waitFor("Nothing trained yet");
        browser.driver().navigate().refresh();
        browser.waitFor("Nothing trained yet");
        assertThat(browser.driver().getCurrentUrl()).doesNotContain("lk_");
        assertThat(browser.driver().executeScript("return JSON.stringify(localStorage) + document.cookie"))
                .asString()
                .doesNotContain("lk_");
        browser.control("Sign out").click();
        browser.waitFor("API key");
    }

    @Test
    void sendsADeletionBeforeTheKeyIsForgotten() {
        Api admin = anonymous.as(ADMIN);
        worker.finishedJob(admin);
        browser.open(anonymous.root() + "/");
        browser.field("API key").sendKeys(ADMIN, Keys.ENTER);
        browser.control("sks bird").click();
        browser.control("Delete").click();
        browser.waitFor("Undo");

        browser.control("Sign out").click();

        browser.waitFor("API key");
        await().until(() -> admin.get("/v1/jobs").results("id").isEmpty());
        assertThat(browser.text()).doesNotContain("Undo");
    }

    @Test
    void sendsNoDeletionForACallerWhoSignsOutInPlaceOfSigningInAgain() {
        Answer revoked = anonymous.as(ADMIN).post("/v1/api-keys", "{\"name\": \"tests\", \"owner\": \"studio\"}");
        worker.finishedJob(anonymous.as(revoked.at("/key")));
        browser.open(anonymous.root() + "/");
        browser.field("API key").sendKeys(revoked.at("/key"), Keys.ENTER);
        browser.control("sks bird").click();
        browser.control("Delete").click();
        browser.waitFor("Undo");
        anonymous.as(ADMIN).delete("/v1/api-keys/" + revoked.at("/id"));
        browser.driver().executeScript(WATCH_DELETIONS);
        browser.driver().executeScript("location.hash = '#/?status=failed'");
        browser.waitFor("no longer accepts the key");

        browser.find(By.cssSelector("dialog footer button")).click();

        browser.waitFor("sks bird was not deleted, because you signed out.");
        assertThat(browser.driver().executeScript("return window.deletions")).isEqualTo(0L);
    }

    @Test
    void saysWhyAKeyIsRefused() {
        browser.open(anonymous.root() + "/");

        browser.field("API key").sendKeys(UNKNOWN, Keys.ENTER);

        browser.waitFor("key");
        browser.find(By.cssSelector("[role=alert]"));
        assertThat(browser.field("API key").getDomAttribute("aria-invalid")).isEqualTo("true");
        browser.field("API key").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, Keys.ENTER);
        browser.waitFor("Enter a key.");
        browser.lookAt("sign-in-refused");
    }

    @Test
    void asksAgainOverTheViewWhenTheKeyIsNoLongerAccepted() {
        Answer revoked = anonymous.as(ADMIN).post("/v1/api-keys", "{\"name\": \"tests\", \"owner\": \"studio\"}");
        browser.open(anonymous.root() + "/");
        browser.field("API key").sendKeys(revoked.at("/key"), Keys.ENTER);
        browser.waitFor("Nothing trained yet");
        browser.driver().executeScript("document.querySelector('h1').dataset.same = 'yes'");
        anonymous.as(ADMIN).delete("/v1/api-keys/" + revoked.at("/id"));

        browser.driver().executeScript("location.hash = '#/?status=failed'");

        browser.waitFor("no longer accepts the key");
        browser.lookAt("sign-in-refused-later");
        browser.field("API key").sendKeys(UNKNOWN, Keys.ENTER);
        await().until(() -> "true".equals(browser.field("API key").getDomAttribute("aria-invalid")));
        browser.field("API key").sendKeys(Keys.chord(Keys.CONTROL, "a"), ADMIN, Keys.ENTER);
        browser.waitFor("No training matches");
        // The other caller may do more.
        browser.waitFor("Administration");
        assertThat(browser.driver().findElements(By.tagName("dialog"))).isEmpty();
        assertThat(browser.driver().executeScript("return document.querySelector('h1').dataset.same"))
                .isEqualTo("yes");
    }

    @Test
    void canGiveUpAfterTheKeyIsNoLongerAccepted() {
        browser.open(anonymous.root() + "/");
        browser.driver().executeScript("sessionStorage.setItem('likeness.key', arguments[0])", UNKNOWN);
        browser.driver().navigate().refresh();
        browser.waitFor("no longer accepts the key");

        browser.find(By.cssSelector("dialog footer button")).click();

        browser.waitFor("The page keeps it until you close the tab.");
        assertThat(browser.driver().findElements(By.tagName("dialog"))).isEmpty();
    }

    @Test
    void showsPicturesAfterTheirLinksHaveExpired(@Autowired ApplicationContext context, @Autowired SignedLinks links) {
        browser.expectError("status of 403");
        StudioJobs jobs = new StudioJobs(context);
        Api admin = anonymous.as(ADMIN);
        String first = admin.submit(Api.owl()).at("/id");
        jobs.finish(UUID.fromString(first), "owl", 1);
        String subject = admin.get("/v1/jobs/" + first).at("/subject_id");
        for (int i = 1; i < PICTURES; i++) {
            Answer job = admin.post("/v1/jobs", "{\"subject_id\": \"%s\"}".formatted(subject));
            jobs.finish(UUID.fromString(job.at("/id")), "owl", 1);
        }
        browser.width(StudioBrowser.PHONE);
        browser.open(anonymous.root() + "/");
        browser.field("API key").sendKeys(ADMIN, Keys.ENTER);
        browser.waitFor("sks bird");
        String last = "[...document.querySelectorAll('main img')].at(-1)";
        String loaded = "return " + last + "?.naturalWidth > 0";
        assertThat(browser.driver().executeScript(loaded))
                .as("a picture far away is not loaded")
                .isEqualTo(false);

        links.rotate();
        TestDatabase.of(context).keys().expireReplacedLinkKeys();
        browser.driver().executeScript(last + ".scrollIntoView()");

        // Sooner than the page asks again by itself.
        await().atMost(10, SECONDS).until(() -> TRUE.equals(browser.driver().executeScript(loaded)));
    }
}
