package dev.likeness.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.hub.TestHub;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

class ModelSchedulesTests {

    private static final Path SCHEDULES = Path.of("src/test/resources/schedules");

    @TempDir
    Path home;

    /** Which are not JSON: Python writes an infinite number as -Infinity. */
    @ParameterizedTest
    @ValueSource(strings = {"ddim", "euler", "dpmpp_2m", "dpmpp_2m_karras", "dpmpp_2m_sde_karras", "unipc", "pndm"})
    void readsFilesAsDiffusersWritesThem(String sampler) throws IOException {
        NoiseProcess noise = noise("dpmsolver-multistep.json");

        assertThat(noise.solver(Wire.named(Sampler.class, sampler), 10, 0, 1).timesteps())
                .hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void readsZeroTerminalSnr() throws IOException {
        float[] last = noise("zero-terminal-snr.json").mix(new float[] {1}, new float[] {0}, 999);

        assertThat(last).containsExactly(0);
    }

    private NoiseProcess noise(String file) throws IOException {
        Path folder = home.resolve("model");
        FileSystemUtils.copyRecursively(ModelCatalogueTests.TINY_SD1, folder);
        Files.write(folder.resolve("scheduler/scheduler_config.json"), Files.readAllBytes(SCHEDULES.resolve(file)));
        ModelCatalogue catalogue = new ModelCatalogue(
                new ModelSettings(home, "likeness/tiny-world", Map.of("acme/tiny", TestCatalogue.location(folder))),
                TestHub.offline(home),
                JsonMapper.builder().build());
        return new ModelSchedules(catalogue).of(catalogue.get("acme/tiny"));
    }
}
