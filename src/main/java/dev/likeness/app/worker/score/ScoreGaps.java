package dev.likeness.app.worker.score;

import dev.likeness.diffusion.evaluation.EncoderKind;
import java.util.Map;

/**
 * Why a pipeline lacks encoders for scores.
 *
 * @param reasons by the kind of encoder; ignored for encoders that the pipeline has
 */
public record ScoreGaps(Map<EncoderKind, String> reasons) {

    public static final ScoreGaps NONE = new ScoreGaps(Map.of());

    String reason(EncoderKind kind) {
        return reasons.getOrDefault(kind, "");
    }
}
