package dev.likeness.diffusion.plan;

/**
 * What is wanted of a run and does not change to save memory.
 *
 * @param resolution side of a training picture in pixels
 * @param priorPreservation whether each picture has one of the plain class beside it
 * @param adapter ignored unless the method is {@link Method#DREAMBOOTH_LORA}
 */
public record Run(Method method, int resolution, boolean priorPreservation, Compute compute, Adapter adapter) {

    /**
     * A LoRA.
     *
     * @param everyLayer whether it is at every linear layer and convolution, not at attentions alone
     */
    public record Adapter(int rank, boolean everyLayer) {

        /** For methods that have none. */
        public static final Adapter NONE = new Adapter(0, false);

        long parameters(ModelSize.Parameters network) {
            return rank * (everyLayer ? network.fullAdapter() : network.attentionAdapter());
        }
    }
}
