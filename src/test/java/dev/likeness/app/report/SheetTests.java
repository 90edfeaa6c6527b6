package dev.likeness.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.TestJobs;
import dev.likeness.app.report.Sheet.Row;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SheetTests {

    private final List<JobImage> images = new ArrayList<>();

    @Test
    void putsStepsBelowEachOtherAndPromptsBeside() {
        draw(ImageRole.EVALUATION, 200, 4);
        draw(ImageRole.EVALUATION, 0, 4);
        draw(ImageRole.PREVIEW, 100, 4);

        Sheet sheet = sheet(2, 2);

        assertThat(sheet.prompts()).containsExactly("prompt 0", "prompt 1");
        assertThat(sheet.rows()).extracting(Row::step).containsExactly(0, 200);
        assertThat(files(sheet.rows().get(1))).containsExactly("200/0 200/1", "200/2 200/3");
        assertThat(sheet.leftOut()).isZero();
    }

    @Test
    void showsWhatIsThereOfAStepThatWasNotFinished() {
        draw(ImageRole.EVALUATION, 0, 3);

        assertThat(files(sheet(2, 2).rows().get(0))).containsExactly("0/0 0/1", "0/2");
    }

    @Test
    void leavesOutFurtherImagesOfPromptsFirstAndThenPrompts() {
        for (int step = 0; step < 50; step++) {
            draw(ImageRole.EVALUATION, step, 40);
        }

        Sheet fewer = sheet(4, 10);
        assertThat(fewer.prompts()).hasSize(4);
        assertThat(files(fewer.rows().get(49))).first().isEqualTo("49/0 49/1");
        assertThat(files(fewer.rows().get(49))).last().isEqualTo("49/30 49/31");
        assertThat(fewer.leftOut()).isEqualTo(50 * 40 - Sheet.IMAGES);

        Sheet narrower = sheet(40, 1);
        assertThat(narrower.prompts()).hasSize(8);
        assertThat(narrower.leftOut()).isEqualTo(50 * 40 - Sheet.IMAGES);
    }

    @Test
    void isEmptyWithoutImages() {
        assertThat(sheet(2, 2).rows()).isEmpty();
    }

    private Sheet sheet(int prompts, int each) {
        return Sheet.of(
                "subject",
                IntStream.range(0, prompts).mapToObj(it -> "prompt " + it).toList(),
                each,
                images,
                EnumSet.of(ImageRole.EVALUATION));
    }

    private static List<String> files(Row row) {
        return row.cells().stream()
                .map(cell -> cell.images().stream().map(Sheet.Image::file).collect(Collectors.joining(" ")))
                .toList();
    }

    private void draw(ImageRole role, int step, int count) {
        for (int position = 0; position < count; position++) {
            images.add(TestJobs.image(role, step, position, "%d/%d".formatted(step, position)));
        }
    }
}
