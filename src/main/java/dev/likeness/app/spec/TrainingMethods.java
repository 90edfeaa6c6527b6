package dev.likeness.app.spec;

import java.util.List;

/** Names of the training methods on the wire. */
public final class TrainingMethods {

    public static final String DREAMBOOTH = "dreambooth";
    static final String LORA = "dreambooth_lora";
    static final String TEXTUAL_INVERSION = "textual_inversion";
    public static final String MOMENTUM = "momentum_textual_inversion";

    static final String PATTERN = "^(dreambooth|dreambooth_lora|textual_inversion|momentum_textual_inversion)$";
    static final String MESSAGE =
            "must be dreambooth, dreambooth_lora, textual_inversion or momentum_textual_inversion";

    private TrainingMethods() {}

    public static List<String> all() {
        return List.of(DREAMBOOTH, LORA, TEXTUAL_INVERSION, MOMENTUM);
    }
}
