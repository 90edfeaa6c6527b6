package dev.likeness.diffusion.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads tensors of a safetensors file into memory of a device. */
public final class TensorReader {

    private TensorReader() {}

    /**
     * Reads a floating-point tensor as fp32, in its own shape.
     *
     * @throws InvalidModelException if it holds integers
     */
    public static NDArray readFloat(NDManager manager, SafeTensors.Entry entry) {
        return readFloat(manager, entry, new Shape(entry.shape()));
    }

    /** Reads a floating-point tensor as fp32, in another shape of the same size. */
    public static NDArray readFloat(NDManager manager, SafeTensors.Entry entry, Shape shape) {
        return switch (entry.element()) {
            case F32 -> copy(manager, entry.map(), shape, DataType.FLOAT32);
            case F16 -> {
                try (NDArray half = manager.create(entry.map(), shape, DataType.FLOAT16)) {
                    yield half.toType(DataType.FLOAT32, true);
                }
            }
            case BF16 -> copy(manager, widen(entry.map()), shape, DataType.FLOAT32);
            default ->
                throw new InvalidModelException(
                        "%s: a weight of type %s".formatted(entry.file().getFileName(), entry.element()));
        };
    }

    /**
     * Copies every tensor of a file into the tensors given, which have its names and shapes: floating-point numbers into
     * such, bytes into bytes.
     *
     * @throws InvalidModelException naming what does not agree; then nothing was copied
     */
    public static void restoreInPlace(SafeTensors saved, Map<String, NDArray> targets) {
        Set<String> differing = new TreeSet<>(saved.entries().keySet());
        differing.addAll(targets.keySet());
        differing.removeIf(name -> agree(saved.entries().get(name), targets.get(name)));
        if (!differing.isEmpty()) {
            throw new InvalidModelException(
                    "%d tensors are missing, not known or of another shape or type, among them %s"
                            .formatted(differing.size(), differing.iterator().next()));
        }
        targets.forEach((name, target) -> {
            try (NDManager scope = target.getManager().newSubManager()) {
                read(scope, Objects.requireNonNull(saved.entries().get(name))).copyTo(target);
            }
        });
    }

    private static boolean agree(SafeTensors.@Nullable Entry entry, @Nullable NDArray target) {
        return entry != null
                && target != null
                && Arrays.equals(entry.shape(), target.getShape().getShape())
                && switch (entry.element()) {
                    case F32, F16, BF16 -> target.getDataType().isFloating();
                    case U8 -> target.getDataType() == DataType.UINT8;
                    default -> false;
                };
    }

    private static NDArray read(NDManager manager, SafeTensors.Entry entry) {
        return entry.element() == Element.U8
                ? copy(manager, entry.map(), new Shape(entry.shape()), DataType.UINT8)
                : readFloat(manager, entry);
    }

    /** The mapping of a file is gone when the file is; the copy is the tensor's own, and aligned. */
    private static NDArray copy(NDManager manager, ByteBuffer bytes, Shape shape, DataType type) {
        try (NDArray mapped = manager.create(bytes, shape, type)) {
            return mapped.duplicate();
        }
    }

    /** bf16 is the upper half of fp32. DJL itself aborts when it meets the type. */
    private static ByteBuffer widen(ByteBuffer bf16) {
        int count = bf16.remaining() / Element.BF16.bytes();
        ByteBuffer wide = ByteBuffer.allocateDirect(count * Element.F32.bytes()).order(ByteOrder.nativeOrder());
        for (int i = 0; i < count; i++) {
            wide.putInt(bf16.getShort(i * Element.BF16.bytes()) << Short.SIZE);
        }
        return wide.flip();
    }
}
