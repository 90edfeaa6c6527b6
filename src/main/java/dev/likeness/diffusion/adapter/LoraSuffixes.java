package dev.likeness.diffusion.adapter;

/** The endings of an adapter's tensors in files of diffusers, after the name of the layer. */
public enum LoraSuffixes {
    /** Of a UNet. */
    UNET(".lora.down.weight", ".lora.up.weight"),
    /** Of a text encoder. */
    TEXT_ENCODER(".lora_linear_layer.down.weight", ".lora_linear_layer.up.weight"),
    /** Of a transformer, as in peft. */
    PEFT(".lora_A.weight", ".lora_B.weight");

    private final String down;
    private final String up;

    LoraSuffixes(String down, String up) {
        this.down = down;
        this.up = up;
    }

    /** The ending of down. */
    public String down() {
        return down;
    }

    /** The ending of up. */
    public String up() {
        return up;
    }
}
