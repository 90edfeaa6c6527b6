package dev.likeness.diffusion.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.likeness.diffusion.check.SelfCheck;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.pipeline.EngineCheck.Finding;
import dev.likeness.diffusion.tensor.EngineThreads;
import dev.likeness.diffusion.tensor.FailedBackward;
import dev.likeness.diffusion.tensor.LibTorch;
import dev.likeness.diffusion.tensor.NativeHeap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The engine on libtorch, through DJL. */
public final class TorchEngine implements DiffusionEngine {

    private final NDManager manager;
    private final long usedByOthers;

    private TorchEngine(NDManager manager, long usedByOthers) {
        this.manager = manager;
        this.usedByOthers = usedByOthers;
    }

    /**
     * Loads libtorch. Must be called before the first engine thread starts, which loads the default libtorch otherwise.
     *
     * @throws dev.likeness.diffusion.tensor.LibTorchException if it cannot be loaded
     */
    public static void load(EngineOptions options) {
        LibTorch.load(options.libtorch(), options.nativeCache(), options.avx512OnAmd());
    }

    /**
     * Starts on a device. {@link #check} tells whether it computes correctly there.
     *
     * @throws dev.likeness.diffusion.tensor.LibTorchException if the device does not exist
     */
    public static TorchEngine start(EngineOptions options) {
        EngineThreads.requireCurrent();
        load(options);
        NativeHeap.returnAtOnce(false);
        if (options.threads() > 0) {
            LibTorch.useThreads(options.threads());
        }
        Device device = Devices.find(options.device());
        long usedByOthers = Devices.used(device);
        NDManager manager = NDManager.newBaseManager(device, "PyTorch");
        return new TorchEngine(manager, usedByOthers);
    }

    @Override
    public DeviceInfo device() {
        return Devices.describe(manager.getDevice(), usedByOthers);
    }

    @Override
    public EngineCheck check() {
        EngineThreads.requireCurrent();
        long start = System.nanoTime();
        List<Precision> precisions = List.of(Precision.values());
        List<Finding> findings = new ArrayList<>();
        SelfCheck check = SelfCheck.of(manager, new SelfCheck.Report() {
            @Override
            public void differs(String operator, String precision, String what) {
                findings.add(new Finding(operator, precision, what));
            }

            @Override
            public void fails(String operator, String precision, String what) {
                findings.add(new Finding(operator, precision, "fails: " + what, false));
            }
        });
        check.run(precisions);
        releaseMemory();
        return new EngineCheck(
                precisions.stream().map(Precision::wire).toList(),
                check.operators().size(),
                findings,
                Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public void releaseMemory() {
        FailedBackward.free();
        NativeHeap.trim();
        if (manager.getDevice().isGpu()) {
            JniUtils.emptyCudaCache();
        }
    }

    @Override
    public Pipeline open(Path modelFolder, ScoreEncoders encoders) {
        EngineThreads.requireCurrent();
        return new TorchPipeline(manager, modelFolder, encoders);
    }

    @Override
    public PictureCaptioner openCaptioner(Path folder) {
        EngineThreads.requireCurrent();
        return BlipCaptioner.load(manager, folder);
    }

    @Override
    public void close() {
        manager.close();
    }
}
