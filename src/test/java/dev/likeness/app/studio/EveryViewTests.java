package dev.likeness.app.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api.Answer;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.task.Phase;
import dev.likeness.diffusion.adapter.TensorFile;
import dev.likeness.diffusion.evaluation.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** What holds for every view that the sources declare, each with user text that is markup. */
class EveryViewTests extends StudioTest {

    private static final String MARKUP = "<img src=x onerror=\"document.title='run'\">";
    private static final Path VIEWS = Path.of("src/main/web/src/views");
    private static final Pattern PATH = Pattern.compile("path: '(/[^']*)'");

    /** The narrowest window, in pixels. */
    private static final int NARROW = 320;

    private final Map<String, UUID> ids = new LinkedHashMap<>();
    private @Nullable UUID other;
    private @Nullable UUID failed;

    @Test
    void hasNoBarriersFitsEveryWindowAndShowsMarkupAsText(
            @Autowired ApplicationContext context, @Autowired TestDatabase database) throws IOException {
        fill(context, database);
        List<String> paths = paths();
        assertThat(paths).contains("/", "/jobs/:id").hasSameSizeAs(folders(true));
        // Asked for by the page itself, and tested in tests of their own.
        assertThat(folders(false)).containsExactly("signin");
        SoftAssertions all = new SoftAssertions();
        for (String path : paths) {
            check(all, path, place(path));
        }
        check(all, "failed", "/jobs/" + failed);
        all.assertAll();
    }

    @Test
    void hasNoBarriersInMenusAndDialogs() {
        SoftAssertions all = new SoftAssertions();
        UUID job = jobs.training("bird", 100);
        browser.width(StudioBrowser.PHONE);
        open("/jobs/" + job);
        settle();
        browser.control("More").click();
        inBothThemes(all, "menu");
        browser.screenshot("menu-390-dark");
        browser.press(Keys.ESCAPE);
        browser.control("Cancel").click();
        browser.waitFor("Cancel this training?");
        inBothThemes(all, "question");
        browser.screenshot("question-390-dark");
        browser.width(StudioBrowser.DESKTOP);
        inBothThemes(all, "question on a desktop");
        browser.screenshot("question-1440-dark");
        all.assertAll();
    }

    /** Few details of the API quote their callers, so that these come from a service that is made up. */
    @Test
    void showsMarkupInProblemsAsText() {
        Object script = browser.driver()
                .executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                                const real = window.fetch
                                const errors = ['first', 'second'].map(it => ({ loc: ['body', `%1$s`], msg: it + `%1$s`, type: '' }))
                                const problem = { title: `%1$s`, detail: `%1$s`, code: 'invalid_request', status: 422, errors }
                                window.fetch = (input, init) => (input.url ?? input).includes('/v1/')
                                  ? Promise.resolve(Response.json(problem, { status: 422 })) : real(input, init)
                                """.formatted(MARKUP)))
                .get("identifier");
        SoftAssertions all = new SoftAssertions();
        check(all, "problem", "/");
        browser.driver().executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
        all.assertThat(browser.texts("[role=alert]"))
                .anySatisfy(it -> assertThat(it).contains("first" + MARKUP, "second" + MARKUP));
        all.assertAll();
    }

    private void check(SoftAssertions all, String path, String place) {
        browser.width(StudioBrowser.DESKTOP);
        browser.dark(false);
        // Another document, so that each view starts as it does from a link.
        browser.driver().get("about:blank");
        open(place);
        settle();
        browser.driver().executeScript("document.querySelectorAll('details').forEach(it => it.open = true)");
        settle();
        String name = "view" + path.replaceAll("[^a-z]+", "-").replaceAll("-$", "");
        inBothThemes(all, path);
        browser.screenshot(name + "-1440-dark");
        browser.width(NARROW);
        all.assertThat(browser.driver()
                        .executeScript(
                                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("%s: pixels beyond a window of %d", path, NARROW)
                .isEqualTo(0L);
        browser.width(StudioBrowser.PHONE);
        browser.dark(false);
        browser.screenshot(name + "-390-light");
        all.assertThat(browser.driver()
                        .executeScript("return document.querySelectorAll('[src=x], [onerror], main script').length"))
                .as("%s: elements from text", path)
                .isEqualTo(0L);
        all.assertThat(browser.driver().getTitle()).as(path).isNotEqualTo("run").endsWith("Likeness");
        if (path.contains(":") || !path.startsWith("/")) {
            all.assertThat(
                            browser.text()
                                    + browser.driver()
                                            .executeScript(
                                                    "return [...document.querySelectorAll('input, textarea, img')].map(it => it.value ?? it.alt).join(' ')"))
                    .as(path)
                    .contains("<img src=x");
        }
    }

    private void inBothThemes(SoftAssertions all, String name) {
        for (boolean dark : List.of(false, true)) {
            browser.dark(dark);
            all.assertThat(browser.barriers()).as("%s, dark %s", name, dark).isEmpty();
        }
    }

    /** Names of the folders of views that have an address, or of those that have none. */
    private static List<String> folders(boolean address) throws IOException {
        try (Stream<Path> views = Files.list(VIEWS)) {
            return views.filter(Files::isDirectory)
                    .filter(it -> Files.exists(it.resolve("route.ts")) == address)
                    .map(it -> it.getFileName().toString())
                    .toList();
        }
    }

    /** Waits until nothing loads. */
    private void settle() {
        await().until(() -> Boolean.TRUE.equals(browser.driver().executeScript("""
                return document.querySelector('main h1, main [role=alert]') !== null
                  && ![...document.querySelectorAll('[role=status]')].some(it => it.innerText.startsWith('Loading'))
                  && document.querySelector('main [aria-busy=true]') === null""")));
    }

    private static List<String> paths() throws IOException {
        try (Stream<Path> views = Files.list(VIEWS)) {
            return views.map(it -> it.resolve("route.ts"))
                    .filter(Files::exists)
                    .sorted()
                    .flatMap(it -> PATH.matcher(read(it)).results().map(found -> found.group(1)))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A place of a path: its names are filled with what there is of the kind that they follow. */
    private String place(String path) {
        String place = Pattern.compile("/([a-z-]+)/:[a-z]+")
                .matcher(path)
                .replaceAll(it -> "/%s/%s".formatted(it.group(1), Objects.requireNonNull(ids.get(it.group(1)), path)));
        return path.equals("/compare") ? "/compare?jobs=%s,%s".formatted(ids.get("jobs"), other) : place;
    }

    /** One of everything, with markup in each text that comes from users. */
    private void fill(ApplicationContext context, TestDatabase database) {
        failed = jobs.failed("teapot", MARKUP);
        jobs.queued(MARKUP);
        UUID subject =
                created(api.send(HttpMethod.POST, "/v1/subjects", it -> {}, pictures(), MediaType.MULTIPART_FORM_DATA));
        api.send(
                HttpMethod.PUT,
                "/v1/subjects/%s/captions".formatted(subject),
                it -> {},
                "{\"captions\": [\"%1$s\", \"%1$s\", \"%1$s\"]}".formatted(escaped()),
                MediaType.APPLICATION_JSON);
        String spec = """
                {"subject_id": "%s", "spec": {"sampling": {"prompts": ["%s {subject}"], "negative_prompt": "%s"}}}
                """.formatted(subject, escaped(), escaped());
        UUID job = created(api.post("/v1/jobs", spec));
        UUID second = created(api.post("/v1/jobs", spec));
        for (UUID id : List.of(job, second)) {
            new StudioRun(context, id, 100)
                    .enter(Phase.PREPARING)
                    .log(MARKUP)
                    .train(0)
                    .steps(1, 5)
                    .image(ImageRole.EVALUATION, 5, 0, MARKUP)
                    .image(ImageRole.RESULT, 100, 0, MARKUP)
                    .score(Metric.CLIP_I, 0.646, 0.676)
                    .succeed();
        }
        other = second;
        api.post("/v1/jobs/%s/generations".formatted(job), "{\"prompts\": [\"%s\"]}".formatted(escaped()));
        UUID set = created(
                api.send(HttpMethod.POST, "/v1/class-sets", it -> {}, classImages(), MediaType.MULTIPART_FORM_DATA));
        UUID evaluation = created(api.post(
                "/v1/evaluations",
                "{\"job_ids\": [\"%s\", \"%s\"], \"prompts\": [\"%s\"]}".formatted(job, second, escaped())));
        UUID adapter = created(api.upload(
                MARKUP + ".safetensors",
                new TensorFile()
                        .addLayer("unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q", 160, 160)
                        .bytes(),
                "name",
                MARKUP));
        database.workers().register(MARKUP, 1L << 30, 0);
        ids.putAll(Map.of(
                "class-sets", set, "subjects", subject, "jobs", job, "evaluations", evaluation, "adapters", adapter));
    }

    private static UUID created(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        return UUID.fromString(answer.at("/id"));
    }

    private static String escaped() {
        return MARKUP.replace("\"", "\\\"");
    }

    private static MultiValueMap<String, Object> classImages() {
        MultiValueMap<String, Object> form = images();
        form.add("name", MARKUP);
        return form;
    }

    private static MultiValueMap<String, Object> pictures() {
        MultiValueMap<String, Object> form = images();
        form.add("class_word", "bird");
        return form;
    }

    private static MultiValueMap<String, Object> images() {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        for (int i = 1; i <= 3; i++) {
            byte[] picture = content(new ClassPathResource("subjects/owl/%d.png".formatted(i)));
            String name = i + MARKUP + ".png";
            form.add("images", new ByteArrayResource(picture) {
                @Override
                public String getFilename() {
                    return name;
                }
            });
        }
        return form;
    }

    private static byte[] content(ClassPathResource resource) {
        try {
            return resource.getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
