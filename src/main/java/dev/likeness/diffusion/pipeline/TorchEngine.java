package dev.likeness.diffusion.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.tensor.EngineThreads;
import dev.likeness.diffusion.tensor.LibTorch;
import java.nio.file.Path;

/** The engine on libtorch, through DJL. */
public final class TorchEngine implements DiffusionEngine {

    private final NDManager manager;

    private TorchEngine(NDManager manager) {
        this.manager = manager;
    }

    /**
     * Loads libtorch and checks that it computes gradients right.
     *
     * @throws IllegalStateException if there is no such device, or its gradients are wrong
     */
    public static TorchEngine start(EngineOptions options) {
        EngineThreads.requireCurrent();
        LibTorch.unpackInto(options.nativeCache());
        LibTorch.load();
        if (options.threads() > 0) {
            LibTorch.useThreads(options.threads());
        }
        NDManager manager = NDManager.newBaseManager(Devices.find(options.device()), "PyTorch");
        GradientSelfTest.run(manager);
        return new TorchEngine(manager);
    }

    @Override
    public DeviceInfo device() {
        Device device = manager.getDevice();
        return Devices.describe(device);
    }

    @Override
    public Pipeline open(Path modelFolder) {
        EngineThreads.requireCurrent();
        return new TorchPipeline(manager, modelFolder);
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
