package dev.likeness.diffusion.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.wire.Quantity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads tensors of a safetensors file into a device's memory. */
public final class TensorReader {

    /** Numbers read at a time. */
    private static final int PIECE = 1 << 20;

    /**
     * Buffer for all reads. Mapped files would count as this process's memory until garbage collection, which hardly
     * ever happens in a process that works in native code.
     */
    private static final ByteBuffer STAGE =
            ByteBuffer.allocateDirect(PIECE * Element.F32.bytes()).order(ByteOrder.LITTLE_ENDIAN);

    private TensorReader() {}

    /**
     * Reads a floating-point tensor as fp32, in its shape.
     *
     * @throws InvalidModelException unless its type {@linkplain Element#holdsWeights() holds weights}
     */
    public static NDArray readFloat(NDManager manager, SafeTensors.Entry entry) {
        return readFloat(manager, entry, new Shape(entry.shape()));
    }

    /** Reads a floating-point tensor as fp32, in another shape of the same size. */
    public static NDArray readFloat(NDManager manager, SafeTensors.Entry entry, Shape shape) {
        if (!entry.element().holdsWeights()) {
            throw new InvalidModelException(
                    "%s: a weight of type %s".formatted(entry.file().getFileName(), entry.element()));
        }
        return read(manager, entry, shape, DataType.FLOAT32);
    }

    /**
     * Copies every tensor of a file into given tensors with the same names and shapes: floating-point numbers to
     * floating-point numbers, bytes to bytes.
     *
     * @throws InvalidModelException naming the differences; nothing is copied then
     */
    public static void restoreInPlace(SafeTensors saved, Map<String, NDArray> targets) {
        Set<String> differing = new TreeSet<>(saved.entries().keySet());
        differing.addAll(targets.keySet());
        differing.removeIf(name -> agree(saved.entries().get(name), targets.get(name)));
        if (!differing.isEmpty()) {
            throw new InvalidModelException("%s missing, unknown or of another shape or type, among them %s"
                    .formatted(
                            Quantity.of(differing.size(), "tensor is", "tensors are"),
                            differing.iterator().next()));
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
                ? read(manager, entry, new Shape(entry.shape()), DataType.UINT8)
                : readFloat(manager, entry);
    }

    private static NDArray read(NDManager manager, SafeTensors.Entry entry, Shape shape, DataType type) {
        NDArray tensor = manager.create(shape, type);
        try (NDManager scope = manager.newSubManager()) {
            NDArray flat = tensor.reshape(-1);
            flat.attach(scope);
            for (long from = 0; from < shape.size(); from += PIECE) {
                long to = Math.min(from + PIECE, shape.size());
                copy(scope, entry, flat, from, to);
            }
        }
        return tensor;
    }

    /** Copies some numbers to the same place in the target, converted to its type. */
    private static void copy(NDManager scope, SafeTensors.Entry entry, NDArray target, long from, long to) {
        synchronized (STAGE) {
            int count = Math.toIntExact(to - from);
            ByteBuffer bytes = STAGE.clear().limit(count * entry.element().bytes());
            entry.read(from * entry.element().bytes(), bytes);
            try (NDArray piece =
                    scope.create(widened(entry.element(), bytes.flip()), new Shape(count), type(entry.element()))) {
                target.set(new NDIndex("{}:{}", from, to), piece);
            }
        }
    }

    private static DataType type(Element element) {
        return switch (element) {
            case F16 -> DataType.FLOAT16;
            case U8 -> DataType.UINT8;
            default -> DataType.FLOAT32;
        };
    }

    /** Converts to a type that DJL supports. */
    private static ByteBuffer widened(Element element, ByteBuffer bytes) {
        return switch (element) {
            case BF16 -> widen(bytes);
            case F8_E5M2, F8_E4M3 -> widen(bytes, Float8.of(element));
            default -> bytes;
        };
    }

    /** Converts in place, from the end. */
    private static ByteBuffer widen(ByteBuffer float8, float[] values) {
        int count = float8.remaining();
        float8.limit(count * Element.F32.bytes());
        for (int i = count - 1; i >= 0; i--) {
            float8.putFloat(i * Element.F32.bytes(), values[Byte.toUnsignedInt(float8.get(i))]);
        }
        return float8;
    }

    /** bf16 is the upper half of fp32. DJL itself aborts on this type. Converts in place, from the end. */
    private static ByteBuffer widen(ByteBuffer bf16) {
        int count = bf16.remaining() / Element.BF16.bytes();
        bf16.limit(count * Element.F32.bytes());
        for (int i = count - 1; i >= 0; i--) {
            bf16.putInt(i * Element.F32.bytes(), bf16.getShort(i * Element.BF16.bytes()) << Short.SIZE);
        }
        return bf16;
    }
}
