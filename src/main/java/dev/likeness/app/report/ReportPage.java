package dev.likeness.app.report;

import dev.likeness.app.picture.StoredPictures;
import dev.likeness.app.report.Sheet.Cell;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.Metric;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Writes reports: as JSON, and as one self-contained page of HTML. */
@Component
public class ReportPage {

    /** At most about 5 MB of photographs together, see {@link Thumbnails#sharing}. */
    private static final int PIXELS_OF_SHEETS = 1_000_000;

    private static final int PIXELS_OF_RESULTS = 500_000;
    private static final int PIXELS_OF_PICTURES = 150_000;

    private static final int ROWS_OF_LOSSES = 20;

    /** Headings of the metrics, by wire name. */
    private static final Map<String, String> METRICS =
            Arrays.stream(Metric.values()).collect(Collectors.toMap(Metric::wire, ReportPage::heading));

    private final StoredPictures pictures;
    private final JsonMapper json;
    private @Nullable PageScripts scripts;
    private @Nullable TemplateEngine engine;

    ReportPage(StoredPictures pictures, JsonMapper json) {
        this.pictures = pictures;
        this.json = json;
    }

    public byte[] json(JobReport report) {
        return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(report);
    }

    /**
     * The same with small copies of the pictures inside. UTF-8.
     *
     * @param views the pictures as training sees them, by position
     */
    public byte[] html(JobReport report, IntFunction<RgbImage> views) {
        TypeReference<Map<String, Object>> tree = new TypeReference<>() {};
        Context context = new Context(Locale.ROOT, Map.of("report", json.convertValue(report, tree)));
        context.setVariable("scripts", scripts());
        context.setVariable("metrics", METRICS);
        context.setVariable("settings", SettingsTable.of(json.convertValue(report.settings(), tree)));
        context.setVariable(
                "losses", LossCurve.thinned(report.course().training().points(), ROWS_OF_LOSSES));
        context.setVariable("figures", figures(report));
        context.setVariable("small", sharing(imagesOfSheets(report), PIXELS_OF_SHEETS, 48, 160));
        context.setVariable("large", sharing(imagesOfResults(report), PIXELS_OF_RESULTS, 64, 256));
        Thumbnails small = sharing(report.inputs().pictures().size(), PIXELS_OF_PICTURES, 64, 160);
        context.setVariable("pictures", small);
        context.setVariable("views", new TrainingThumbnails(small, views));
        return engine().process("report", context).getBytes(StandardCharsets.UTF_8);
    }

    private static String heading(Metric metric) {
        String better = metric.direction() == Metric.Direction.LOWER ? "; lower is better" : "";
        return "%s: %s%s".formatted(metric.title(), metric.meaning(), better);
    }

    /** The data of the charts, escaped so that no prompt can end the surrounding element. */
    private String figures(JobReport report) {
        return json.writeValueAsString(Map.of(
                        "training", report.course().training().points(),
                        "scores", report.outcome().scores(),
                        "chosen", report.outcome().checkpoint().step()))
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026");
    }

    private Thumbnails sharing(int count, int pixels, int least, int most) {
        return Thumbnails.sharing(pictures, count, pixels, least, most);
    }

    private static int imagesOfSheets(JobReport report) {
        return report.outcome().sheets().stream()
                .flatMap(sheet -> sheet.rows().stream())
                .flatMap(row -> row.cells().stream())
                .map(Cell::images)
                .mapToInt(List::size)
                .sum();
    }

    private static int imagesOfResults(JobReport report) {
        return report.outcome().results().groups().stream()
                .mapToInt(group -> group.images().size())
                .sum();
    }

    /** Created with the first report, because most processes never write one. */
    private synchronized PageScripts scripts() {
        if (scripts == null) {
            scripts = PageScripts.read();
        }
        return scripts;
    }

    private synchronized TemplateEngine engine() {
        if (engine == null) {
            ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver(ReportPage.class.getClassLoader());
            templates.setPrefix("dev/likeness/app/report/");
            templates.setSuffix(".html");
            templates.setTemplateMode(TemplateMode.HTML);
            templates.setCharacterEncoding(StandardCharsets.UTF_8.name());
            TemplateEngine made = new TemplateEngine();
            made.setTemplateResolver(templates);
            engine = made;
        }
        return engine;
    }
}
