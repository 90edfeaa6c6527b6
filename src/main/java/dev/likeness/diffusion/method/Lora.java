package dev.likeness.diffusion.method;

/**
 * Low-rank adapters (Hu et al. 2021, arXiv:2106.09685).
 *
 * @param rank r, at least 1
 * @param alpha the adapter counts alpha / r
 * @param dropout share of an adapter's inputs that is left out at random in training, 0 to below 1
 * @param targets {@code attention}, {@code linear} or {@code all}
 * @param textEncoder whether the text encoders' attention gets adapters too
 */
public record Lora(int rank, double alpha, double dropout, String targets, boolean textEncoder) implements Method {}
