package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.wire.Wire;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How an adapter changes the weight of a layer, W, with O outputs and I inputs. */
public enum LayerKind implements Wire {
    /** alpha / r * up * down (Hu et al. 2021, arXiv:2106.09685). */
    LORA("LORA_"),
    /** alpha / r * (w1_a * w1_b) ⊙ (w2_a * w2_b), a Hadamard product (Hyeon-Woo et al. 2022, arXiv:2108.06098). */
    LOHA("HADA_"),
    /**
     * alpha / r * w1 ⊗ w2, a Kronecker product (Yeh et al. 2023, arXiv:2309.14859). A factor can be a product of rank r. The
     * scale is 1 if both factors are whole.
     */
    LOKR("LOKR_");

    private final String prefix;

    LayerKind(String prefix) {
        this.prefix = prefix;
    }

    /** Checkpoints contain the wire name. */
    @Override
    public String toString() {
        return wire();
    }

    /** The kind that has a tensor; empty for one that each kind can have. */
    static Optional<LayerKind> of(LayerTensor tensor) {
        return Stream.of(values())
                .filter(kind -> tensor.name().startsWith(kind.prefix))
                .findFirst();
    }

    /** The tensors of this kind that a layer lacks. */
    Set<LayerTensor> missing(LayerParts parts) {
        Set<LayerTensor> missing = EnumSet.noneOf(LayerTensor.class);
        switch (this) {
            case LORA -> missing.addAll(EnumSet.of(LayerTensor.LORA_DOWN, LayerTensor.LORA_UP));
            case LOHA -> {
                missing.addAll(EnumSet.range(LayerTensor.HADA_W1_A, LayerTensor.HADA_W2_B));
                if (parts.has(LayerTensor.HADA_T1) || parts.has(LayerTensor.HADA_T2)) {
                    missing.addAll(EnumSet.of(LayerTensor.HADA_T1, LayerTensor.HADA_T2));
                }
            }
            case LOKR -> {
                missing.addAll(
                        parts.has(LayerTensor.LOKR_W1_A) || parts.has(LayerTensor.LOKR_W1_B)
                                ? EnumSet.of(LayerTensor.LOKR_W1_A, LayerTensor.LOKR_W1_B)
                                : EnumSet.of(LayerTensor.LOKR_W1));
                missing.addAll(
                        parts.has(LayerTensor.LOKR_W2_A)
                                        || parts.has(LayerTensor.LOKR_W2_B)
                                        || parts.has(LayerTensor.LOKR_T2)
                                ? EnumSet.of(LayerTensor.LOKR_W2_A, LayerTensor.LOKR_W2_B)
                                : EnumSet.of(LayerTensor.LOKR_W2));
            }
        }
        missing.removeAll(parts.tensors().keySet());
        return missing;
    }
}
