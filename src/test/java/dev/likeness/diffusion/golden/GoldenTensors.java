package dev.likeness.diffusion.golden;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a safetensors file with plain Java, independently of the tested code. */
public final class GoldenTensors {

    private final Path file;
    private final JsonNode header;
    private final ByteBuffer data;

    private GoldenTensors(Path file, JsonNode header, ByteBuffer data) {
        this.file = file;
        this.header = header;
        this.data = data;
    }

    public static GoldenTensors read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[Math.toIntExact(bytes.getLong())];
        bytes.get(header);
        return new GoldenTensors(
                file, JsonMapper.shared().readTree(header), bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Names of all tensors. */
    public List<String> names() {
        return header.propertyNames().stream()
                .filter(name -> !name.equals("__metadata__"))
                .toList();
    }

    public boolean has(String name) {
        return header.has(name);
    }

    public long[] shape(String name) {
        JsonNode shape = entry(name).get("shape");
        long[] result = new long[shape.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = shape.get(i).longValue();
        }
        return result;
    }

    /** A tensor stored as F32 or F64. */
    public GoldenTensor get(String name) {
        String type = entry(name).get("dtype").stringValue();
        ByteBuffer bytes = bytes(name);
        int size = type.equals("F64") ? 8 : 4;
        float[] values = new float[bytes.remaining() / size];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case "F32" -> bytes.getFloat();
                case "F64" -> (float) bytes.getDouble();
                default -> throw new IllegalArgumentException(name + " is stored as " + type + ", not as floats");
            };
        }
        return new GoldenTensor(name, shape(name), values);
    }

    /** A tensor stored as I64, in row-major order. */
    public long[] longs(String name) {
        String type = entry(name).get("dtype").stringValue();
        if (!type.equals("I64")) {
            throw new IllegalArgumentException(name + " is stored as " + type + ", not as I64");
        }
        ByteBuffer bytes = bytes(name);
        long[] values = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(values);
        return values;
    }

    private JsonNode entry(String name) {
        JsonNode entry = header.get(name);
        if (entry == null) {
            throw new NoSuchElementException("no tensor " + name + " in " + file);
        }
        return entry;
    }

    private ByteBuffer bytes(String name) {
        JsonNode offsets = entry(name).get("data_offsets");
        int from = offsets.get(0).intValue();
        int to = offsets.get(1).intValue();
        return data.slice(from, to - from).order(ByteOrder.LITTLE_ENDIAN);
    }
}
