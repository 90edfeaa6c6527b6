package dev.likeness.diffusion.tensor;

import com.sun.jna.Library;
import com.sun.jna.Native;
import org.jspecify.annotations.Nullable;

/**
 * The C library's heap, which tensors on the CPU come from (mallopt(3), malloc_trim(3)). What is freed there mostly stays
 * with the process, in pieces between what is in use: a quarter of a training run's memory and more. Does nothing where the
 * C library is not glibc.
 */
public final class NativeHeap {

    private static final int M_MMAP_THRESHOLD = -3;

    /** From this size on a block is mapped from the system, and unmapped when it is freed. */
    private static final int SOON = 1 << 20;

    /** The largest there may be; glibc's own rule comes to it when the first large block is freed. */
    private static final int LATE = 1 << 25;

    private static final @Nullable LibC LIB_C = load();

    private NativeHeap() {}

    /**
     * Whether freed blocks of a mebibyte and more go back to the system at once. Costs time, a quarter more in a training
     * step: the system clears memory before it hands it out again.
     */
    public static void returnAtOnce(boolean atOnce) {
        if (LIB_C != null) {
            LIB_C.mallopt(M_MMAP_THRESHOLD, atOnce ? SOON : LATE);
        }
        trim();
    }

    /** Gives whatever is free back to the system. */
    public static void trim() {
        if (LIB_C != null) {
            LIB_C.malloc_trim(0);
        }
    }

    private static @Nullable LibC load() {
        try {
            return Native.load("c", LibC.class);
        } catch (LinkageError e) {
            // Whichever class uses JNA first gets UnsatisfiedLinkError, and the others NoClassDefFoundError.
            return null;
        }
    }

    /** By the names that the library has for them. */
    interface LibC extends Library {

        @SuppressWarnings("UnusedReturnValue")
        int mallopt(int parameter, int value);

        @SuppressWarnings("UnusedReturnValue")
        int malloc_trim(long pad);
    }
}
