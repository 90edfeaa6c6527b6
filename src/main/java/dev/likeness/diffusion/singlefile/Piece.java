package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor to write, and the bytes of the checkpoint that it consists of.
 *
 * @param name in the new file
 * @param shape in the new file
 * @param begin offset of the first byte in the checkpoint
 * @param length bytes
 * @param transposed whether the checkpoint has the matrix transposed
 */
record Piece(String name, Element element, long[] shape, long begin, long length, boolean transposed) {

    /** An unchanged tensor. */
    static Piece of(String name, SafeTensors.Entry tensor) {
        return reshaped(name, tensor, tensor.shape());
    }

    /** A tensor in another shape of the same size. */
    static Piece reshaped(String name, SafeTensors.Entry tensor, long... shape) {
        return new Piece(name, tensor.element(), shape, tensor.begin(), tensor.length(), false);
    }

    /** A transposed matrix. */
    static Piece transposed(String name, SafeTensors.Entry tensor) {
        if (tensor.shape().length != 2) {
            throw new InvalidModelException("the tensor for %s is not a matrix".formatted(name));
        }
        long[] shape = {tensor.shape()[1], tensor.shape()[0]};
        return new Piece(name, tensor.element(), shape, tensor.begin(), tensor.length(), true);
    }

    /** Equal parts of a tensor, along its first dimension. */
    static List<Piece> split(List<String> names, SafeTensors.Entry tensor) {
        long[] shape = tensor.shape().clone();
        if (shape.length == 0 || shape[0] % names.size() != 0) {
            throw new InvalidModelException(
                    "the tensor for %s cannot be divided into %d parts".formatted(names.get(0), names.size()));
        }
        shape[0] /= names.size();
        long length = tensor.length() / names.size();
        List<Piece> parts = new ArrayList<>();
        for (String name : names) {
            parts.add(new Piece(name, tensor.element(), shape, tensor.begin() + parts.size() * length, length, false));
        }
        return parts;
    }
}
