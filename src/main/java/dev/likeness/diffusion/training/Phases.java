package dev.likeness.diffusion.training;

/**
 * The steps of a run in which its parts are trained. In pivotal tuning the embeddings of a new word stop at the pivot, and adapters begin
 * at the first step or later.
 *
 * @param adapterFrom the first step that trains everything besides the embeddings, from 0
 * @param embeddingsUntil the first step that does not train the embeddings any more
 */
public record Phases(int adapterFrom, int embeddingsUntil) {

    /** Every part is trained in every step. */
    public static final Phases ALL = new Phases(0, Integer.MAX_VALUE);

    public Phases {
        if (adapterFrom < 0 || embeddingsUntil < 1 || adapterFrom > embeddingsUntil) {
            throw new IllegalArgumentException(
                    "every step must train something, but adapters begin at step %d and embeddings end at %d"
                            .formatted(adapterFrom, embeddingsUntil));
        }
    }

    /** The first step that trains a part. */
    int from(TrainedPart part) {
        return part == TrainedPart.EMBEDDINGS ? 0 : adapterFrom;
    }

    /** The first step that does not train a part any more. */
    int until(TrainedPart part) {
        return part == TrainedPart.EMBEDDINGS ? embeddingsUntil : Integer.MAX_VALUE;
    }

    /** Whether a step trains a part. */
    boolean trains(TrainedPart part, int step) {
        return step >= from(part) && step < until(part);
    }
}
