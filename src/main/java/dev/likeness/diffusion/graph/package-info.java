/** Networks, described once in Java and emitted as TorchScript: blocks, topologies, weights, gradients. */
@NullMarked
package dev.likeness.diffusion.graph;

import org.jspecify.annotations.NullMarked;
