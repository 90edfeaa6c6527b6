package dev.likeness.app.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.web.AuthenticatedApiTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.springframework.util.MultiValueMap;

/** Keys and webhooks in the studio. */
class AdminTests extends AuthenticatedApiTest {

    private final StudioBrowser browser = StudioBrowser.shared();

    @BeforeEach
    void start() {
        browser.reset(anonymous.root());
        browser.expectError("status of 401");
    }

    @AfterEach
    void theConsoleHasNoErrors() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void createsAKeyShowsItOnceAndRevokesIt() {
        signIn(keyOf("read", "write", "admin"));
        browser.control("Administration").click();
        browser.control("New key").click();
        browser.field("Owner").sendKeys("shop");
        browser.expectError("status of 422");
        browser.control("Create the key").click();
        browser.find(By.cssSelector("dialog [role=alert]"));
        assertThat(browser.field("Name").getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(browser.field("Owner").getDomAttribute("aria-invalid")).isEqualTo("false");

        String name = "<b>shop</b> " + UUID.randomUUID();
        browser.field("Name").sendKeys(name);
        browser.field("Administration").sendKeys(Keys.SPACE);
        browser.field("Write").sendKeys(Keys.SPACE);
        browser.control("Create the key").click();
        browser.waitFor("shown only now");
        String key = String.valueOf(browser.field("Key").getDomProperty("value"));
        browser.lookAt("key-created");
        browser.press(Keys.ESCAPE);
        browser.press(Keys.ESCAPE);
        browser.driver()
                .executeScript(
                        "document.querySelector('dialog').dispatchEvent(new MouseEvent('click', {bubbles: true}))");
        assertThat(browser.field("Key").getDomProperty("value")).isEqualTo(key);
        assertThat(browser.find(By.tagName("dialog")).getText()).doesNotContain("Close");
        browser.control("Copy").click();
        browser.waitFor("Copied.");
        assertThat(anonymous.as(key).get("/v1/api-keys").status()).isEqualTo(200);
        assertThat(anonymous.as(key).post("/v1/evaluations", "{}").status()).isEqualTo(403);

        browser.control("I have stored it").click();
        browser.waitFor(name);
        browser.lookAt("keys");
        assertThat(browser.driver().getPageSource()).doesNotContain(key);
        browser.control("Revoke " + name).click();
        browser.waitFor("never becomes valid again");
        browser.hold("DELETE");
        browser.control("Revoke").click();
        browser.waitForHeld();
        browser.press(Keys.ESCAPE);
        browser.press(Keys.ESCAPE);
        assertThat(browser.control("Cancel").isEnabled()).isFalse();
        browser.release();
        await().until(() -> anonymous.as(key).get("/v1/api-keys").status() == 401);
        await().until(() ->
                browser.texts("article").stream().anyMatch(it -> it.startsWith(name) && it.contains("Revoked")));
    }

    @Test
    void isShownOnlyToThoseWhoMayManageKeys() {
        signIn(keyOf("read", "write"));
        browser.control("Workers");
        assertThat(browser.texts("nav a")).contains("Workers").doesNotContain("Administration");

        browser.open(anonymous.root() + "/#/admin");
        browser.waitFor("Your key does not permit this");
        assertThat(browser.text()).contains("the permission admin");
        browser.lookAt("not-permitted");
    }

    @Test
    void offersNoChangesToThoseWhoMayOnlyRead() {
        String owner = "reader-" + UUID.randomUUID();
        Api writer = anonymous.as(keyOfOwner(owner, "read", "write"));
        String job = worker.finishedJob(writer);
        String subject = writer.get("/v1/jobs/" + job).at("/subject_id");
        List<Place> places = List.of(
                new Place("/jobs/" + job, "See the result", List.of("Delete", "Train again with changes")),
                new Place(
                        "/jobs/%s/result".formatted(job),
                        "sks_lora.safetensors",
                        List.of("Delete", "Make more images", "Make images")),
                new Place("/subjects/" + subject, "sks bird", List.of("Train again")));

        signIn(keyOfOwner(owner, "read", "write"));
        for (Place place : places) {
            open(place);
            await().untilAsserted(() -> assertThat(controls()).as(place.path()).containsAll(place.changes()));
        }
        browser.control("Sign out").click();
        browser.waitFor("API key");

        signIn(keyOfOwner(owner, "read"));
        browser.waitFor("sks bird");
        assertThat(browser.texts("nav a")).contains("Trainings").doesNotContain("New");

        for (Place place : places) {
            open(place);
            assertThat(controls()).as(place.path()).doesNotContainAnyElementsOf(place.changes());
        }
        browser.open(anonymous.root() + "/#/adapters");
        browser.waitFor("No adapter yet");
        browser.open(anonymous.root() + "/#/evaluations");
        browser.waitFor("No evaluation yet");
        assertThat(browser.text()).doesNotContain("New evaluation", "Upload");
        browser.open(anonymous.root() + "/#/new");
        browser.waitFor("Your key does not permit this");
    }

    /** A view, what it shows last, and what it offers to those who may write. */
    private record Place(String path, String last, List<String> changes) {}

    /** Opens it in a new document, where nothing of another view is left. */
    private void open(Place place) {
        browser.open("about:blank");
        browser.open(anonymous.root() + "/#" + place.path());
        browser.waitFor(place.last());
    }

    private List<String> controls() {
        return browser.texts("main button, main a");
    }

    @Test
    void deliversAWebhookAgainAndRotatesItsSecret() {
        String key = keyOf("read", "write", "admin");
        Api owner = anonymous.as(key);
        MultiValueMap<String, Object> form = Api.owl();
        form.add("webhook", "http://127.0.0.1:9/hook");
        worker.work(UUID.fromString(owner.submit(form).at("/id")));
        signIn(key);
        browser.control("Administration").click();
        browser.field("Webhooks").sendKeys(Keys.SPACE);

        browser.waitFor("No connection");
        assertThat(browser.texts("article"))
                .first()
                .asString()
                .contains("Training finished", "http://127.0.0.1:9/hook");
        int attempts = attempts(owner);
        browser.control("Deliver again").click();
        browser.waitFor("It is delivered again.");
        await().until(() -> attempts(owner) > attempts);
        browser.lookAt("webhooks");

        browser.control("Show the secret").click();
        String before = secret();
        assertThat(before).startsWith("whsec_");
        browser.control("Rotate the secret").click();
        browser.waitFor("For one day the previous one signs as well");
        browser.control("Rotate").click();
        await().until(() -> !secret().equals(before));
        assertThat(owner.get("/v1/webhooks/secret").at("/secret")).isEqualTo(secret());
        browser.control("Hide the secret").click();
        assertThat(browser.driver().findElements(By.cssSelector("input[readonly]")))
                .isEmpty();
    }

    private String keyOf(String... scopes) {
        return keyOfOwner("operator-" + UUID.randomUUID(), scopes);
    }

    private String keyOfOwner(String owner, String... scopes) {
        return anonymous
                .as(ADMIN)
                .post(
                        "/v1/api-keys",
                        "{\"name\": \"operator\", \"owner\": \"%s\", \"scopes\": [\"%s\"]}"
                                .formatted(owner, String.join("\", \"", scopes)))
                .at("/key");
    }

    private void signIn(String key) {
        browser.open(anonymous.root() + "/");
        browser.field("API key").sendKeys(key, Keys.ENTER);
        browser.waitFor("Sign out");
    }

    private String secret() {
        return String.valueOf(browser.field("Secret").getDomProperty("value"));
    }

    private static int attempts(Api owner) {
        return owner.get("/v1/webhooks").body().at("/results/0/attempts").asInt();
    }
}
