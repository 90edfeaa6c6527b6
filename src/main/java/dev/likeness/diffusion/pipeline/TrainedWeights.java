package dev.likeness.diffusion.pipeline;

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

/** The personalised weights of a model as one safetensors file: the UNet's and the text tower's, in fp32. */
final class TrainedWeights {

    private static final String FORMAT = "likeness.weights/1";

    private TrainedWeights() {}

    static void write(OutputStream out, ModelParts parts, ModelInfo info) throws IOException {
        SafeTensorsWriter.write(out, tensors(parts), Map.of("format", FORMAT, "base", info.hash()));
    }

    /** @throws InvalidModelException if the file is of another base model or incomplete */
    static void loadInPlace(Path file, ModelParts parts, ModelInfo info) {
        SafeTensors saved = SafeTensors.open(file);
        if (!FORMAT.equals(saved.metadata().get("format"))
                || !info.hash().equals(saved.metadata().get("base"))) {
            throw new InvalidModelException("the weights were trained on another base model");
        }
        TensorReader.restoreInPlace(saved, tensors(parts));
    }

    private static Map<String, NDArray> tensors(ModelParts parts) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        parts.unet().network().weights().forEach((name, weight) -> tensors.put("unet." + name, weight));
        parts.textEncoder().network().weights().forEach((name, weight) -> tensors.put("text_encoder." + name, weight));
        return tensors;
    }
}
