package dev.likeness.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.SafeTensorsWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Collects a workload's inputs and writes them: {@code inputs.safetensors} and {@code inputs.json}. */
final class InputsWriter implements AutoCloseable {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final NDManager scope;
    private final Map<String, NDArray> tensors = new LinkedHashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    InputsWriter(NDManager parent) {
        scope = parent.newSubManager();
    }

    /** Owns what is only made to be written. */
    NDManager scope() {
        return scope;
    }

    void put(String name, NDArray tensor) {
        tensors.put(name, tensor);
    }

    /** Equally long rows, as [N, ...shape]. */
    void put(String name, List<float[]> rows, Shape shape) {
        FloatBuffer buffer =
                FloatBuffer.allocate(rows.stream().mapToInt(row -> row.length).sum());
        rows.forEach(buffer::put);
        put(name, scope.create(buffer.flip(), new Shape(rows.size()).addAll(shape)));
    }

    /** Something that JSON can say. */
    void note(String name, Object value) {
        values.put(name, value);
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("inputs.json"), JSON.writeValueAsString(values));
        try (OutputStream out = Files.newOutputStream(folder.resolve("inputs.safetensors"))) {
            SafeTensorsWriter.write(out, tensors, Map.of());
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
