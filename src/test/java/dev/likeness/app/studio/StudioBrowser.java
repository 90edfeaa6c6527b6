package dev.likeness.app.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.providers.EmbeddedResourceAxeProvider;
import com.deque.html.axecore.providers.IAxeScriptProvider;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.naming.OperationNotSupportedException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.pollinterval.IterativePollInterval;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium, one for each JVM. Elements are found by what a person perceives: their text, label or role. */
public final class StudioBrowser {

    /** Of a phone, and of a desktop, in pixels. */
    public static final int PHONE = 390;

    public static final int DESKTOP = 1440;

    /** A screen of 4K at its full resolution. */
    private static final int UHD = 3840;

    /** Longer lines of text are hard to read: about 100 characters. */
    private static final double LONGEST_LINE = 50;

    private static final Path SCREENSHOTS = Path.of("target/studio");

    /** Rules of WCAG 2.2 AA, and what axe recommends beyond them. Of what is right, it collects no details. */
    private static final String RULES = """
            {
              "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
              "resultTypes": ["violations"]
            }
            """;

    private static final IAxeScriptProvider AXE = new EmbeddedResourceAxeProvider();

    /** What buttons and links are, for {@link #named}. */
    private static final String CONTROLS = "button, a[href], summary, [role=button]";

    private static final String FIELDS = "input, select, textarea";

    /**
     * Elements of a kind that may have a name. Whether one has it is a question to the browser for each, so that only those
     * are asked where the name occurs in the texts that names come from.
     */
    private static final String CANDIDATES = """
            const plain = (text) => (text ?? '').replace(/\\s+/g, '')
            const [selector, name] = [arguments[0], plain(arguments[1])]
            const texts = (it) => [it, ...it.querySelectorAll('*'), ...(it.labels ?? [])].flatMap((part) => [
              part.getAttribute('aria-label'), part.getAttribute('title'), part.getAttribute('alt'), part.getAttribute('placeholder'),
              ...(part.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent),
            ]).concat(it.textContent, ...[...(it.labels ?? [])].map((label) => label.textContent))
            return [...document.querySelectorAll(selector)].filter((it) => texts(it).some((text) => plain(text).includes(name)))
            """;

    private final ChromeDriver driver;
    private final List<Pattern> expected = new ArrayList<>();

    private StudioBrowser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** The browser of this JVM, which starts with the first call and ends with the JVM. */
    public static StudioBrowser shared() {
        return Holder.SHARED;
    }

    private static StudioBrowser start() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--no-first-run",
                "--accept-lang=en-US",
                "--hide-scrollbars");
        ChromeDriver driver = new ChromeDriver(options);
        // On a busy machine a page needs its time.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
        Runtime.getRuntime().addShutdownHook(new Thread(driver::quit));
        return new StudioBrowser(driver);
    }

    /** Everything as in a new browser: light, on a desktop, connected, with nothing stored. */
    void reset(String root) {
        expected.clear();
        online(true);
        touch(false);
        dark(false);
        reduceMotion(true);
        width(DESKTOP);
        driver.get(root + "/v1/nothing");
        driver.executeScript("sessionStorage.clear(); localStorage.clear()");
        driver.get("about:blank");
        driver.manage().logs().get(LogType.BROWSER);
    }

    public ChromeDriver driver() {
        return driver;
    }

    public void open(String url) {
        driver.get(url);
    }

    /** The width of the window, with a height that suits it. */
    public void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        pixels,
                        "height",
                        pixels < 600 ? 844 : 900,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        pixels < 600));
    }

    /** Whether the window is touched, as on a phone, in place of a mouse. */
    public void touch(boolean on) {
        driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", on));
    }

    private boolean dark;
    private boolean still;

    /** The theme of the system. */
    public void dark(boolean on) {
        dark = on;
        emulate();
    }

    /** Whether the system asks for less motion, as it does in tests unless they say otherwise. */
    public void reduceMotion(boolean on) {
        still = on;
        emulate();
    }

    private void emulate() {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                                Map.of(
                                        "name",
                                        "prefers-reduced-motion",
                                        "value",
                                        still ? "reduce" : "no-preference"))));
    }

    /** Whether the network is there. */
    public void online(boolean on) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", !on, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Cuts the connection once after the next request that creates something has reached the service, before its answer. */
    public void loseNextAnswer() {
        driver.executeScript("""
                const fetch = window.fetch
                window.fetch = async (request, init) => {
                  const creates = (request.method ?? init?.method) === 'POST'
                  if (creates) window.fetch = fetch
                  const answer = await fetch(request, init)
                  if (creates) throw new TypeError('Failed to fetch')
                  return answer
                }
                """);
    }

    /** The text that is seen. */
    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** The texts of all elements of a kind, at one moment. */
    @SuppressWarnings("unchecked") // What the script returns.
    public List<String> texts(String selector) {
        return (List<String>) driver.executeScript(
                "return [...document.querySelectorAll(arguments[0])].map(it => it.innerText)", selector);
    }

    /** Waits until the page shows a text. */
    public void waitFor(String text) {
        patiently().untilAsserted(() -> assertThat(text()).contains(text));
    }

    /** Waits for an element. */
    public WebElement find(By by) {
        return patiently().until(() -> driver.findElement(by), WebElement::isDisplayed);
    }

    /** The button or link with a name, as screen readers say it. */
    public WebElement control(String name) {
        return patiently()
                .until(
                        () -> named(CONTROLS, name)
                                .filter(WebElement::isDisplayed)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The input with a label. */
    public WebElement field(String label) {
        return patiently()
                .until(() -> named(FIELDS, label).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    @SuppressWarnings("unchecked") // What the script returns.
    private Stream<WebElement> named(String selector, String name) {
        return ((List<WebElement>) driver.executeScript(CANDIDATES, selector, name))
                .stream().filter(it -> it.getAccessibleName().equals(name));
    }

    /** Looks at once, then soon, then less often. */
    private static ConditionFactory patiently() {
        return await().pollDelay(Duration.ZERO)
                .pollInterval(new IterativePollInterval(
                        it -> it.compareTo(Duration.ofMillis(100)) < 0 ? it.multipliedBy(2) : it,
                        Duration.ofMillis(10)))
                // Elements that come and go, and documents.
                .ignoreExceptionsInstanceOf(WebDriverException.class);
    }

    /** Sends keys to what has the focus. */
    public void press(CharSequence... keys) {
        // Keys that are sent to a file input itself would be the names of files.
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Moves the focus as the tab key does, until it is on the control with a name. */
    public void tabTo(String name) {
        for (int i = 0; i < 60; i++) {
            press(Keys.TAB);
            if (driver.switchTo().activeElement().getAccessibleName().equals(name)) {
                return;
            }
        }
        throw new AssertionError("the tab key does not reach " + name);
    }

    /** What axe finds in the page as it is: rules with the elements that break them. */
    public List<String> barriers() {
        // The other mode tests frames of other origins, in a new window for each analysis. The studio has no frame.
        AxeBuilder axe = new AxeBuilder().setLegacyMode().setAxeScriptProvider(this::axeUnlessThere);
        axe.setOptions(RULES);
        assertThat(driver.findElements(By.cssSelector("iframe, frame"))).isEmpty();
        return axe.analyze(driver).getViolations().stream()
                .map(StudioBrowser::summary)
                .toList();
    }

    private String axeUnlessThere() throws OperationNotSupportedException, IOException {
        return Boolean.TRUE.equals(driver.executeScript("return 'axe' in window")) ? "" : AXE.getScript();
    }

    private static String summary(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream().map(it -> it.getHtml()).toList();
    }

    /**
     * Checks the page for barriers and takes its picture, on a phone and on a desktop, in both themes, as soon as nothing in
     * it is about to be replaced. The pictures lie in {@code target/studio}.
     */
    public void lookAt(String name) {
        patiently()
                .until(() -> driver.findElements(By.cssSelector("main [aria-busy=true]:not(button)"))
                        .isEmpty());
        for (int width : List.of(PHONE, DESKTOP)) {
            for (boolean theme : List.of(false, true)) {
                width(width);
                dark(theme);
                String shown = "%s-%d-%s".formatted(name, width, theme ? "dark" : "light");
                assertThat(beyondTheWindow())
                        .as("%s: pixels beyond the window", shown)
                        .isNotPositive();
                assertThat(barriers()).as(shown).isEmpty();
                screenshot(shown);
            }
        }
        width(UHD);
        assertThat(beyondTheWindow())
                .as("%s: pixels beyond a window of 4K", name)
                .isNotPositive();
        assertThat(longestLine()).as("%s: the longest line at 4K, in rem", name).isLessThan(LONGEST_LINE);
        width(DESKTOP);
        dark(false);
    }

    /** The width of the longest line of prose, in rem. */
    private double longestLine() {
        return ((Number) driver.executeScript("""
                const lines = [...document.querySelectorAll('main p')].flatMap((it) => {
                  const range = document.createRange()
                  range.selectNodeContents(it)
                  return [...range.getClientRects()].map((line) => line.width)
                })
                return Math.max(0, ...lines) / parseFloat(getComputedStyle(document.documentElement).fontSize)
                """)).doubleValue();
    }

    /** By how many pixels the page is wider than the window. */
    public long beyondTheWindow() {
        return (Long) driver.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** Runs something while a path of the API has this answer, for what a server without network cannot have. */
    public void answering(String path, String json, Runnable run) {
        String script = """
                {
                  const fetch = window.fetch
                  window.fetch = (request, init) => new URL(request.url ?? request, location.href).pathname === '%s'
                    ? Promise.resolve(new Response(%s, {headers: {'Content-Type': 'application/json'}}))
                    : fetch(request, init)
                }
                """.formatted(path, JsonMapper.shared().writeValueAsString(json));
        Object id = driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
                .get("identifier");
        try {
            run.run();
        } finally {
            driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", id));
        }
    }

    /** The page's next call with a method waits until {@link #release}. */
    public void hold(String method) {
        driver.executeScript("""
                const fetch = window.fetch
                const method = arguments[0]
                window.fetch = async (request, init) => {
                  if (request.method === method) {
                    await new Promise((answer) => { window.release = answer })
                    window.fetch = fetch
                  }
                  return fetch(request, init)
                }
                """, method);
    }

    /** Waits for a call that is held, and lets it go. */
    public void release() {
        waitForHeld();
        driver.executeScript("window.release(); delete window.release");
    }

    /** Waits until the page has sent a call that is held. */
    public void waitForHeld() {
        await().until(() -> (boolean) driver.executeScript("return 'release' in window"));
    }

    public void screenshot(String name) {
        write(name + ".png", driver.getScreenshotAs(OutputType.BYTES));
    }

    /** A screenshot that is small enough for the README. */
    public void photograph(String name) {
        Object image = driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "webp", "quality", 85))
                .get("data");
        write(name + ".webp", Base64.getDecoder().decode(String.valueOf(image)));
    }

    private static void write(String name, byte[] image) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name), image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An error in the console that belongs to the test, such as the browser's line about an answer with 422. */
    public void expectError(String regex) {
        expected.add(Pattern.compile(regex));
    }

    /** Errors in the console since the last call, violations of the content security policy among them. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(it -> it.getLevel().intValue() >= Level.WARNING.intValue()
                        || it.getMessage().contains("Content Security Policy"))
                .map(it -> it.getMessage())
                .filter(it -> expected.stream().noneMatch(of -> of.matcher(it).find()))
                .toList();
    }

    private static final class Holder {

        static final StudioBrowser SHARED = start();
    }
}
