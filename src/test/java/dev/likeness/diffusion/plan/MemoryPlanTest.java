package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.TestMethodSettings;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.singlefile.PublishedCheckpoint;
import dev.likeness.diffusion.singlefile.SingleFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Memory plans of Stable Diffusion 1.5, whose sizes are those of the published checkpoint. */
abstract class MemoryPlanTest {

    static final Set<MemorySaving> ALL = EnumSet.allOf(MemorySaving.class);

    static final MethodMemory DREAMBOOTH = DreamBooth.TYPE.memory(TestMethodSettings.ANY);

    static final MethodMemory INVERSION = TextualInversion.TYPE.memory(TestMethodSettings.ANY);

    static final MemoryOptions PLAIN = new MemoryOptions(1, 1, false, OptimizerKind.ADAMW, false, 16);

    @TempDir
    static Path home;

    static ModelSize sd15;

    static long unet;

    static long text;

    static long vae;

    /** From the shapes of the published model. */
    @BeforeAll
    static void readStableDiffusion15() throws IOException {
        Path file = PublishedCheckpoint.sd15().write(home.resolve("m.safetensors"));
        sd15 = ModelSize.read(ModelSizeTests.headers(SingleFile.open(file, SingleFile.Options.none())));
        unet = sd15.denoiser().parameters().all();
        text = sd15.textEncoders().get(0).parameters().all();
        vae = sd15.autoencoder().parameters().all();
    }

    static MethodMemory lora(int rank, LoraTargets targets) {
        return Lora.TYPE.memory(TestMethodSettings.of(new LoraSettings(rank, 1, 0, targets)));
    }

    static Workload run(MethodMemory method, int companions, Precision precision) {
        return new Workload(method, 512, companions, precision, false, List.of(), List.of());
    }

    static Workload drawing(SamplingLoad... drawings) {
        return new Workload(INVERSION, 64, 0, Precision.FP32, false, List.of(drawings), List.of());
    }

    static MemoryPlan plan(Workload run, MemoryOptions economy) {
        return new MemoryPlan(sd15, run, economy);
    }

    static MemoryEstimate estimate(MethodMemory method, Precision precision, MemoryOptions economy) {
        return plan(run(method, 0, precision), economy).estimate();
    }
}
