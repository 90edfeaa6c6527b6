package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GoldenCoverageTests {

    @Test
    void everyCoveredCaseIsInTheFolderAndTheRestIsNamed() throws IOException {
        List<String> present = GoldenCases.families().stream()
                .flatMap(GoldenCoverageTests::ids)
                .toList();

        present.stream()
                .filter(id -> !GoldenCases.COVERED.contains(id))
                .forEach(id -> System.out.println("not covered: " + id));

        assertThat(present).containsAll(GoldenCases.COVERED);
    }

    @Test
    void noCaseIsListedTwice() {
        assertThat(GoldenCases.COVERED).doesNotHaveDuplicates();
    }

    private static Stream<String> ids(String family) {
        try {
            return GoldenCases.inFolder(family).stream().map(GoldenCase::id);
        } catch (IOException e) {
            throw new AssertionError(family, e);
        }
    }
}
