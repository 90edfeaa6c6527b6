package dev.likeness.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.model.ModelFolder;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.pipeline.DiffusionEngine;
import dev.likeness.diffusion.pipeline.EngineOptions;
import dev.likeness.diffusion.pipeline.Pipeline;
import dev.likeness.diffusion.pipeline.ScoreEncoders;
import dev.likeness.diffusion.pipeline.TorchEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A started engine, and a model's folder that is opened when it is needed: as a whole, or by its parts. */
final class Opened implements AutoCloseable {

    /** Of each bundled subject. */
    static final int PICTURES = 6;

    private final Task task;
    private final DiffusionEngine engine;
    private final NDManager manager;
    private @Nullable Pipeline pipeline;
    private @Nullable ModelParts parts;

    Opened(Task task) {
        this.task = task;
        String device = task.effort().device();
        engine = TorchEngine.start(new EngineOptions(device, task.effort().threads(), null, null, true));
        manager = NDManager.newBaseManager(
                device.equals("cpu")
                        ? Device.cpu()
                        : Device.gpu(Integer.parseInt(device.substring(device.indexOf(':') + 1))),
                "PyTorch");
    }

    Task task() {
        return task;
    }

    NDManager manager() {
        return manager;
    }

    Pipeline pipeline() {
        if (pipeline == null) {
            Path folder = Path.of(task.folder());
            pipeline = engine.open(folder, ScoreEncoders.in(folder));
        }
        return pipeline;
    }

    ModelFolder folder() {
        return new ModelFolder(Path.of(task.folder()));
    }

    ModelParts parts() {
        if (parts == null) {
            parts = new ModelParts(manager, folder());
        }
        return parts;
    }

    /** Waits until the device has computed what it was given. */
    void synchronize() {
        if (manager.getDevice().isGpu()) {
            // A copy to the host waits for everything before it.
            try (NDArray one = manager.create(1f)) {
                one.getFloat();
            }
        }
    }

    /** Bytes of the device's memory that this process holds; null on the CPU. */
    @Nullable
    Long deviceMemory() {
        return task.effort().device().equals("cpu") ? null : engine.device().memoryHeld();
    }

    /** The pictures of a bundled subject. */
    static List<RgbImage> pictures(String subject) throws IOException {
        List<RgbImage> pictures = new ArrayList<>();
        for (int i = 1; i <= PICTURES; i++) {
            String file = "/subjects/%s/%d.png".formatted(subject, i);
            try (InputStream in = Objects.requireNonNull(Opened.class.getResourceAsStream(file), file)) {
                pictures.add(Png.read(in));
            }
        }
        return pictures;
    }

    @Override
    public void close() {
        if (parts != null) {
            parts.close();
        }
        if (pipeline != null) {
            pipeline.close();
        }
        manager.close();
        engine.close();
    }
}
