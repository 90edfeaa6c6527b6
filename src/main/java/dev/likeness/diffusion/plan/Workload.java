package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.graph.Precision;
import java.util.List;
import java.util.Set;

/**
 * The settings of a run that never change to save memory.
 *
 * @param method training method
 * @param resolution side of a training picture in pixels
 * @param companions of each picture of the subject in the network
 * @param precision of the computation
 * @param fused whether the trained weights are fused with copies of the base weights to sample, if the method supports
 *     it
 * @param images images that are generated before and after training
 * @param previews images that are generated while training pauses
 * @param encodedInSteps what every step encodes: pictures, because their crops are random, or prompts, because there can be too
 *     many to keep
 */
public record Workload(
        MethodMemory method,
        int resolution,
        Companions companions,
        Precision precision,
        boolean fused,
        List<SamplingLoad> images,
        List<SamplingLoad> previews,
        Set<Encoded> encodedInSteps) {

    /**
     * Further pictures in the network for each one of the subject: one of the plain class with prior preservation, its face with a
     * facial loss.
     *
     * @param count 0 to 2
     * @param apart whether they can have another size than the picture, so that they are in the network after it, and their
     *     gradients are added
     */
    public record Companions(int count, boolean apart) {}

    /** What is encoded, usually before the first step. */
    public enum Encoded {
        PICTURES,
        PROMPTS
    }

    /** All pictures and prompts are encoded before the first step. */
    public Workload(
            MethodMemory method,
            int resolution,
            int companions,
            Precision precision,
            boolean fused,
            List<SamplingLoad> images,
            List<SamplingLoad> previews) {
        this(method, resolution, companions, precision, fused, images, previews, Set.of());
    }

    /** Pictures of a pass have one size. */
    public Workload(
            MethodMemory method,
            int resolution,
            int companions,
            Precision precision,
            boolean fused,
            List<SamplingLoad> images,
            List<SamplingLoad> previews,
            Set<Encoded> encodedInSteps) {
        this(method, resolution, new Companions(companions, false), precision, fused, images, previews, encodedInSteps);
    }

    public Workload {
        images = List.copyOf(images);
        previews = List.copyOf(previews);
        encodedInSteps = Set.copyOf(encodedInSteps);
    }
}
