package dev.likeness.app.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.ApiTest;
import dev.likeness.app.adapter.AdapterContents;
import dev.likeness.app.adapter.AdapterContents.Embeddings;
import dev.likeness.app.adapter.AdapterContents.Lora;
import dev.likeness.app.adapter.AdapterContents.Momentum;
import dev.likeness.app.adapter.AdapterKind;
import dev.likeness.app.job.MergedAdapter;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.score.Score.Interval;
import dev.likeness.app.score.Score.Outcome;
import dev.likeness.app.score.Score.Selection;
import dev.likeness.diffusion.adapter.LayerKind;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** Values of several parts whose JSON columns stay flat, as release 1.0.0 wrote them. */
@ApiTest
class FlatRowsTests {

    private static final String SCORE = """
            {"images": "results", "metric": "clip_i", "value": 0.5, "reason": null, "n": 12,
             "interval": {"low": 0.4, "high": 0.6}, "encoder": "likeness/tiny-world/clip",
             "pairing": "all generated x real", "reference": 0.676, "step": 400,
             "subset": "a photo of a sks teapot"}
            """;

    private static final String MISSING = """
            {"images": "checkpoint", "metric": "dino", "value": null, "reason": "no encoder", "n": 0,
             "interval": null, "encoder": "none", "pairing": "none", "reference": null, "step": 200,
             "subset": null}
            """;

    private static final String LORA = """
            {"rank": 4, "targets": "attention", "layers": {"unet": 32}, "towers": [], "placeholder": null,
             "vectors": null, "gamma": null, "momentum_mode": null, "words": ["<cat>"],
             "output_towers": ["text_encoder"], "algorithms": ["lora", "lokr"], "dora": true}
            """;

    private static final String EMBEDDINGS = """
            {"rank": null, "targets": null, "layers": {}, "towers": ["text_encoder"], "placeholder": "<cat>",
             "vectors": 2, "gamma": 0.5, "momentum_mode": "ema", "words": [], "output_towers": [],
             "algorithms": [], "dora": false}
            """;

    /** Without the fields that later releases added. */
    private static final String FIRST = """
            {"rank": null, "targets": null, "layers": {}, "towers": ["text_encoder"], "placeholder": "<cat>",
             "vectors": 1}
            """;

    private static final UUID JOB = UUID.fromString("6f9619ff-8b86-4011-b42d-00c04fc964ff");

    private static final String MERGED = """
            {"id": null, "job_id": "6f9619ff-8b86-4011-b42d-00c04fc964ff", "kind": "EMBEDDING", "file_sha256": "ab12",
             "unet_scale": 1.0, "text_scale": 0.5, "placeholder": "<cat>"}
            """;

    private final JsonMapper json;

    FlatRowsTests(@Autowired JsonMapper wire) {
        json = StoredJson.mapper(wire);
    }

    @Test
    void keepsScoresFlat() {
        holds(
                SCORE,
                new Score(
                        new Selection(ImageSet.RESULTS, 400, "a photo of a sks teapot"),
                        Metric.CLIP_I,
                        Outcome.of(0.5, 12, new Interval(0.4, 0.6)),
                        "likeness/tiny-world/clip",
                        "all generated x real",
                        0.676));
        holds(MISSING, Score.missing(ImageSet.CHECKPOINT, Metric.DINO, "no encoder", 200));
    }

    @Test
    void keepsContentsOfAdaptersFlat() {
        holds(
                LORA,
                new AdapterContents(
                        new Lora(
                                4,
                                LoraTargets.ATTENTION,
                                Map.of("unet", 32),
                                List.of(LayerKind.LORA, LayerKind.LOKR),
                                true),
                        List.of(),
                        new Embeddings(null, null, List.of("<cat>"), List.of("text_encoder")),
                        new Momentum(null, null)));
        holds(
                EMBEDDINGS,
                new AdapterContents(
                        new Lora(null, null, Map.of(), List.of(), false),
                        List.of("text_encoder"),
                        new Embeddings("<cat>", 2, List.of(), List.of()),
                        new Momentum(0.5, MomentumMode.EMA)));
    }

    @Test
    void readsContentsOfAdaptersOlderThanMomentum() {
        assertThat(json.readValue(FIRST, AdapterContents.class))
                .isEqualTo(new AdapterContents(
                        new Lora(null, null, Map.of(), List.of(), false),
                        List.of("text_encoder"),
                        new Embeddings("<cat>", 1, List.of(), List.of()),
                        new Momentum(null, null)));
    }

    @Test
    void keepsTheKindsOfMergedAdaptersInUpperCase() {
        holds(MERGED, new MergedAdapter(null, JOB, AdapterKind.EMBEDDING, "ab12", 1, 0.5, "<cat>"));
    }

    private void holds(String row, Object value) {
        assertThat(json.readValue(row, value.getClass())).isEqualTo(value);
        assertThat(json.readTree(json.writeValueAsString(value))).isEqualTo(json.readTree(row));
    }
}
