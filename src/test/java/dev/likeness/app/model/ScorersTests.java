package dev.likeness.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.app.hub.TestHub;
import dev.likeness.app.model.Scorers.Missing;
import dev.likeness.app.model.Scorers.Network;
import dev.likeness.diffusion.inspection.ModelCheck;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class ScorersTests {

    private static final String CLIP = "openai/clip-vit-base-patch32";
    private static final String DINO = "facebook/dino-vits16";
    private static final Path GOLDENS = Path.of("src/test/resources/goldens/tiny-vision");
    private static final Path FOLDER = GOLDENS.resolve("dino");

    private static final BaseModel OWN = model(BaseModel.Source.CONFIGURED);

    @TempDir
    Path home;

    @Test
    void takesAFolder() {
        assertThat(scorers(CLIP, FOLDER.toString()).dino(OWN, DownloadWatch.NONE))
                .isEqualTo(new Network("tiny-vision/dino", FOLDER.toAbsolutePath()));
    }

    @Test
    void explainsAMissingScorerWhoseRepositoryIsUnavailable() {
        Scorers scorers = scorers(CLIP, DINO);

        assertThat(scorers.clip(OWN, DownloadWatch.NONE))
                .isInstanceOfSatisfying(
                        Missing.class, it -> assertThat(it.reason()).contains("likeness.scores.clip", CLIP));
        assertThat(scorers.dino(OWN, DownloadWatch.NONE))
                .isInstanceOfSatisfying(
                        Missing.class, it -> assertThat(it.reason()).contains("likeness.scores.dino", DINO));
    }

    @Test
    void downloadsARepositoryWhenItIsNeeded() {
        try (TestHub server = new TestHub()) {
            server.publish(CLIP, "main", TestHub.commit(1), TestHub.filesOf(GOLDENS.resolve("clip"), ""));
            server.publish(DINO, "v1", TestHub.commit(2), TestHub.filesOf(FOLDER, ""));
            Scorers scorers = new Scorers(new ScoreSettings(CLIP, DINO + "@v1"), server.hub(home));
            assertThat(server.requests()).isEmpty();

            assertThat(scorers.dino(OWN, DownloadWatch.NONE))
                    .isInstanceOfSatisfying(
                            Network.class, dino -> assertThat(dino.id()).isEqualTo(DINO))
                    .isInstanceOfSatisfying(
                            Network.class, dino -> assertThat(dino.folder()).hasFileName(TestHub.commit(2)));
            assertThat(scorers.clip(OWN, DownloadWatch.NONE))
                    .isInstanceOfSatisfying(
                            Network.class,
                            clip -> assertThat(clip.folder().resolve("model.safetensors"))
                                    .hasSameBinaryContentAs(GOLDENS.resolve("clip/model.safetensors")));
        }
    }

    @Test
    void haveASizeAsSoonAsTheyAreOnTheMachine() {
        try (TestHub server = new TestHub()) {
            server.publish(CLIP, "main", TestHub.commit(1), TestHub.filesOf(GOLDENS.resolve("clip"), ""));
            Scorers scorers = new Scorers(new ScoreSettings(CLIP, FOLDER.toString()), server.hub(home));
            assertThat(scorers.sizes()).containsOnlyKeys("dino");
            assertThat(server.requests()).isEmpty();

            scorers.clip(OWN, DownloadWatch.NONE);

            assertThat(scorers.sizes())
                    .containsEntry("clip", numbers(GOLDENS.resolve("clip")))
                    .containsEntry("dino", numbers(FOLDER));
        }
    }

    private static long numbers(Path folder) {
        return SafeTensors.openModel(folder, "model").entries().values().stream()
                .mapToLong(entry -> Arrays.stream(entry.shape()).reduce(1, (a, b) -> a * b))
                .sum();
    }

    @Test
    void downloadsNothingForABundledModel() {
        BaseModel bundled = model(BaseModel.Source.BUNDLED);
        try (TestHub server = new TestHub()) {
            server.publish(DINO, "main", TestHub.commit(2), TestHub.filesOf(FOLDER, ""));
            Scorers scorers = new Scorers(new ScoreSettings(CLIP, DINO), server.hub(home));

            assertThat(scorers.dino(bundled, DownloadWatch.NONE))
                    .isEqualTo(new Missing("the one in likeness.scores.dino is not downloaded for a bundled model"));
            assertThat(server.requests()).isEmpty();

            scorers.dino(OWN, DownloadWatch.NONE);
            assertThat(scorers.dino(bundled, DownloadWatch.NONE)).isInstanceOf(Network.class);
        }
    }

    @Test
    void reportsADownloadedClipWithoutTextEncoder() {
        try (TestHub server = new TestHub()) {
            server.publish(CLIP, "main", TestHub.commit(1), TestHub.filesOf(FOLDER, ""));
            Scorers scorers = new Scorers(new ScoreSettings(CLIP, DINO), server.hub(home));

            assertThat(scorers.clip(OWN, DownloadWatch.NONE))
                    .isEqualTo(new Missing("likeness.scores.clip names %s, which cannot be used: it has no text encoder"
                            .formatted(CLIP)));
        }
    }

    /** Found at the start and in the log; a job continues without scores. */
    @Test
    void saysSoWhereAClipHasTheTokenizerOfAnother(@TempDir Path mixed) throws IOException {
        FileSystemUtils.copyRecursively(GOLDENS.resolve("clip"), mixed);
        FileSystemUtils.copyRecursively(Path.of("src/test/resources/goldens/clip-tokenizer"), mixed);

        assertThat(scorers(mixed.toString(), DINO).clip(OWN, DownloadWatch.NONE))
                .isInstanceOfSatisfying(
                        Missing.class,
                        it -> assertThat(it.reason())
                                .contains(
                                        "likeness.scores.clip", "its tokenizer has 49408 tokens and its text encoder"));
    }

    /** Every reader of a job's scores can read the reason. */
    @Test
    void saysNothingOfItsFolderWhereTheTokenizerCannotBeRead(@TempDir Path broken) throws IOException {
        FileSystemUtils.copyRecursively(GOLDENS.resolve("clip"), broken);
        Files.delete(broken.resolve("merges.txt"));

        assertThat(scorers(broken.toString(), DINO).clip(OWN, DownloadWatch.NONE))
                .isInstanceOfSatisfying(
                        Missing.class,
                        it -> assertThat(it.reason())
                                .endsWith("its tokenizer cannot be read: "
                                        + "neither vocab.json with merges.txt nor tokenizer.json")
                                .doesNotContain(broken.toString()));
    }

    @Test
    void refusesAFolderWithoutANetwork(@TempDir Path empty) {
        assertThatExceptionOfType(UnusableModelException.class)
                .isThrownBy(() -> scorers(empty.toString(), DINO))
                .withMessageContaining("likeness.scores.clip names it, but it has no config.json");
    }

    /** Found at the start and in the log: it keeps no service from starting, and no job from its end. */
    @Test
    void saysSoWhereAFolderHoldsNoClip(@TempDir Path broken) throws IOException {
        assertThat(reason(scorers(FOLDER.toString(), DINO)))
                .isEqualTo("likeness.scores.clip names tiny-vision/dino, which cannot be used: it has no text encoder");
        for (String config : new String[] {"{", "", "[]", "{\"text_config\": null}"}) {
            Files.writeString(broken.resolve("config.json"), config);

            assertThat(reason(scorers(broken.toString(), DINO)))
                    .as(config)
                    .contains("likeness.scores.clip", "which cannot be used: it")
                    .doesNotContain(broken.toString());
        }
    }

    @Test
    void saysSoWhereADownloadedClipCannotBeRead() {
        try (TestHub server = new TestHub()) {
            Map<String, byte[]> files = new HashMap<>(TestHub.filesOf(GOLDENS.resolve("clip"), ""));
            files.put("config.json", "{\"text_config\":".getBytes(StandardCharsets.UTF_8));
            server.publish(CLIP, "main", TestHub.commit(1), files);

            assertThat(reason(new Scorers(new ScoreSettings(CLIP, DINO), server.hub(home))))
                    .contains("likeness.scores.clip names " + CLIP, "its config.json cannot be read");
        }
    }

    @Test
    void saysSoWhereTheFilesOfATokenizerAreNotUnderstood(@TempDir Path broken) throws IOException {
        FileSystemUtils.copyRecursively(GOLDENS.resolve("clip"), broken);
        Files.deleteIfExists(broken.resolve("vocab.json"));
        Files.writeString(broken.resolve("tokenizer.json"), """
                {"model": {"end_of_word_suffix": "</w>", "vocab": {"a": 0}, "merges": [{}]}}""");

        assertThat(reason(scorers(broken.toString(), DINO))).contains("its tokenizer's files cannot be read");
    }

    private static String reason(Scorers scorers) {
        assertThat(scorers.clip(OWN, DownloadWatch.NONE)).isInstanceOf(Missing.class);
        return ((Missing) scorers.clip(OWN, DownloadWatch.NONE)).reason();
    }

    @Test
    void refusesWhatIsNeitherAFolderNorARepository() {
        assertThatExceptionOfType(UnusableModelException.class)
                .isThrownBy(() -> scorers(CLIP, "/nowhere/at/all"))
                .withMessageContaining("likeness.scores.dino names it, but the folder does not exist");
    }

    private static BaseModel model(BaseModel.Source source) {
        return new BaseModel(
                "acme/tiny", "", source, new ModelCheck.Facts("StableDiffusionPipeline", 64, 16, 3), Map.of(), null);
    }

    private Scorers scorers(String clip, String dino) {
        return new Scorers(new ScoreSettings(clip, dino), TestHub.offline(home));
    }
}
