package dev.likeness.diffusion.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The header of a safetensors file. The tensors' bytes follow it in the order of the calls of {@link #add}. */
public final class SafeTensorsHeader {

    private static final int ALIGNMENT = 8;

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private long offset;

    /** @param metadata of the file */
    public SafeTensorsHeader(Map<String, String> metadata) {
        fields.put("__metadata__", metadata);
    }

    /** Adds the next tensor. */
    public void add(String name, Element element, long... shape) {
        long end = offset + count(shape) * element.bytes();
        fields.put(name, Map.of("dtype", element.name(), "shape", shape, "data_offsets", new long[] {offset, end}));
        offset = end;
    }

    /** The header as written to the file: its length first, padded so that the tensors are aligned. */
    public byte[] toBytes() {
        byte[] json = JsonMapper.shared().writeValueAsString(fields).getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(json);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.array();
    }

    private static long count(long[] shape) {
        long count = 1;
        for (long side : shape) {
            count *= side;
        }
        return count;
    }
}
