package dev.likeness.app.worker.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.task.Signal;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.app.worker.task.TestTaskControl;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.EncoderKind;
import dev.likeness.diffusion.evaluation.Metric;
import dev.likeness.diffusion.pipeline.Pipeline;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.StoppedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Scores of images whose embeddings are their only pixel's colour, so that cosines are easy to see. */
class ScorerTests {

    private static final RgbImage RED = pixel(1, 0, 0);
    private static final RgbImage GREEN = pixel(0, 1, 0);

    /** Their cosine is 0.96. */
    private static final List<RgbImage> PICTURES = List.of(pixel(3, 4, 0), pixel(4, 3, 0));

    private static final double PICTURES_SIMILARITY = 0.96;

    private static final ScoredImages IMAGES = ScoredImages.ofSubject(
            ImageSet.RESULTS, 7, List.of(RED, GREEN), List.of("red", "green"), List.of("red", "green"));

    private final Pipeline pipeline = mock();
    private final List<Integer> clipBatches = new ArrayList<>();
    private final List<List<String>> embeddedTexts = new ArrayList<>();
    private Signal signal = Signal.CONTINUE;

    @Test
    void scoresImagesOfTheSubjectByEveryMetric() {
        when(pipeline.imageEncoder()).thenReturn(Optional.of(clip()));
        when(pipeline.textEncoder()).thenReturn(Optional.of(texts()));
        when(pipeline.dinoEncoder()).thenReturn(Optional.of(encoder("dino", new ArrayList<>())));

        List<Score> scores = scorer(Map.of()).score(IMAGES);

        // Each image has the cosines 0.6 and 0.8 with the pictures, 1 with its prompt and 0 with the other one.
        assertThat(value(scores, Metric.CLIP_I, null)).isEqualTo(0.7, within(1e-6));
        assertThat(value(scores, Metric.CLIP_T, null)).isEqualTo(1, within(1e-6));
        assertThat(value(scores, Metric.CLIP_T_MARGIN, null)).isEqualTo(1, within(1e-6));
        assertThat(value(scores, Metric.DINO, null)).isEqualTo(0.7, within(1e-6));
        Score clipI = find(scores, Metric.CLIP_I, null);
        assertThat(clipI.selection()).isEqualTo(new Score.Selection(ImageSet.RESULTS, 7, null));
        assertThat(clipI.encoder()).isEqualTo("clip");
        assertThat(clipI.pairing()).isEqualTo("all generated x real");
        assertThat(clipI.outcome().n()).isEqualTo(4);
        assertThat(Objects.requireNonNull(clipI.reference())).isEqualTo(PICTURES_SIMILARITY, within(1e-6));
        assertThat(find(scores, Metric.DINO, null).encoder()).isEqualTo("dino");
    }

    @Test
    void alsoScoresTheImagesOfEachSubset() {
        when(pipeline.imageEncoder()).thenReturn(Optional.of(clip()));
        when(pipeline.textEncoder()).thenReturn(Optional.of(texts()));
        ScoredImages images = ScoredImages.ofSubject(
                ImageSet.RESULTS,
                7,
                List.of(RED, pixel(3, 4, 0), RED),
                List.of("red", "green", "red"),
                List.of("first", "second", "first"));

        List<Score> scores = scorer(Map.of()).score(images);

        assertThat(value(scores, Metric.CLIP_I, "first")).isEqualTo(0.7, within(1e-6));
        assertThat(value(scores, Metric.CLIP_I, "second")).isEqualTo(0.98, within(1e-6));
        assertThat(value(scores, Metric.CLIP_T, "second")).isEqualTo(0.8, within(1e-6));
        assertThat(find(scores, Metric.CLIP_I, "first").outcome().n()).isEqualTo(4);
        assertThat(scores)
                .filteredOn(it -> it.metric() == Metric.CLIP_T_MARGIN)
                .extracting(it -> it.selection().subset())
                .containsExactly((String) null);
    }

    @Test
    void givesTheReasonForAScoreWithoutAnEncoder() {
        when(pipeline.imageEncoder()).thenReturn(Optional.empty());
        when(pipeline.dinoEncoder()).thenReturn(Optional.of(encoder("dino", new ArrayList<>())));

        List<Score> scores =
                scorer(Map.of(EncoderKind.CLIP, "no CLIP is installed")).score(IMAGES);

        assertThat(scores)
                .extracting(Score::metric)
                .as("the margin is optional, so it has no reason")
                .startsWith(Metric.CLIP_I, Metric.CLIP_T, Metric.DINO, Metric.DINO, Metric.DINO, Metric.DETAIL)
                .doesNotContain(Metric.CLIP_T_MARGIN);
        assertThat(scores.get(0)).isEqualTo(Score.missing(ImageSet.RESULTS, Metric.CLIP_I, "no CLIP is installed", 7));
        assertThat(scores.get(1).outcome().reason()).isEqualTo("no CLIP is installed");
    }

    @Test
    void scoresThePlainClassWithTheBestEncoderThereIs() {
        when(pipeline.imageEncoder()).thenReturn(Optional.of(clip()));
        when(pipeline.dinoEncoder())
                .thenReturn(Optional.of(encoder("dino", new ArrayList<>())))
                .thenReturn(Optional.empty());
        ScoredImages images = ScoredImages.ofClass(ImageSet.CHECKPOINT, 3, List.of(RED, GREEN));

        List<Score> withDino = scorer(Map.of()).score(images);
        List<Score> withoutDino = scorer(Map.of()).score(images);

        assertThat(withDino).extracting(Score::metric).containsExactly(Metric.PRES, Metric.DIV);
        assertThat(withDino).extracting(Score::encoder).containsOnly("dino");
        assertThat(withoutDino).extracting(Score::encoder).containsOnly("clip");
        assertThat(value(withoutDino, Metric.PRES, null)).isEqualTo(0.7, within(1e-6));
        assertThat(value(withoutDino, Metric.DIV, null)).isEqualTo(1, within(1e-6));
        assertThat(find(withoutDino, Metric.DIV, null).selection())
                .isEqualTo(new Score.Selection(ImageSet.CHECKPOINT, 3, null));
    }

    @Test
    void namesTheLastEncoderThatThePlainClassLacks() {
        when(pipeline.imageEncoder()).thenReturn(Optional.empty());
        when(pipeline.dinoEncoder()).thenReturn(Optional.empty());

        List<Score> scores = scorer(Map.of(EncoderKind.CLIP, "no CLIP", EncoderKind.DINO, "no DINO"))
                .score(ScoredImages.ofClass(ImageSet.CHECKPOINT, 3, List.of(RED, GREEN)));

        assertThat(scores).extracting(it -> it.outcome().reason()).containsExactly("no CLIP", "no CLIP");
    }

    @Test
    void continuesWithoutAnEncoderThatCannotBeUsed() {
        when(pipeline.imageEncoder()).thenReturn(Optional.of(clip()));
        when(pipeline.textEncoder()).thenReturn(Optional.of(texts()));
        when(pipeline.dinoEncoder()).thenThrow(new InvalidModelException("config.json is damaged"));
        Scorer scorer = scorer(Map.of(EncoderKind.DINO, "another reason"));

        scorer.score(IMAGES);
        List<Score> scores = scorer.score(IMAGES);

        assertThat(find(scores, Metric.DINO, null).outcome().reason())
                .isEqualTo("the DINO encoder cannot be used: config.json is damaged");
        assertThat(value(scores, Metric.CLIP_I, null)).isEqualTo(0.7, within(1e-6));
        verify(pipeline, times(1)).dinoEncoder();
    }

    @Test
    void embedsInBatchesAndThePicturesOnlyOnce() {
        when(pipeline.imageEncoder()).thenReturn(Optional.of(clip()));
        when(pipeline.textEncoder()).thenReturn(Optional.of(texts()));
        Scorer scorer = scorer(Map.of());
        ScoredImages images = ScoredImages.ofSubject(
                ImageSet.CHECKPOINT, 7, Collections.nCopies(33, RED), Collections.nCopies(33, "red"), List.of());

        scorer.score(images);
        assertThat(clipBatches).containsExactly(2, 16, 16, 1);
        assertThat(embeddedTexts).containsExactly(List.of("red"), List.of("a photo of a bird"));

        scorer.score(IMAGES);
        assertThat(clipBatches).containsExactly(2, 16, 16, 1, 2);
    }

    @Test
    void stopsBetweenBatches() {
        when(pipeline.imageEncoder()).thenReturn(Optional.of(new Pipeline.ImageEncoder() {

            @Override
            public String id() {
                return "clip";
            }

            @Override
            public float[][] embed(List<RgbImage> images) {
                clipBatches.add(images.size());
                signal = images.size() == 16 ? Signal.CANCELED : Signal.CONTINUE;
                return colours(images);
            }
        }));
        ScoredImages images = ScoredImages.ofClass(ImageSet.CHECKPOINT, 7, Collections.nCopies(33, RED));

        assertThatExceptionOfType(StoppedException.class)
                .isThrownBy(() -> scorer(Map.of()).score(images));
        assertThat(clipBatches).containsExactly(2, 16);
    }

    private Scorer scorer(Map<EncoderKind, String> gaps) {
        TaskControl control = TestTaskControl.of(() -> signal);
        return new Scorer(pipeline, "bird", PICTURES, control, new ScoreGaps(gaps));
    }

    private Pipeline.ImageEncoder clip() {
        return encoder("clip", clipBatches);
    }

    private static Pipeline.ImageEncoder encoder(String id, List<Integer> batches) {
        return new Pipeline.ImageEncoder() {

            @Override
            public String id() {
                return id;
            }

            @Override
            public float[][] embed(List<RgbImage> images) {
                batches.add(images.size());
                return colours(images);
            }
        };
    }

    private Pipeline.TextEncoder texts() {
        return texts -> {
            embeddedTexts.add(texts);
            return texts.stream()
                    .map(it -> switch (it) {
                        case "red" -> new float[] {1, 0, 0};
                        case "green" -> new float[] {0, 1, 0};
                        default -> new float[] {0, 0, 1};
                    })
                    .toArray(float[][]::new);
        };
    }

    private static float[][] colours(List<RgbImage> images) {
        return images.stream()
                .map(it -> new float[] {it.rgb()[0], it.rgb()[1], it.rgb()[2]})
                .toArray(float[][]::new);
    }

    private static Score find(List<Score> scores, Metric metric, @Nullable String subset) {
        return scores.stream()
                .filter(it ->
                        it.metric() == metric && Objects.equals(it.selection().subset(), subset))
                .findFirst()
                .orElseThrow();
    }

    private static double value(List<Score> scores, Metric metric, @Nullable String subset) {
        return Objects.requireNonNull(find(scores, metric, subset).outcome().value());
    }

    private static RgbImage pixel(int red, int green, int blue) {
        return new RgbImage(1, 1, new byte[] {(byte) red, (byte) green, (byte) blue});
    }
}
