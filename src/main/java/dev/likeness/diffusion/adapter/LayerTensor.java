package dev.likeness.diffusion.adapter;

/**
 * The tensors that adapters of any kind have at a layer, by their names in files of LyCORIS (Yeh et al. 2023,
 * arXiv:2309.14859). O and I are the weight's outputs and inputs, K the pixels of a convolution's kernel, r the rank.
 */
public enum LayerTensor {
    /** LoRA: [r, I, k, k]; in Tucker form [r, I, 1, 1]. */
    LORA_DOWN("lora_down.weight"),
    /** LoRA: [O, r]. */
    LORA_UP("lora_up.weight"),
    /** The core of a LoRA in Tucker form: [r, r, k, k]. */
    LORA_MID("lora_mid.weight"),
    /** LoHa: [O, r]; in Tucker form [r, O]. */
    HADA_W1_A("hada_w1_a"),
    /** LoHa: [r, I * K]; in Tucker form [r, I]. */
    HADA_W1_B("hada_w1_b"),
    /** LoHa: as {@link #HADA_W1_A}. */
    HADA_W2_A("hada_w2_a"),
    /** LoHa: as {@link #HADA_W1_B}. */
    HADA_W2_B("hada_w2_b"),
    /** The first core of a LoHa in Tucker form: [r, r, k, k]. */
    HADA_T1("hada_t1"),
    /** The second core of a LoHa in Tucker form: [r, r, k, k]. */
    HADA_T2("hada_t2"),
    /** The first factor of LoKr: [l, m]. */
    LOKR_W1("lokr_w1"),
    /** LoKr: [l, r]. */
    LOKR_W1_A("lokr_w1_a"),
    /** LoKr: [r, m]. */
    LOKR_W1_B("lokr_w1_b"),
    /** The second factor of LoKr: [O / l, I / m, k, k]. */
    LOKR_W2("lokr_w2"),
    /** LoKr: [O / l, r]; in Tucker form [r, O / l]. */
    LOKR_W2_A("lokr_w2_a"),
    /** LoKr: [r, I / m * K]; in Tucker form [r, I / m]. */
    LOKR_W2_B("lokr_w2_b"),
    /** The core of LoKr's second factor in Tucker form: [r, r, k, k]. */
    LOKR_T2("lokr_t2"),
    /** The norms of DoRA (Liu et al. 2024, arXiv:2402.09353): [O, 1, 1, 1] for each output, or [1, I, 1, 1] for each input. */
    DORA_SCALE("dora_scale");

    private static final String WEIGHT = ".weight";

    private final String suffix;

    LayerTensor(String suffix) {
        this.suffix = suffix;
    }

    /** The end of its name in files, after the layer and a dot. */
    public String suffix() {
        return suffix;
    }

    /** Its name in networks: the suffix without {@code .weight}. */
    public String key() {
        return suffix.endsWith(WEIGHT) ? suffix.substring(0, suffix.length() - WEIGHT.length()) : suffix;
    }
}
