package dev.likeness.diffusion.tensor;

/** Element types of tensors, with their names in safetensors files and their numbers in TorchScript. */
public enum Element {
    F64(8, 7),
    F32(4, 6),
    F16(2, 5),
    BF16(2, 15),
    I64(8, 4),
    I32(4, 3),
    I16(2, 2),
    I8(1, 1),
    U8(1, 0),
    BOOL(1, 11);

    private final int bytes;
    private final int scalarType;

    Element(int bytes, int scalarType) {
        this.bytes = bytes;
        this.scalarType = scalarType;
    }

    /** Size of one element. */
    public int bytes() {
        return bytes;
    }

    /** The number of this type in c10::ScalarType, which is how TorchScript names it. */
    public int scalarType() {
        return scalarType;
    }
}
