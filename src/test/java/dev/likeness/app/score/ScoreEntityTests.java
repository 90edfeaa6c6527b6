package dev.likeness.app.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.score.Score.Interval;
import dev.likeness.app.score.Score.Outcome;
import dev.likeness.app.score.Score.Selection;
import dev.likeness.diffusion.evaluation.ColourShift;
import dev.likeness.diffusion.evaluation.Colours;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** Each part of a score has a column of its own, under the name that release 1.0.0 gave it or a later one added. */
@ApiTest
class ScoreEntityTests {

    private static final String ROW = """
            {"image_set": "checkpoint", "metric": "clip_t", "value": 0.65, "reason": null, "n": 12,
             "interval_low": 0.6, "interval_high": 0.7, "encoder": "likeness/tiny-world/clip",
             "pairing": "each with its prompt", "reference": 0.701, "step": 400, "subset": "a photo of a sks teapot", "colours": null}
            """;

    private static final Score SCORE = new Score(
            new Selection(ImageSet.CHECKPOINT, 400, "a photo of a sks teapot"),
            Metric.CLIP_T,
            Outcome.of(0.65, 12, new Interval(0.6, 0.7)),
            "likeness/tiny-world/clip",
            "each with its prompt",
            0.701);

    private static final String COLOUR_ROW = """
            {"image_set": "checkpoint", "metric": "colour_shift", "value": 3.5, "reason": null, "n": 7,
             "interval_low": -1.5, "interval_high": 8.5, "encoder": "CIELAB", "pairing": "all generated, less all real",
             "reference": null, "step": 100, "subset": null,
             "colours": {"generated": {"chroma": 35.5, "chroma_spread": 12.0, "hue": 191.0, "hue_spread": 24.5},
                         "real": {"chroma": 32.0, "chroma_spread": 16.5, "hue": null, "hue_spread": null}}}
            """;

    private static final Score COLOUR = new Score(
            new Selection(ImageSet.CHECKPOINT, 100, null),
            Metric.COLOUR_SHIFT,
            new Outcome(
                    3.5,
                    null,
                    7,
                    new Interval(-1.5, 8.5),
                    new ColourShift(new Colours(35.5, 12, 191.0, 24.5), new Colours(32, 16.5, null, null))),
            "CIELAB",
            "all generated, less all real",
            null);

    private static final String MISSING_ROW = """
            {"image_set": "results", "metric": "dino", "value": null, "reason": "no encoder", "n": 0,
             "interval_low": null, "interval_high": null, "encoder": "none", "pairing": "none", "reference": null,
             "step": 200, "subset": null, "colours": null}
            """;

    private static final Score MISSING = Score.missing(ImageSet.RESULTS, Metric.DINO, "no encoder", 200);

    @Autowired
    ScoreRepository scores;

    @Autowired
    TestWorker worker;

    @Autowired
    TestDatabase database;

    @Autowired
    JsonMapper json;

    UUID job;

    @BeforeEach
    void submit() {
        job = worker.submit();
    }

    @Test
    void readsStoredRows() {
        database.jobs().addScore(job, MISSING_ROW);
        database.jobs().addScore(job, ROW);

        assertThat(scores.findOwn(List.of(job))).extracting(ScoreEntity::score).containsExactly(MISSING, SCORE);
    }

    @Test
    void writesEachPartToItsColumn() {
        scores.save(new ScoreEntity(job, null, SCORE));

        assertThat(json.readTree(database.jobs().score(job))).isEqualTo(json.readTree(ROW));
    }

    @Test
    void keepsColoursInOneColumn() {
        scores.save(new ScoreEntity(job, null, COLOUR));

        assertThat(json.readTree(database.jobs().score(job))).isEqualTo(json.readTree(COLOUR_ROW));
        assertThat(scores.findOwn(List.of(job))).extracting(ScoreEntity::score).containsExactly(COLOUR);
    }

    @Test
    void writesWhyThereIsNoValue() {
        scores.save(new ScoreEntity(job, null, MISSING));

        assertThat(json.readTree(database.jobs().score(job))).isEqualTo(json.readTree(MISSING_ROW));
    }
}
