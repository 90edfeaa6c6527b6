package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.schedule.Sampler;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rescaled guidance, and sampling that begins with pure noise, of networks that predict noise or velocity. */
class GuidanceRescaleReferenceTests {

    private static final Path REFERENCE = Path.of("src/test/resources/losses/reference.safetensors");
    private static final double SCALE = 6;
    private static final double RESCALE = 0.7;
    private static final List<Sampler> SAMPLERS = List.of(
            Sampler.DDIM,
            Sampler.EULER,
            Sampler.EULER_KARRAS,
            Sampler.DPMPP_2M,
            Sampler.DPMPP_2M_KARRAS,
            Sampler.UNIPC);

    @ParameterizedTest
    @ValueSource(strings = {"tiny-sd1", "tiny-sd2", "tiny-sdxl"})
    void rescalesAsDiffusers(String family) throws Exception {
        GoldenTensors reference = GoldenTensors.read(REFERENCE);
        GuidanceIntervalReferenceTests.with(family, sampling -> {
            for (Sampler sampler : SAMPLERS) {
                List<float[]> latents = sampling.run(sampling.model().noise(), sampler, sigma -> SCALE, RESCALE);

                for (int i = 0; i < latents.size(); i++) {
                    reference
                            .get("rescale.%s.%s".formatted(family, sampler.wire()))
                            .at(i)
                            .assertClose(latents.get(i), 2e-4);
                }
            }
        });
    }

    @Test
    void beginsWithPureNoiseAsDiffusers() throws Exception {
        GoldenTensors reference = GoldenTensors.read(REFERENCE);
        GuidanceIntervalReferenceTests.with("tiny-sd2", sampling -> {
            for (Sampler sampler : SAMPLERS) {
                List<float[]> latents =
                        sampling.run(sampling.model().noise().withZeroTerminalSnr(), sampler, sigma -> SCALE, RESCALE);

                reference.get("zero.tiny-sd2." + sampler.wire()).at(0).assertClose(latents.get(0), 2e-4);
            }
        });
    }

    /** The prediction with the prompt alone has its own deviation. */
    @Test
    void changesNothingWithoutGuidance() throws Exception {
        GuidanceIntervalReferenceTests.with("tiny-sd2", sampling -> {
            List<float[]> rescaled = sampling.run(sampling.model().noise(), Sampler.DDIM, sigma -> 1, RESCALE);

            assertThat(rescaled).usingRecursiveComparison().isEqualTo(sampling.run(Sampler.DDIM, sigma -> 1));
        });
    }
}
