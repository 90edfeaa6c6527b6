package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.nio.ByteBuffer;

/** Values of tensors in a file. */
final class TensorValues {

    private static final int HALF_BIAS = 15;
    private static final int HALF_FRACTION_BITS = 10;

    private TensorValues() {}

    /**
     * Properties of all values of a tensor.
     *
     * @param zero whether all are zero
     * @param finite whether all are finite
     */
    record Summary(boolean zero, boolean finite) {}

    /** Reads every value of a floating-point tensor. */
    static Summary summary(SafeTensors.Entry entry) {
        ByteBuffer bytes = entry.map();
        boolean zero = true;
        boolean finite = true;
        int exponent = switch (entry.element()) {
            case F32 -> 0x7f800000;
            case BF16 -> 0x7f80;
            case F16 -> 0x7c00;
            default -> throw new IllegalArgumentException("no floating-point tensor");
        };
        boolean wide = entry.element().bytes() == Integer.BYTES;
        int sign = wide ? 0x7fffffff : 0x7fff;
        while (bytes.hasRemaining()) {
            int bits = wide ? bytes.getInt() : bytes.getShort();
            zero &= (bits & sign) == 0;
            finite &= (bits & exponent) != exponent;
        }
        return new Summary(zero, finite);
    }

    /** Whether a tensor has floating-point numbers. */
    static boolean isFloating(SafeTensors.Entry entry) {
        return switch (entry.element()) {
            case F32, F16, BF16 -> true;
            default -> false;
        };
    }

    /** The first value of a tensor. */
    static double first(SafeTensors.Entry entry) {
        ByteBuffer bytes = entry.map();
        return switch (entry.element()) {
            case F64 -> bytes.getDouble();
            case F32 -> bytes.getFloat();
            case BF16 -> Float.intBitsToFloat(bytes.getShort() << Short.SIZE);
            case F16 -> half(bytes.getShort());
            case I64 -> bytes.getLong();
            case I32 -> bytes.getInt();
            case I16 -> bytes.getShort();
            case I8 -> bytes.get();
            case U8, BOOL -> bytes.get() & 0xff;
            default ->
                throw new InvalidModelException(
                        "%s: a number of type %s".formatted(entry.file().getFileName(), entry.element()));
        };
    }

    /** IEEE 754 binary16. */
    private static double half(short bits) {
        int exponent = bits >> HALF_FRACTION_BITS & 0x1f;
        double fraction = (bits & 0x3ff) / (double) (1 << HALF_FRACTION_BITS);
        double magnitude = switch (exponent) {
            case 0 -> Math.scalb(fraction, 1 - HALF_BIAS);
            case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> Math.scalb(1 + fraction, exponent - HALF_BIAS);
        };
        return bits < 0 ? -magnitude : magnitude;
    }
}
