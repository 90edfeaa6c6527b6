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
import org.jspecify.annotations.Nullable;

/**
 * The state of a run as one safetensors file: parameters and optimizer, with the step and the run's settings as
 * metadata.
 */
public final class CheckpointFile {

    private static final String FORMAT = "likeness.checkpoint/1";
    private static final String PARAMETER = "parameter.";

    private CheckpointFile() {}

    /**
     * The metadata of a checkpoint.
     *
     * @param step number of completed optimizer steps
     * @param run identifies the run; resuming refuses a checkpoint of another one
     * @param lossScale state of the loss scaling; null without
     */
    public record Notes(int step, String run, LossScaler.@Nullable State lossScale) {

        private Map<String, String> header() {
            Map<String, String> header = new LinkedHashMap<>();
            header.put("format", FORMAT);
            header.put("step", Integer.toString(step));
            header.put("run", run);
            if (lossScale != null) {
                header.put("loss_scale", Float.toString(lossScale.scale()));
                header.put("loss_scale_good_steps", Integer.toString(lossScale.goodSteps()));
            }
            return header;
        }

        private static Notes of(Map<String, String> header) {
            String scale = header.get("loss_scale");
            return new Notes(
                    Integer.parseInt(header.getOrDefault("step", "0")),
                    header.getOrDefault("run", ""),
                    scale == null
                            ? null
                            : new LossScaler.State(
                                    Float.parseFloat(scale),
                                    Integer.parseInt(header.getOrDefault("loss_scale_good_steps", "0"))));
        }
    }

    /** Writes a checkpoint. */
    public static void write(OutputStream out, Objective method, Stateful optimizer, Notes notes) throws IOException {
        SafeTensorsWriter.write(out, tensors(method, optimizer), notes.header());
    }

    /** Bytes of the tensors of a checkpoint. */
    static long bytes(Objective method, Stateful optimizer) {
        return tensors(method, optimizer).values().stream()
                .mapToLong(tensor -> tensor.size() * tensor.getDataType().getNumOfBytes())
                .sum();
    }

    /**
     * Restores a run's state from a checkpoint, in place.
     *
     * @param run identifies the run
     * @throws InvalidModelException if the file belongs to another run
     */
    public static Notes restoreInPlace(Path file, Objective method, Stateful optimizer, String run) {
        SafeTensors saved = SafeTensors.open(file);
        if (!FORMAT.equals(saved.metadata().get("format"))
                || !run.equals(saved.metadata().get("run"))) {
            throw new InvalidModelException("the checkpoint belongs to another run");
        }
        TensorReader.restoreInPlace(saved, tensors(method, optimizer));
        return Notes.of(saved.metadata());
    }

    private static Map<String, NDArray> tensors(Objective method, Stateful optimizer) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        method.parameters().forEach((name, parameter) -> tensors.put(PARAMETER + name, parameter));
        tensors.putAll(method.state());
        tensors.putAll(optimizer.state());
        return tensors;
    }
}
