package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.SafeTensors;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a UNet predicts the noise or the velocity. Its weights do not tell, so this looks for notes of who made it. */
final class PredictionType {

    static final String EPSILON = "epsilon";
    static final String V_PREDICTION = "v_prediction";

    /** A field of the ModelSpec standard; its values are {@code epsilon} and {@code v}. */
    private static final String NOTE = "modelspec.prediction_type";

    /** Empty tensor by which some checkpoints say it. */
    private static final String MARK = "v_pred";

    private static final String GLOBAL_STEP = "global_step";

    /** Where the training of Stable Diffusion 2 with 512 pixels ended. */
    private static final long LAST_STEP_OF_THE_SMALL_ONE = 875_000;

    private PredictionType() {}

    /** What the checkpoint says, else what is most likely, which is what diffusers takes. */
    static String of(Family family, SafeTensors checkpoint) {
        Map<String, SafeTensors.Entry> tensors = checkpoint.entries();
        String note = checkpoint.metadata().get(NOTE);
        if (note != null && note.equals(EPSILON)) {
            return EPSILON;
        }
        if (note != null && note.startsWith("v") || tensors.containsKey(MARK)) {
            return V_PREDICTION;
        }
        return family == Family.STABLE_DIFFUSION_2 && !endsWithTheSmallOne(tensors.get(GLOBAL_STEP))
                ? V_PREDICTION
                : EPSILON;
    }

    private static boolean endsWithTheSmallOne(SafeTensors.@Nullable Entry step) {
        if (step == null || step.length() != step.element().bytes()) {
            return false;
        }
        ByteBuffer bytes = step.map();
        return switch (step.element()) {
            case I64 -> bytes.getLong() == LAST_STEP_OF_THE_SMALL_ONE;
            case I32 -> bytes.getInt() == LAST_STEP_OF_THE_SMALL_ONE;
            case F32 -> bytes.getFloat() == LAST_STEP_OF_THE_SMALL_ONE;
            default -> false;
        };
    }
}
