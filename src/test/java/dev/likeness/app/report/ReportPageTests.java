package dev.likeness.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.TestJobs;
import dev.likeness.app.picture.StoredPictures;
import dev.likeness.app.report.JobReport.Course;
import dev.likeness.app.report.JobReport.Inputs;
import dev.likeness.app.report.JobReport.Outcome;
import dev.likeness.app.report.JobReport.Picture;
import dev.likeness.app.report.JobReport.ResultGroup;
import dev.likeness.app.report.JobReport.ResultImage;
import dev.likeness.app.report.JobReport.ResultScore;
import dev.likeness.app.report.JobReport.Results;
import dev.likeness.app.report.LossCurve.Point;
import dev.likeness.app.report.Sheet.Cell;
import dev.likeness.app.report.Sheet.Image;
import dev.likeness.app.report.Sheet.Row;
import dev.likeness.app.score.Advice;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.subject.Finding;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.sampling.GuidanceInterval;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.attoparser.MarkupParser;
import org.attoparser.ParseException;
import org.attoparser.config.ParseConfiguration;
import org.attoparser.config.ParseConfiguration.ElementBalancing;
import org.attoparser.simple.AbstractSimpleMarkupHandler;
import org.attoparser.simple.SimplifierMarkupHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class ReportPageTests {

    private static final String HOSTILE = "</script></title><img src=x onerror=alert(1)> & \"quoted\" 'so' <!--";
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private static final RgbImage VIEW = new RgbImage(8, 4, new byte[8 * 4 * 3]);

    private final ReportPage page = new ReportPage(new StoredPictures(new Noise(512)), JSON);

    @Test
    void isBalancedHtml() throws ParseException {
        ParseConfiguration strict = ParseConfiguration.htmlConfiguration();
        strict.setElementBalancing(ElementBalancing.REQUIRE_BALANCED);
        strict.setUniqueAttributesInElementRequired(true);

        for (String prompt : List.of("a photo of a sks teapot", HOSTILE)) {
            new MarkupParser(strict)
                    .parse(html(report(prompt, 3)), new SimplifierMarkupHandler(new AbstractSimpleMarkupHandler() {}));
        }
    }

    @Test
    void showsWhereGuidanceActed() {
        assertThat(text(html(report("a photo of a sks teapot", 3, new GuidanceInterval(0.28, 5.42)))))
                .contains("ddim, 1 step, guidance 5.0 above sigma 0.28, up to 5.42, eta 0.0, 512 x 512 pixels seed 7");
    }

    @Test
    void showsEveryFigure() {
        String text = text(html(report("a photo of a sks teapot", 3)));

        assertThat(text)
                .contains("sks (teapot)", "The weights of step 200 , chosen by score: best of all .")
                .contains("class leak warning PRES rose")
                .contains("a photo of a sks teapot ddim, 1 step, guidance 5.0, eta 0.0, 512 x 512 pixels seed 7")
                .contains("Encoder likeness/tiny-world/clip; all generated x real.")
                .contains(
                        "untrained 0.201 0.151 to 0.251 12 200 0.601 – 12 200, raw 0.587 0.500 to 0.600 12 real pictures 0.701")
                .contains(
                        "DINO: similarity of the images to the subject&#39;s pictures, in finer detail Not measured: there is no encoder.")
                .contains("step loss smoothed learning rate 1 0.5000 0.5000 0.0007 200 0.2500 0.3000 0.0007")
                .contains("clip_i all 0.650 0.600 to 0.700 0.701 12")
                .contains("dino all not measured: there is no encoder")
                .contains("training 12.3")
                .contains("1.png, png, 512 x 384 a caption (user)")
                .contains("near duplicates warning 1.png and 2.png are nearly the same picture.")
                .contains("learning rate 0.0007", "prior enabled true images 4")
                .contains("5 more are left out here")
                .contains("2 faces were found");
    }

    @Test
    void givesTheChartsTheSameFigures() {
        JsonNode figures = figures(html(report("a photo of a sks teapot", 3)));

        assertThat(figures.at("/chosen").asInt()).isEqualTo(200);
        assertThat(figures.at("/training/1/loss").asDouble()).isEqualTo(0.25);
        assertThat(figures.at("/scores/0/metric").asString()).isEqualTo("clip_i");
        assertThat(figures.at("/scores/0/reference").asDouble()).isEqualTo(0.701);
        assertThat(figures.at("/scores/0/points/0/low").asDouble()).isEqualTo(0.151);
        assertThat(figures.at("/scores/0/points/1/low").isNull()).isTrue();
    }

    @Test
    void letsNoTextOfAUserBecomeMarkup() {
        JobReport report = report(HOSTILE, 3);
        String html = html(report);

        assertThat(html).doesNotContain("<img src=x").doesNotContain(HOSTILE);
        assertThat(matches(html, "</script>")).hasSize(3);
        assertThat(matches(html, "<script")).hasSize(3);
        assertThat(matches(html, "(?i)onerror=alert\\(1\\)&gt; &amp;")).hasSizeGreaterThan(4);
        assertThat(matches(html.substring(0, html.indexOf("id=\"figures\"")), "<!--"))
                .isEmpty();
        // It is still said, as a text.
        assertThat(html).contains("&lt;/script&gt;&lt;/title&gt;&lt;img src=x onerror");
    }

    @Test
    void keepsHostileTextOfChartsReadable() {
        JsonNode figures = figures(html(report(HOSTILE, 3)));

        assertThat(figures.at("/scores/1/reason").asString()).isEqualTo(HOSTILE);
    }

    @Test
    void requestsNothing() {
        String html = html(report("a photo of a sks teapot", 3));
        String markup = html.replaceAll("(?s)(<script[^>]*>).*?</script>", "$1</script>");

        assertThat(matches(
                        markup,
                        "(?i)\\b(?:src|href|srcset|action|data|poster|xmlns:\\w+|background)\\s*=\\s*\"([^\"]*)"))
                .hasSizeGreaterThan(10)
                .allSatisfy(it -> assertThat(it.group(1)).startsWith("data:"));
        assertThat(markup).doesNotContain("<script src", "@import", "url(");
        assertThat(markup).doesNotContainPattern(" th:\\w+=");
        assertThat(html).doesNotContain("sourceMappingURL");
    }

    @Test
    void letsABrowserRunItsOwnScriptsAndNothingElse() throws Exception {
        String html = html(report(HOSTILE, 3));
        Path file = Files.writeString(folder.resolve("report.html"), html);
        String policy = ReportPolicy.of(file);

        assertThat(policy).startsWith("default-src 'none'; img-src data:; ").endsWith("sandbox allow-scripts");
        assertThat(policy).doesNotContain("unsafe");
        List<MatchResult> inline = matches(html, "(?s)<(script|style)>(.*?)</\\1>");
        assertThat(inline).hasSize(3);
        for (MatchResult each : inline) {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(each.group(2).getBytes(StandardCharsets.UTF_8));
            assertThat(policy)
                    .contains("'sha256-%s'".formatted(Base64.getEncoder().encodeToString(hash)));
        }
    }

    @Test
    void letsABrowserDoNothingWithAPageThatSaysNoPolicy() throws IOException {
        Path file = Files.writeString(folder.resolve("other.html"), "<html></html>");

        assertThat(ReportPolicy.of(file))
                .isEqualTo("default-src 'none'; frame-ancestors 'none'; sandbox allow-scripts");
    }

    @Test
    void staysSmallWithManyLargeImages() {
        JobReport report = report("a photo of a sks teapot", 60);

        assertThat(html(report)).hasSizeBetween(1 << 20, 6 << 20);
    }

    @Test
    void downscalesPicturesAndKeepsTheirShape() throws IOException {
        Thumbnails small = Thumbnails.sharing(new StoredPictures(new Noise(300)), 1, 100 * 100, 10, 200);
        byte[] png = Base64.getDecoder().decode(small.url("any").replace("data:image/png;base64,", ""));

        RgbImage image = Png.read(new ByteArrayInputStream(png));
        assertThat(image.width()).isEqualTo(100);
        assertThat(image.height()).isEqualTo(75);
    }

    @Test
    void saysTheSameAsJson() {
        JsonNode json = JSON.readTree(page.json(report(HOSTILE, 3)));

        assertThat(json.at("/object").asString()).isEqualTo("report");
        assertThat(json.at("/settings/training/learning_rate").asDouble()).isEqualTo(7e-4);
        assertThat(json.at("/advice/0/severity").asString()).isEqualTo("warning");
        assertThat(json.get("guidance")).as("the former name").isEqualTo(json.get("advice"));
        assertThat(json.at("/scores/0/points/0/value").asDouble()).isEqualTo(0.201);
        assertThat(json.at("/results/groups/0/images/0/recipe/seed").asInt()).isEqualTo(7);
        assertThat(json.at("/sheets/0/rows/0/step").asInt()).isZero();
    }

    @TempDir
    Path folder;

    private String html(JobReport report) {
        return new String(page.html(report, position -> VIEW), StandardCharsets.UTF_8);
    }

    private static JsonNode figures(String html) {
        return JSON.readTree(
                matches(html, "(?s)id=\"figures\">(.*?)</script>").get(0).group(1));
    }

    /** What is read, with single spaces. */
    private static String text(String html) {
        return html.replaceAll("(?s)<(script|style)[^>]*>.*?</\\1>", "")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ");
    }

    private static List<MatchResult> matches(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().toList();
    }

    /** @param each images a step, and results */
    private static JobReport report(String text, int each) {
        return report(text, each, null);
    }

    private static JobReport report(String text, int each, @Nullable GuidanceInterval interval) {
        List<Image> images = new ArrayList<>();
        List<ResultImage> results = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            images.add(new Image(UUID.randomUUID(), "image" + i));
            results.add(new ResultImage(
                    UUID.randomUUID(),
                    "image" + i,
                    new ImageRecipe(
                            text,
                            "",
                            7 + i,
                            new SamplingSettings(Sampler.DDIM, 1, 5, interval, 0, 512, 512),
                            "2c26b46b",
                            AdapterScales.FULL,
                            true,
                            List.of())));
        }
        return new JobReport(
                "report",
                UUID.randomUUID(),
                Instant.EPOCH,
                new Inputs(
                        "teapot",
                        "sks",
                        "sks",
                        "likeness/tiny-world",
                        "a photo of a sks teapot",
                        List.of(new Picture(
                                "1.png",
                                "png",
                                512,
                                384,
                                "picture",
                                text.equals(HOSTILE) ? text : "a caption",
                                "user")),
                        List.of(new Finding(
                                "near_duplicates",
                                Finding.Severity.WARNING,
                                List.of(0),
                                text.equals(HOSTILE) ? text : "1.png and 2.png are nearly the same picture.",
                                Map.of("hash_distance", 3)))),
                TestJobs.spec(),
                new Outcome(
                        new ChosenCheckpoint(200, ChosenCheckpoint.By.SCORE, "best of all"),
                        List.of(new Advice("class_leak", Advice.Severity.WARNING, "PRES rose", Map.of("pres", 0.4))),
                        List.of(
                                new ScoreCurve(
                                        "clip_i",
                                        "likeness/tiny-world/clip",
                                        "all generated x real",
                                        0.701,
                                        null,
                                        List.of(
                                                new ScoreCurve.Point(0, 0.201, 0.151, 0.251, 12),
                                                new ScoreCurve.Point(200, 0.601, null, null, 12)),
                                        List.of(new ScoreCurve.Point(200, 0.587, 0.5, 0.6, 12))),
                                new ScoreCurve(
                                        "dino",
                                        null,
                                        null,
                                        null,
                                        text.equals(HOSTILE) ? text : "there is no encoder",
                                        List.of(),
                                        List.of())),
                        List.of(
                                new ResultScore("clip_i", null, 0.65, null, 0.6, 0.7, 0.701, 12),
                                new ResultScore("clip_i", text, 0.65, null, null, null, null, 12),
                                new ResultScore("dino", null, null, "there is no encoder", null, null, null, 0)),
                        List.of(new Sheet(
                                "subject",
                                List.of(text),
                                List.of(new Row(0, List.of(new Cell(images))), new Row(200, List.of(new Cell(images)))),
                                0)),
                        new Results(List.of(new ResultGroup(text, results)), 5)),
                new Course(
                        new LossCurve(List.of(new Point(1, 0.5, 0.5, 7e-4), new Point(200, 0.25, 0.3, 7e-4)), 2),
                        Map.of("training", 12.34),
                        List.of("2 faces were found")));
    }

    /** Has any file: a picture that no compression makes smaller. */
    private record Noise(int side) implements ArtifactStore {

        @Override
        public byte[] bytes(String sha256) {
            byte[] rgb = new byte[side * (side * 3 / 4) * 3];
            new Random(sha256.hashCode()).nextBytes(rgb);
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            try {
                Png.write(new RgbImage(side, side * 3 / 4, rgb), Map.of(), png);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return png.toByteArray();
        }

        @Override
        public StoredFile put(String mediaType, Writer writer) {
            throw new AssertionError("a page reads files whole, and nothing else");
        }

        @Override
        public InputStream open(String sha256) {
            throw new AssertionError("a page reads files whole, and nothing else");
        }

        @Override
        public Path local(String sha256) {
            throw new AssertionError("a page reads files whole, and nothing else");
        }

        @Override
        public void release(Collection<String> sha256s) {
            throw new AssertionError("a page reads files whole, and nothing else");
        }
    }
}
