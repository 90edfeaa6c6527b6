package dev.likeness.diffusion.adapter;

/**
 * Scales of an adapter.
 *
 * @param unet for the UNet
 * @param text for the text encoders
 */
public record AdapterScales(double unet, double text) {

    /** The scales of training. */
    public static final AdapterScales FULL = new AdapterScales(1, 1);
}
