package dev.likeness.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScorersTests {

    private static final String CLIP = "openai/clip-vit-base-patch32";
    private static final String DINO = "facebook/dino-vits16";
    private static final Path FOLDER = Path.of("src/test/resources/goldens/tiny-vision/dino");

    @Test
    void takesAFolder() {
        Scorers scorers = new Scorers(new ScoreSettings(CLIP, FOLDER.toString()));

        assertThat(scorers.dino()).hasValue(new Scorers.Network("tiny-vision/dino", FOLDER.toAbsolutePath()));
    }

    @Test
    void hasNoneWhereARepositoryIsNamed() {
        Scorers scorers = new Scorers(new ScoreSettings(CLIP, DINO));

        assertThat(scorers.clip()).isEmpty();
        assertThat(scorers.dino()).isEmpty();
    }

    @Test
    void refusesAFolderWithoutANetwork(@TempDir Path empty) {
        assertThatExceptionOfType(UnusableModelException.class)
                .isThrownBy(() -> new Scorers(new ScoreSettings(empty.toString(), DINO)))
                .withMessageContaining("likeness.scores.clip names it, but it has no config.json");
    }

    @Test
    void refusesAClipWithoutATextTower() {
        assertThatExceptionOfType(UnusableModelException.class)
                .isThrownBy(() -> new Scorers(new ScoreSettings(FOLDER.toString(), DINO)))
                .withMessageContaining("has no text tower");
    }

    @Test
    void refusesWhatIsNeitherAFolderNorARepository() {
        assertThatExceptionOfType(UnusableModelException.class)
                .isThrownBy(() -> new Scorers(new ScoreSettings(CLIP, "/nowhere/at/all")))
                .withMessageContaining("likeness.scores.dino names it, but there is no such folder");
    }
}
