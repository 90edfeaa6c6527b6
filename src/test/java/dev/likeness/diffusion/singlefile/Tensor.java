package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.SafeTensorsHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tensor in memory. */
record Tensor(Element element, List<Long> shape, ByteBuffer bytes) {

    static Tensor zeros(Element element, long... shape) {
        List<Long> sides = Arrays.stream(shape).boxed().toList();
        long count = sides.stream().reduce(1L, (a, b) -> a * b);
        return new Tensor(element, sides, ByteBuffer.allocate((int) count * element.bytes()));
    }

    static Tensor of(SafeTensors.Entry entry) {
        ByteBuffer bytes = ByteBuffer.allocate((int) entry.length());
        bytes.put(entry.map()).flip();
        return new Tensor(entry.element(), Arrays.stream(entry.shape()).boxed().toList(), bytes);
    }

    static Map<String, Tensor> read(Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        SafeTensors.open(file).entries().forEach((name, entry) -> tensors.put(name, of(entry)));
        return tensors;
    }

    static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        SafeTensorsHeader header = new SafeTensorsHeader(metadata);
        tensors.forEach((name, tensor) -> header.add(
                name,
                tensor.element,
                tensor.shape.stream().mapToLong(Long::longValue).toArray()));
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(header.toBytes());
            for (Tensor tensor : tensors.values()) {
                out.write(tensor.bytes.array());
            }
        }
    }

    Tensor withShape(Long... other) {
        return new Tensor(element, List.of(other), bytes);
    }

    /** Concatenated along the first dimension. */
    static Tensor stacked(List<Tensor> tensors) {
        Tensor first = tensors.get(0);
        ByteBuffer all = ByteBuffer.allocate(tensors.size() * first.bytes.capacity());
        tensors.forEach(tensor -> all.put(tensor.bytes.duplicate()));
        List<Long> shape = new ArrayList<>(first.shape);
        shape.set(0, shape.get(0) * tensors.size());
        return new Tensor(first.element, shape, all.flip());
    }

    /** A transposed matrix of fp32. */
    Tensor transposed() {
        int rows = shape.get(0).intValue();
        int columns = shape.get(1).intValue();
        ByteBuffer other = ByteBuffer.allocate(bytes.capacity());
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                other.putInt((j * rows + i) * Integer.BYTES, bytes.getInt((i * columns + j) * Integer.BYTES));
            }
        }
        return new Tensor(element, List.of(shape.get(1), shape.get(0)), other);
    }

    /** fp32 as bf16, which is its upper half. */
    Tensor rounded() {
        int count = bytes.capacity() / Float.BYTES;
        ByteBuffer source = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer half = ByteBuffer.allocate(count * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            half.putShort((short) (source.getInt(i * Float.BYTES) >>> Short.SIZE));
        }
        return new Tensor(Element.BF16, shape, half.flip());
    }
}
