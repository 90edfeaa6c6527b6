package dev.likeness.diffusion.tensor;

/** Element types of tensors, with their names in safetensors files and their numbers in TorchScript. */
public enum Element {
    F64(64, 7),
    F32(32, 6),
    F16(16, 5),
    BF16(16, 15),
    /** Five bits of exponent, two of mantissa. */
    F8_E5M2(8, 23),
    /** Four bits of exponent, three of mantissa, no infinity. */
    F8_E4M3(8, 24),
    F8_E5M2FNUZ(8, 25),
    F8_E4M3FNUZ(8, 26),
    F8_E8M0(8, 44),
    F6_E2M3(6, Element.NONE),
    F6_E3M2(6, Element.NONE),
    F4(4, Element.NONE),
    C64(64, 9),
    I64(64, 4),
    I32(32, 3),
    I16(16, 2),
    I8(8, 1),
    U64(64, 29),
    U32(32, 28),
    U16(16, 27),
    U8(8, 0),
    BOOL(8, 11);

    /** TorchScript does not have this type. */
    private static final int NONE = -1;

    private final int bits;
    private final int scalarType;

    Element(int bits, int scalarType) {
        this.bits = bits;
        this.scalarType = scalarType;
    }

    /** Size of one element in bits. */
    public int bits() {
        return bits;
    }

    /**
     * Size of one element.
     *
     * @throws UnsupportedOperationException if it is not a whole number of bytes
     */
    public int bytes() {
        if (bits % Byte.SIZE != 0) {
            throw new UnsupportedOperationException("an element of %s has %d bits".formatted(this, bits));
        }
        return bits / Byte.SIZE;
    }

    /** Whether weights of this type can be read: floating-point numbers, which are computed with as fp32. */
    public boolean holdsWeights() {
        return switch (this) {
            case F32, F16, BF16, F8_E5M2, F8_E4M3 -> true;
            default -> false;
        };
    }

    /** The number of this type in c10::ScalarType. TorchScript names types by it. */
    public int scalarType() {
        return scalarType;
    }
}
