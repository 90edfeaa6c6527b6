package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.SafeTensorsHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes safetensors files of fp32 tensors with one repeated value each. */
public final class TensorFile {

    private record Tensor(String name, float value, long[] shape) {}

    private final List<Tensor> tensors = new ArrayList<>();
    private Map<String, String> metadata = Map.of();

    public TensorFile add(String name, float value, long... shape) {
        tensors.add(new Tensor(name, value, shape));
        return this;
    }

    /** Both factors of a linear layer's adapter of rank 2, in diffusers' names. */
    public TensorFile addLayer(String layer, long in, long out) {
        return add(layer + ".lora.down.weight", 0.1f, 2, in).add(layer + ".lora.up.weight", 0.1f, out, 2);
    }

    public TensorFile metadata(Map<String, String> notes) {
        metadata = notes;
        return this;
    }

    public byte[] bytes() {
        SafeTensorsHeader header = new SafeTensorsHeader(metadata);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tensors.forEach(tensor -> header.add(tensor.name(), Element.F32, tensor.shape()));
        out.writeBytes(header.toBytes());
        for (Tensor tensor : tensors) {
            int count = (int) Arrays.stream(tensor.shape()).reduce(1, (a, b) -> a * b);
            ByteBuffer values = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            while (values.hasRemaining()) {
                values.putFloat(tensor.value());
            }
            out.writeBytes(values.array());
        }
        return out.toByteArray();
    }

    Path write(Path folder) throws IOException {
        return Files.write(folder.resolve("file"), bytes());
    }
}
