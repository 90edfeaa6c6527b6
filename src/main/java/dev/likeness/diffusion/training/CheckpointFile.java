package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.SafeTensorsWriter;
import dev.likeness.diffusion.tensor.TensorReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The state of a run as one safetensors file: parameters, optimizer, and in its notes the step and the run's settings. */
public final class CheckpointFile {

    private static final String FORMAT = "likeness.checkpoint/1";
    private static final String PARAMETER = "parameter.";

    private CheckpointFile() {}

    /**
     * Writes a checkpoint.
     *
     * @param step optimizer steps done
     * @param run says what the run was; resuming refuses another one
     */
    public static void write(OutputStream out, TrainingMethod method, Optimizer optimizer, int step, String run)
            throws IOException {
        SafeTensorsWriter.write(
                out, tensors(method, optimizer), Map.of("format", FORMAT, "step", Integer.toString(step), "run", run));
    }

    /**
     * Puts a checkpoint's state into a run, in place.
     *
     * @return optimizer steps done
     * @throws InvalidModelException if the file is of another run
     */
    public static int restoreInPlace(Path file, TrainingMethod method, Optimizer optimizer, String run) {
        SafeTensors saved = SafeTensors.open(file);
        if (!FORMAT.equals(saved.metadata().get("format"))
                || !run.equals(saved.metadata().get("run"))) {
            throw new InvalidModelException("the checkpoint is of another run");
        }
        TensorReader.restoreInPlace(saved, tensors(method, optimizer));
        return Integer.parseInt(saved.metadata().getOrDefault("step", "0"));
    }

    private static Map<String, NDArray> tensors(TrainingMethod method, Optimizer optimizer) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        method.parameters().forEach((name, parameter) -> tensors.put(PARAMETER + name, parameter));
        tensors.putAll(method.state());
        tensors.putAll(optimizer.state());
        return tensors;
    }
}
