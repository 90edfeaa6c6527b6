package dev.likeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links of the README and the documentation lead to files and headings that exist. */
class DocumentationLinksTests {

    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void leadSomewhere() throws IOException {
        List<Path> pages = Stream.concat(
                        Stream.of(Path.of("README.md")),
                        PlainWords.files("src/docs").stream()
                                .filter(it -> it.toString().endsWith(".md")))
                .toList();
        assertThat(pages).flatExtracting(DocumentationLinksTests::broken).isEmpty();
        assertThat(pages).flatExtracting(it -> links(it).toList()).hasSizeGreaterThan(pages.size());
    }

    private static List<String> broken(Path page) {
        return links(page)
                .filter(it -> !exists(page, it))
                .map(it -> page + ": " + it.group())
                .toList();
    }

    private static Stream<MatchResult> links(Path page) {
        return LINK.matcher(text(page)).results();
    }

    private static boolean exists(Path page, MatchResult link) {
        Path target = link.group(1).isEmpty()
                ? page
                : page.resolveSibling(link.group(1)).normalize();
        return Files.exists(target) && (link.group(2) == null || anchors(target).contains(link.group(2)));
    }

    /** As GitHub makes them from headings. */
    private static List<String> anchors(Path page) {
        return HEADING.matcher(text(page))
                .results()
                .map(it -> it.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String text(Path page) {
        try {
            return CODE.matcher(Files.readString(page)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
