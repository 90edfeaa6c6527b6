package dev.likeness.app.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.web.AuthenticatedApiTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The studio of a server that needs a key for every answer. */
class SignInTests extends AuthenticatedApiTest {

    private static final String UNKNOWN = ADMIN.substring(0, ADMIN.length() - 1) + "x";

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
    void asksAgainWhenTheKeyIsNoLongerAccepted() {
        browser.open(anonymous.root() + "/");
        browser.field("API key").sendKeys(ADMIN, Keys.ENTER);
        browser.waitFor("Nothing trained yet");

        browser.driver().executeScript("sessionStorage.setItem('likeness.key', arguments[0])", UNKNOWN);
        browser.driver().navigate().refresh();

        browser.waitFor("did not accept the last key");
    }
}
