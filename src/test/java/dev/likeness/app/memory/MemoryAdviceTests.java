package dev.likeness.app.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.TestMethodSettings;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.plan.MemoryOptions;
import dev.likeness.diffusion.plan.MemoryPlan;
import dev.likeness.diffusion.plan.MemorySaving;
import dev.likeness.diffusion.plan.MethodMemory;
import dev.likeness.diffusion.plan.ModelSize;
import dev.likeness.diffusion.plan.OptimizerKind;
import dev.likeness.diffusion.plan.SamplingLoad;
import dev.likeness.diffusion.plan.Workload;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryAdviceTests {

    private static final ModelSize MODEL =
            ModelSize.read(ModelHeaders.of(Path.of("src/main/resources/models/likeness/tiny-world")));

    private static final MethodMemory DREAMBOOTH = DreamBooth.TYPE.memory(TestMethodSettings.ANY);
    private static final MethodMemory LORA =
            Lora.TYPE.memory(TestMethodSettings.of(new LoraSettings(256, 1, 0, LoraTargets.ALL)));
    private static final MethodMemory INVERSION = TextualInversion.TYPE.memory(TestMethodSettings.ANY);

    private final MemoryPlan full = plan(DREAMBOOTH, 512, new SamplingLoad(64, 64, 1));

    @Test
    void namesASmallerResolutionThatFits() {
        long quarter = plan(DREAMBOOTH, 256, new SamplingLoad(64, 64, 1)).peak();

        assertThat(advice(full, Set.of(), quarter))
                .startsWith("What helps: training.resolution 256 (%s); or".formatted(MemoryWords.bytes(quarter)));
    }

    @Test
    void namesTheDrawnSizeWhereThatIsWhatIsTooLarge() {
        MemoryPlan poster = plan(INVERSION, 1024, new SamplingLoad(1024, 1024, 1));
        long available = plan(INVERSION, 512, new SamplingLoad(512, 512, 1)).peak();

        assertThat(advice(poster, Set.of(), available))
                .contains("training.resolution, sampling.width and sampling.height 512 (");
    }

    @Test
    void namesFieldsThatTheRequestShouldLeaveOpen() {
        String advice = advice(full, Set.of(MemorySaving.GRADIENT_CHECKPOINTING), full.peak() - 1);

        assertThat(advice)
                .startsWith(
                        "What helps: omitting training.gradient_checkpointing from the spec, so that the plan can change it (");
    }

    @Test
    void namesNothingThatDoesNotHelp() {
        assertThat(advice(full, Set.of(), 1))
                .isEqualTo(
                        "What helps: a device on which a task can use %s.".formatted(MemoryWords.bytes(full.peak())));
    }

    @Test
    void saysBytesAsPeopleDo() {
        assertThat(MemoryWords.bytes(6_340_000_000L)).isEqualTo("6.3 GB");
        assertThat(MemoryWords.bytes(412_300_000)).isEqualTo("412 MB");
    }

    private static String advice(MemoryPlan plan, Set<MemorySaving> fixed, long available) {
        return new MemoryAdvice(plan, fixed, Map.of("dreambooth_lora", LORA), available).words();
    }

    private static MemoryPlan plan(MethodMemory method, int resolution, SamplingLoad drawn) {
        Workload run = new Workload(method, resolution, 0, Precision.BF16, false, List.of(drawn), List.of());
        return new MemoryPlan(MODEL, run, new MemoryOptions(1, 1, false, OptimizerKind.ADAFACTOR, false, 1));
    }
}
