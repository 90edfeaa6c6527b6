package dev.likeness.diffusion.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The comparisons of networks with diffusers, for programs that run them on a device of their choice. */
public final class GoldenNetworks {

    private GoldenNetworks() {}

    /** A comparison for each case, displayed as {@code family/case}, on DJL's default device: the first GPU, if any. */
    public static Stream<DynamicTest> comparisons() {
        return new StableDiffusionGoldenTests().networks();
    }
}
