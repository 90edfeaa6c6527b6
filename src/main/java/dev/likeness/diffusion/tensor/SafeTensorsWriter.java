package dev.likeness.diffusion.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes tensors as a safetensors file, one after the other, so that no second copy of a model is ever in memory. */
public final class SafeTensorsWriter {

    private static final int ALIGNMENT = 8;

    private SafeTensorsWriter() {}

    /**
     * Writes fp32, fp16 and int64 tensors.
     *
     * @param tensors in the order they are written
     * @param metadata notes for the header
     */
    public static void write(OutputStream out, Map<String, NDArray> tensors, Map<String, String> metadata)
            throws IOException {
        out.write(header(tensors, metadata));
        WritableByteChannel channel = Channels.newChannel(out);
        for (NDArray tensor : tensors.values()) {
            ByteBuffer bytes = tensor.toByteBuffer();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static byte[] header(Map<String, NDArray> tensors, Map<String, String> metadata) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("__metadata__", metadata);
        long offset = 0;
        for (Map.Entry<String, NDArray> tensor : tensors.entrySet()) {
            Element element = element(tensor.getValue().getDataType());
            long end = offset + tensor.getValue().getShape().size() * element.bytes();
            header.put(
                    tensor.getKey(),
                    Map.of(
                            "dtype",
                            element.name(),
                            "shape",
                            tensor.getValue().getShape().getShape(),
                            "data_offsets",
                            new long[] {offset, end}));
            offset = end;
        }
        byte[] json = JsonMapper.shared().writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer bytes = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(json);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.array();
    }

    private static Element element(DataType type) {
        return switch (type) {
            case FLOAT32 -> Element.F32;
            case FLOAT16 -> Element.F16;
            case INT64 -> Element.I64;
            default -> throw new IllegalArgumentException("tensors of type " + type + " are not written");
        };
    }
}
