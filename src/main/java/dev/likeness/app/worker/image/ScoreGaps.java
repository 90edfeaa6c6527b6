package dev.likeness.app.worker.image;

/**
 * Why a pipeline cannot make scores.
 *
 * @param clip why it has no CLIP; means nothing if it has one
 * @param dino why it has no DINO; means nothing if it has one
 */
public record ScoreGaps(String clip, String dino) {

    static final ScoreGaps NONE = new ScoreGaps("", "");
}
