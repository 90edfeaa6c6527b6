package dev.likeness.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.picture.Reference.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How far decoders are from Pillow, in the documentation: no decoder is further from it than its row says, and no row says more
 * than is bearable. JPEG is decoded by the JDK's own library, so a row holds the largest difference that any JDK has shown.
 */
class DecoderTableTests {

    private static final Path PAGE = Path.of("src/docs/pictures.md");
    private static final String BEGIN = "<!-- decoders -->\n";
    private static final String END = "<!-- end of decoders -->";
    private static final Pattern ROW =
            Pattern.compile("\\| (.+?) \\| \\d+ \\| (\\d+) \\| (\\d+\\.\\d+) \\| (\\d+) \\|\n");

    /** Of PNG and WebP, 16 bits rounded to 8 included; of JPEG, whose libraries differ in how they enlarge colour. */
    private static final int MOST = 1;

    private static final int MOST_OF_JPEG = 16;

    /** Pillow takes no notice of a transparent colour of 16 bits. */
    private static final String OPAQUE_THERE = "PNG, RGB, 16 bits, one colour transparent";

    /** Rows by the names of their files; the first that fits. */
    private static final Map<String, String> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("JPEG 4:4:4", "jpeg-1x1-.*|jpeg-optimized.*");
        KINDS.put("JPEG 4:2:2", "jpeg-2x1-.*");
        KINDS.put("JPEG 4:4:0", "jpeg-1x2-.*|jpeg-2x2-2x1-2x1-.*");
        KINDS.put("JPEG 4:1:1", "jpeg-4x1-.*");
        KINDS.put("JPEG 4:1:0", "jpeg-4x2-.*");
        KINDS.put("JPEG, other factors", "jpeg-1x4-.*|jpeg-2x4-.*|jpeg-2x2-1x2-1x1-.*");
        KINDS.put("JPEG 4:2:0", "jpeg-2x2-.*");
        KINDS.put("JPEG, gray", "jpeg-gray.*");
        KINDS.put("JPEG, restart intervals", "jpeg-restart.*");
        KINDS.put("JPEG, RGB", "jpeg-rgb.*");
        KINDS.put("JPEG, Adobe's marker or none", "jpeg-ycc-.*");
        KINDS.put("JPEG, CMYK", "jpeg-cmyk.*");
        KINDS.put("JPEG, YCCK", "jpeg-ycck.*");
        KINDS.put("PNG, gray, 1, 2, 4 bits", "png-gray[124](-interlaced)?.png");
        KINDS.put("PNG, gray, 8 bits", "png-gray8(-interlaced)?.png");
        KINDS.put("PNG, gray, 16 bits", "png-gray16(-interlaced)?.png");
        KINDS.put("PNG, gray, one level transparent", "png-gray\\d+-key.*");
        KINDS.put("PNG, gray with alpha, 8 bits", "png-gray-alpha8.*");
        KINDS.put("PNG, gray with alpha, 16 bits", "png-gray-alpha16.*");
        KINDS.put("PNG, RGB, 8 bits", "png-rgb8(-interlaced)?.png|png-1x1.png");
        KINDS.put("PNG, RGB, 16 bits", "png-rgb16(-interlaced)?.png");
        KINDS.put("PNG, RGB, 8 bits, one colour transparent", "png-rgb8-key.*");
        KINDS.put("PNG, RGB, 16 bits, one colour transparent", "png-rgb16-key.*");
        KINDS.put("PNG, RGB with alpha, 8 bits", "png-rgba8.*|png-3x5.*");
        KINDS.put("PNG, RGB with alpha, 16 bits", "png-rgba16.*");
        KINDS.put("PNG, palette of 1, 2, 4, 8 bits", "png-palette\\d(-interlaced)?.png");
        KINDS.put("PNG, palette with alpha", "png-palette\\d-alpha.*");
        KINDS.put("PNG, with a gamma", "png-gamma-.*");
        KINDS.put("WebP, lossless, a palette", "webp-colours.*|webp-cutout.*");
        KINDS.put("WebP, lossless", "webp-lossless.*");
        KINDS.put("WebP, near lossless", "webp-near.*");
        KINDS.put("WebP, lossy with alpha", "webp-alpha.*");
        KINDS.put("WebP, lossy", "webp-.*");
    }

    @Test
    void isTheOneOfTheDocumentation() throws Exception {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        String written = page.substring(0, from) + table(rows(page.substring(from, to))) + page.substring(to);

        if (Boolean.getBoolean("decoders.write")) {
            Files.writeString(PAGE, written);
        }
        assertThat(page)
                .as("%s; ./mvnw test -Dtest=DecoderTableTests -Ddecoders.write=true renews it", PAGE)
                .isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("references")
    void isNeverFarFromPillow(String kind, Reference picture) throws Exception {
        Difference difference = picture.difference();

        assertThat(difference.largest()).isLessThanOrEqualTo(kind.startsWith("JPEG") ? MOST_OF_JPEG : MOST);
        if (!kind.equals(OPAQUE_THERE)) {
            assertThat(difference.opacity()).isLessThanOrEqualTo(MOST);
        }
    }

    static Stream<Arguments> references() throws IOException {
        return kinds().entrySet().stream()
                .flatMap(kind -> kind.getValue().stream().map(it -> Arguments.of(kind.getKey(), it)));
    }

    private static String table(Map<String, Difference> known) throws Exception {
        StringBuilder table = new StringBuilder();
        table.append(
                "| | files | colour, largest | mean of the worst | opacity, largest |\n|---|---:|---:|---:|---:|\n");
        for (Map.Entry<String, List<Reference>> kind : kinds().entrySet()) {
            Difference worst = known.getOrDefault(kind.getKey(), Difference.NONE);
            for (Reference picture : kind.getValue()) {
                worst = worst.or(picture.difference());
            }
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %.2f | %d |%n",
                    kind.getKey(),
                    kind.getValue().size(),
                    worst.largest(),
                    worst.mean(),
                    worst.opacity()));
        }
        return table.toString();
    }

    /** Every kind with its pictures: none without any, and no picture without a kind. */
    private static Map<String, List<Reference>> kinds() throws IOException {
        List<Reference> left = new ArrayList<>(Reference.all());
        Map<String, List<Reference>> kinds = new LinkedHashMap<>();
        KINDS.forEach((kind, names) -> {
            List<Reference> pictures =
                    left.stream().filter(it -> it.name().matches(names)).toList();
            left.removeAll(pictures);
            kinds.put(kind, pictures);
        });
        assertThat(left).isEmpty();
        assertThat(kinds).allSatisfy((kind, pictures) -> assertThat(pictures).isNotEmpty());
        return kinds;
    }

    private static Map<String, Difference> rows(String table) {
        Map<String, Difference> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(table);
        while (row.find()) {
            rows.put(
                    row.group(1),
                    new Difference(
                            Integer.parseInt(row.group(2)),
                            Double.parseDouble(row.group(3)),
                            Integer.parseInt(row.group(4))));
        }
        return rows;
    }
}
