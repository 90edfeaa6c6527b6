package dev.likeness.diffusion.adapter;

/**
 * How much of an adapter counts.
 *
 * @param unet in the UNet
 * @param text in the text encoders
 */
public record AdapterScales(double unet, double text) {

    /** As they were trained. */
    public static final AdapterScales FULL = new AdapterScales(1, 1);
}
