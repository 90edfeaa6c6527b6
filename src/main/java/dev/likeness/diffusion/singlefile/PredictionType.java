package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a UNet predicts the noise or the velocity. Its weights do not determine that, so this class looks for
 * metadata and marks.
 */
final class PredictionType {

    static final String EPSILON = "epsilon";
    static final String V_PREDICTION = "v_prediction";

    /** A field of the ModelSpec standard; its values are {@code epsilon} and {@code v}. */
    private static final String NOTE = "modelspec.prediction_type";

    /** Empty tensor that marks velocity in some checkpoints. */
    private static final String MARK = "v_pred";

    private static final String GLOBAL_STEP = "global_step";

    /** The last training step of Stable Diffusion 2 with 512 pixels. */
    private static final long LAST_STEP_OF_THE_SMALL_ONE = 875_000;

    private PredictionType() {}

    /**
     * The checkpoint's statement, or else the most likely type, as in diffusers.
     *
     * @throws InvalidModelException if statements contradict each other
     */
    static String of(Family family, SafeTensors checkpoint) {
        List<Statement> statements = statements(checkpoint);
        if (!statements.isEmpty()) {
            Statement first = statements.get(0);
            requireNoOther(statements, first.type(), first.source());
            return first.type();
        }
        return family == Family.STABLE_DIFFUSION_2
                        && !endsWithTheSmallOne(checkpoint.entries().get(GLOBAL_STEP))
                ? V_PREDICTION
                : EPSILON;
    }

    /**
     * Compares a given configuration with the checkpoint's statements.
     *
     * @throws InvalidModelException naming both, if they differ
     */
    static void requireNoOther(SafeTensors checkpoint, String configured) {
        requireNoOther(
                statements(checkpoint), configured, "prediction_type in the config's scheduler/scheduler_config.json");
    }

    private static void requireNoOther(List<Statement> statements, String type, String source) {
        for (Statement statement : statements) {
            if (!statement.type().equals(type)) {
                throw new InvalidModelException(
                        "%s says that the UNet predicts %s, %s that it predicts %s: set prediction-type to the correct one"
                                .formatted(statement.source(), statement.type(), source, type));
            }
        }
    }

    /**
     * A statement of a checkpoint.
     *
     * @param source its location in the file
     */
    private record Statement(String source, String type) {}

    private static List<Statement> statements(SafeTensors checkpoint) {
        List<Statement> statements = new ArrayList<>();
        String note = checkpoint.metadata().get(NOTE);
        if (note != null && note.equals(EPSILON)) {
            statements.add(new Statement("the checkpoint's metadata " + NOTE, EPSILON));
        } else if (note != null && note.startsWith("v")) {
            statements.add(new Statement("the checkpoint's metadata " + NOTE, V_PREDICTION));
        }
        if (checkpoint.entries().containsKey(MARK)) {
            statements.add(new Statement("the checkpoint's mark " + MARK, V_PREDICTION));
        }
        return statements;
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
