package dev.likeness.diffusion.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Map;

/** Writes tensors as a safetensors file, one after the other, so that a second copy of a model is never in memory. */
public final class SafeTensorsWriter {

    /** Numbers written at a time. Whole tensors would enlarge the Java heap, which hardly ever shrinks again. */
    private static final int PIECE = 1 << 20;

    private SafeTensorsWriter() {}

    /**
     * Writes fp32, fp16, int64 and uint8 tensors.
     *
     * @param tensors in the order in which they are written
     * @param metadata of the header
     */
    public static void write(OutputStream out, Map<String, NDArray> tensors, Map<String, String> metadata)
            throws IOException {
        out.write(header(tensors, metadata));
        WritableByteChannel channel = Channels.newChannel(out);
        for (NDArray tensor : tensors.values()) {
            write(channel, tensor);
        }
    }

    private static void write(WritableByteChannel channel, NDArray tensor) throws IOException {
        try (NDManager scope = tensor.getManager().newSubManager()) {
            NDArray flat = tensor.reshape(-1);
            flat.attach(scope);
            for (long from = 0; from < flat.size(); from += PIECE) {
                NDArray piece = flat.get(new NDIndex("{}:{}", from, Math.min(from + PIECE, flat.size())));
                ByteBuffer bytes = piece.toByteBuffer();
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        }
    }

    private static byte[] header(Map<String, NDArray> tensors, Map<String, String> metadata) {
        SafeTensorsHeader header = new SafeTensorsHeader(metadata);
        tensors.forEach((name, tensor) -> header.add(
                name, element(tensor.getDataType()), tensor.getShape().getShape()));
        return header.toBytes();
    }

    private static Element element(DataType type) {
        return switch (type) {
            case FLOAT32 -> Element.F32;
            case FLOAT16 -> Element.F16;
            case INT64 -> Element.I64;
            case UINT8 -> Element.U8;
            default -> throw new IllegalArgumentException("tensors of type " + type + " cannot be written");
        };
    }
}
