package dev.likeness.app.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.web.AuthenticatedApiTest;
import dev.likeness.app.web.CodeFlow;
import dev.likeness.app.web.TokenIssuer;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The studio's sign-in at an issuer of tokens. */
class OpenIdTests extends AuthenticatedApiTest {

    private static final String SIGN_IN =
            "Sign in at " + URI.create(TokenIssuer.TESTS.url()).getAuthority();

    private final StudioBrowser browser = StudioBrowser.shared();
    private final CodeFlow issuer = TokenIssuer.FLOW;

    @BeforeEach
    void start() {
        issuer.reset();
        browser.reset(anonymous.root());
        browser.expectError("status of 401");
    }

    @AfterEach
    void theConsoleHasNoErrors() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void returnsToThePageThatWasWanted() {
        signIn("/#/?status=failed");

        browser.waitFor("No training matches");
        assertThat(browser.driver().getCurrentUrl()).isEqualTo(anonymous.root() + "/#/?status=failed");
        assertThat(browser.driver().executeScript("return JSON.stringify(localStorage) + document.cookie"))
                .isEqualTo("{}");
        assertThat(issuer.grants()).containsExactly("authorization_code");
        browser.driver().navigate().refresh();
        browser.waitFor("No training matches");
    }

    @Test
    void refreshesAnExpiredTokenByItself() {
        signIn("/");
        browser.waitFor("Nothing trained yet");

        expire();

        browser.waitFor("Nothing trained yet");
        assertThat(issuer.grants()).containsExactly("authorization_code", "refresh_token");
        expire();
        browser.waitFor("Nothing trained yet");
        assertThat(issuer.grants()).hasSize(3);
    }

    @Test
    void asksInAnotherWindowWhenTheSignInHasExpired() {
        browser.expectError("status of 400");
        signIn("/");
        browser.waitFor("Nothing trained yet");
        issuer.stopRefreshing();
        expire();
        browser.waitFor("The sign-in has expired.");
        browser.lookAt("sign-in-again");
        mark();

        browser.press(Keys.ESCAPE);
        browser.press(Keys.ESCAPE);
        browser.driver().executeScript("window.allowed = window.open; window.open = () => null");
        browser.control(SIGN_IN).click();
        browser.waitFor("The browser blocked the window of the sign-in.");
        assertThat(issuer.grants()).containsExactly("authorization_code");
        browser.driver().executeScript("window.open = window.allowed");
        // The other window begins with a copy of this.
        pending("of an earlier one");
        browser.control(SIGN_IN).click();

        browser.waitFor("Nothing trained yet");
        await().until(() -> browser.driver().findElements(By.tagName("dialog")).isEmpty());
        await().until(() -> browser.driver().getWindowHandles().size() == 1);
        assertThat(marked()).isTrue();
    }

    @Test
    void signsInByAWindowThatDoesNotKnowItsOpener() {
        browser.expectError("status of 400");
        browser.expectError("favicon.ico");
        signIn("/");
        browser.waitFor("Nothing trained yet");
        issuer.stopRefreshing();
        expire();
        browser.waitFor("The sign-in has expired.");
        issuer.sever();
        String first = browser.driver().getWindowHandle();

        browser.control(SIGN_IN).click();

        String second = await().until(
                        () -> browser.driver().getWindowHandles().stream()
                                .filter(it -> !it.equals(first))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        browser.driver().switchTo().window(second);
        // As browsers do that know no script to have opened it.
        browser.driver()
                .executeCdpCommand(
                        "Page.addScriptToEvaluateOnNewDocument",
                        Map.of("source", "window.opener = null; window.close = () => {}"));
        browser.control("Agree").click();
        browser.find(By.xpath("//p[contains(., 'You can close this window.')]"));
        assertThat(browser.barriers()).isEmpty();
        browser.driver().close();
        browser.driver().switchTo().window(first);
        await().until(() -> browser.driver().findElements(By.tagName("dialog")).isEmpty());
        browser.waitFor("Nothing trained yet");
    }

    @Test
    void saysWhyTheSignInFailed() {
        issuer.deny();

        signIn("/");

        browser.waitFor("The sign-in did not succeed");
        assertThat(browser.text()).contains("Alice did not agree.");
        assertThat(browser.driver().getCurrentUrl()).doesNotContain("error");
        browser.lookAt("sign-in-denied");
        issuer.reset();
        browser.control(SIGN_IN).click();
        browser.waitFor("Nothing trained yet");
    }

    @Test
    void ignoresAnAnswerWithoutAQuestion() {
        browser.open(anonymous.root() + "/?code=abc&state=def");

        browser.waitFor("The page has asked for no such answer.");
        browser.control(SIGN_IN);
        assertThat(browser.driver().getCurrentUrl()).isEqualTo(anonymous.root() + "/");
    }

    @Test
    void refusesAnAnswerToAnotherSignIn() {
        browser.open(anonymous.root() + "/");
        browser.control(SIGN_IN);
        pending("mine");

        browser.open(anonymous.root() + "/?code=abc&state=of-another");

        browser.waitFor("The sign-in did not succeed");
        assertThat(issuer.grants()).isEmpty();
    }

    @Test
    void signsOut() {
        signIn("/");
        browser.waitFor("Nothing trained yet");
        assertThat(issuer.valid()).isEqualTo(1);

        browser.control("Sign out").click();

        browser.waitFor(SIGN_IN);
        await().until(() -> issuer.valid() == 0);
        assertThat(browser.driver().executeScript("return JSON.stringify(sessionStorage)"))
                .isEqualTo("{}");
    }

    private void signIn(String place) {
        browser.open(anonymous.root() + place);
        browser.control(SIGN_IN).click();
    }

    /** As if a sign-in with a state were under way in this window. */
    private void pending(String state) {
        browser.driver()
                .executeScript(
                        "sessionStorage.setItem('likeness.sign-in', arguments[0])",
                        "{\"verifier\": \"%s\", \"state\": \"%s\", \"hash\": \"\"}".formatted("v".repeat(43), state));
    }

    /** As if the time of the token had passed. */
    private void expire() {
        browser.driver().executeScript("""
                const tokens = JSON.parse(sessionStorage.getItem('likeness.tokens'))
                sessionStorage.setItem('likeness.tokens', JSON.stringify({ ...tokens, expires: 0 }))
                location.reload()
                """);
    }

    /** Marks the view, to see whether it is the same later. */
    private void mark() {
        browser.driver().executeScript("document.querySelector('h1').dataset.same = 'yes'");
    }

    private boolean marked() {
        return Boolean.TRUE.equals(
                browser.driver().executeScript("return document.querySelector('h1').dataset.same === 'yes'"));
    }
}
