package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.graph.Precision;
import java.util.List;

/**
 * What is wanted of a run and does not change to save memory.
 *
 * @param resolution side of a training picture in pixels
 * @param companions pictures that go through the network beside each one of the subject: one of the plain class with prior
 *     preservation, its face with a facial loss
 * @param precision that it computes in
 * @param adapter ignored unless the method is {@link Method#DREAMBOOTH_LORA}
 * @param drawings images that are drawn before and after training
 * @param previews images that are drawn while training waits
 */
public record Workload(
        Method method,
        int resolution,
        int companions,
        Precision precision,
        Adapter adapter,
        List<PlannedImages> drawings,
        List<PlannedImages> previews) {

    public Workload {
        drawings = List.copyOf(drawings);
        previews = List.copyOf(previews);
    }

    /**
     * A LoRA.
     *
     * @param everyLayer whether it is at every linear layer and convolution, not at attentions alone
     * @param fused whether it is summed into copies of the weights to draw
     */
    public record Adapter(int rank, boolean everyLayer, boolean fused) {

        /** For methods that have none. */
        public static final Adapter NONE = new Adapter(0, false, false);

        long parameters(Parameters network) {
            return rank * (everyLayer ? network.fullAdapter() : network.attentionAdapter());
        }

        /** Weights that are copied to draw. */
        long copies(Parameters network) {
            if (!fused) {
                return 0;
            }
            return everyLayer ? network.all() - network.tables() : network.attention();
        }
    }
}
