package dev.likeness.diffusion.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tensors whose elements are not in row-major order: transposed tensors and views. */
final class Strided {

    private Strided() {}

    /**
     * Whether elements are in row-major order without gaps.
     *
     * @param strides elements from one to the next along each axis
     */
    static boolean isRowMajor(long[] shape, long[] strides) {
        long expected = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            if (shape[axis] != 1 && strides[axis] != expected) {
                return false;
            }
            expected *= shape[axis];
        }
        return true;
    }

    /**
     * Number of elements from the first one to the last one in memory, both included; 0 if the tensor is empty.
     *
     * @throws ArithmeticException if the number exceeds a long
     */
    static long span(long[] shape, long[] strides) {
        long last = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] == 0) {
                return 0;
            }
            last = Math.addExact(last, Math.multiplyExact(shape[axis] - 1, strides[axis]));
        }
        return Math.addExact(last, 1);
    }

    /**
     * Copies elements into row-major order.
     *
     * @param from the elements from the first one on, in little-endian order
     */
    static ByteBuffer gather(ByteBuffer from, long[] shape, long[] strides, Element element) {
        long count = 1;
        for (long side : shape) {
            count = Math.multiplyExact(count, side);
        }
        ByteBuffer to = ByteBuffer.allocateDirect(Math.toIntExact(Math.multiplyExact(count, element.bytes())))
                .order(ByteOrder.LITTLE_ENDIAN);
        long[] index = new long[shape.length];
        long at = 0;
        for (long i = 0; i < count; i++) {
            to.put(to.position(), from, Math.toIntExact(at * element.bytes()), element.bytes());
            to.position(to.position() + element.bytes());
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                at += strides[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                at -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return to.flip();
    }
}
