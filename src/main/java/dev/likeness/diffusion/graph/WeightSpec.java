package dev.likeness.diffusion.graph;

/**
 * A weight that a network needs.
 *
 * @param name key in the model's file
 * @param shape its shape
 */
public record WeightSpec(String name, long... shape) {}
