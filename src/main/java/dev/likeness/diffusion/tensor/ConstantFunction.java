package dev.likeness.diffusion.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A native function without arguments that returns a constant.
 *
 * @param name of its symbol, in ASCII
 * @param value that it returns
 */
record ConstantFunction(String name, int value) {

    private static final int HEADER_BYTES = 64;
    private static final int SEGMENT_BYTES = 56;
    private static final int SYMBOL_BYTES = 24;
    private static final int PAGE = 0x1000;

    private static final short SHARED_OBJECT = 3;
    private static final short X86_64 = 62;

    private static final int LOADED = 1;
    private static final int DYNAMIC = 2;
    private static final int STACK = 0x6474e551;

    private static final int EXECUTABLE = 1;
    private static final int WRITABLE = 2;
    private static final int READABLE = 4;

    private static final long HASH_TABLE = 4;
    private static final long STRING_TABLE = 5;
    private static final long SYMBOL_TABLE = 6;
    private static final long STRING_TABLE_BYTES = 10;
    private static final long SYMBOL_ENTRY_BYTES = 11;
    private static final long END = 0;

    private static final byte GLOBAL_FUNCTION = 0x12;

    /**
     * A shared library for Linux on x86-64 that exports the function (Executable and Linking Format, and the System V ABI's supplement for AMD64).
     * It has no section headers, which only linkers and debuggers need.
     */
    byte[] sharedLibrary() {
        byte[] symbol = name.getBytes(StandardCharsets.US_ASCII);
        int segments = 4;
        int hash = HEADER_BYTES + segments * SEGMENT_BYTES;
        int symbols = aligned(hash + 5 * Integer.BYTES);
        int strings = symbols + 2 * SYMBOL_BYTES;
        int stringBytes = symbol.length + 2;
        int code = aligned(strings + stringBytes);
        byte[] instructions = instructions();
        int dynamic = aligned(code + instructions.length);
        int dynamicBytes = 6 * 2 * Long.BYTES;
        ByteBuffer file = ByteBuffer.allocate(dynamic + dynamicBytes).order(ByteOrder.LITTLE_ENDIAN);

        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        file.putShort(SHARED_OBJECT).putShort(X86_64).putInt(1);
        file.putLong(0).putLong(HEADER_BYTES).putLong(0).putInt(0);
        file.putShort((short) HEADER_BYTES).putShort((short) SEGMENT_BYTES).putShort((short) segments);

        file.position(HEADER_BYTES);
        segment(file, LOADED, READABLE | EXECUTABLE, 0, 0, code + instructions.length, PAGE);
        // The dynamic linker of older versions of glibc writes addresses into the table.
        segment(file, LOADED, READABLE | WRITABLE, dynamic, PAGE + dynamic, dynamicBytes, PAGE);
        segment(file, DYNAMIC, READABLE | WRITABLE, dynamic, PAGE + dynamic, dynamicBytes, Long.BYTES);
        // Without this the linker would make the stacks of all threads executable, or refuse the library.
        segment(file, STACK, READABLE | WRITABLE, 0, 0, 0, 2 * Long.BYTES);

        // One bucket, whose chain has the only symbol; the symbol before it is always empty.
        file.position(hash).putInt(1).putInt(2).putInt(1).putInt(0).putInt(0);
        file.position(symbols + SYMBOL_BYTES);
        // Any section but 0 says that the symbol is defined here.
        file.putInt(1).put(GLOBAL_FUNCTION).put((byte) 0).putShort((short) 1);
        file.putLong(code).putLong(instructions.length);
        file.position(strings + 1).put(symbol);
        file.position(code).put(instructions);

        file.position(dynamic);
        file.putLong(HASH_TABLE).putLong(hash).putLong(STRING_TABLE).putLong(strings);
        file.putLong(SYMBOL_TABLE).putLong(symbols).putLong(STRING_TABLE_BYTES).putLong(stringBytes);
        file.putLong(SYMBOL_ENTRY_BYTES).putLong(SYMBOL_BYTES).putLong(END).putLong(0);
        return file.array();
    }

    /** {@code endbr64; mov eax, value; ret}. */
    private byte[] instructions() {
        return ByteBuffer.allocate(10)
                .put(new byte[] {(byte) 0xf3, 0x0f, 0x1e, (byte) 0xfa, (byte) 0xb8})
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .put((byte) 0xc3)
                .array();
    }

    private static void segment(
            ByteBuffer file, int type, int access, long offset, long address, long bytes, long alignment) {
        file.putInt(type).putInt(access).putLong(offset).putLong(address).putLong(address);
        file.putLong(bytes).putLong(bytes).putLong(alignment);
    }

    private static int aligned(int offset) {
        return (offset + 15) & -16;
    }
}
