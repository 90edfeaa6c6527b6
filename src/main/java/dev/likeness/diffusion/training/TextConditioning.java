package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.graph.Tape;
import dev.likeness.diffusion.text.ClipTextEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text states of a run's prompts: computed once where the text tower is frozen, anew in each pass where it learns. */
final class TextConditioning {

    private final ClipTextEncoder encoder;
    private final NDArray ids;
    private final Set<String> trained;
    private final boolean checkpointing;
    private final @Nullable NDArray frozen;

    /**
     * @param owner frees what is kept for the run
     * @param prompts token ids of the run's prompts
     * @param trained names of the tower's weights that learn; empty if it is frozen
     */
    TextConditioning(
            NDManager owner,
            ClipTextEncoder encoder,
            List<long[]> prompts,
            Set<String> trained,
            boolean checkpointing) {
        this.encoder = encoder;
        this.trained = trained;
        this.checkpointing = checkpointing;
        ids = ClipTextEncoder.ids(owner, prompts);
        frozen = trained.isEmpty() ? encoder.encode(owner, ids).lastHidden() : null;
    }

    boolean learns() {
        return frozen == null;
    }

    /** The states of every prompt for one pass. */
    Pass pass(NDManager scope) {
        if (frozen != null) {
            return new Pass(frozen, null);
        }
        Tape tape = encoder.record(scope, ids, trained, checkpointing);
        return new Pass(tape.outputs().get(0), tape);
    }

    /**
     * @param states [P, L, D]
     * @param tape null where the tower is frozen
     */
    record Pass(NDArray states, @Nullable Tape tape) {

        /** Gradients of the tower's weights from those of the states [P, L, D]. */
        Map<String, NDArray> backward(NDArray upstream) {
            if (tape == null) {
                return Map.of();
            }
            List<@Nullable NDArray> gradients = new ArrayList<>();
            gradients.add(upstream);
            gradients.add(null);
            gradients.add(null);
            return tape.backward(gradients).weights();
        }
    }
}
