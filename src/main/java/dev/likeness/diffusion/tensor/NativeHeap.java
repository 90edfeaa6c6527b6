package dev.likeness.diffusion.tensor;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The C library's heap, where tensors on the CPU are allocated (mallopt(3), malloc_trim(3), getrlimit(2)). Most freed memory stays
 * with the process, in gaps between used blocks: a quarter of a training run's memory and more. Does nothing if the C
 * library is not glibc.
 */
public final class NativeHeap {

    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_TOP_PAD = -2;
    private static final int M_MMAP_THRESHOLD = -3;
    private static final int M_MMAP_MAX = -4;

    private static final int RLIMIT_DATA = 2;
    private static final int RLIMIT_AS = 9;
    private static final long RLIM_INFINITY = -1;

    /** Threshold in a limited address space: larger blocks are mapped from the system, and unmapped when they are freed. */
    private static final int SOON = 1 << 20;

    /** glibc's own value for free memory at the end of the heap. */
    private static final int AT_ONCE = 1 << 17;

    /** The largest possible threshold. glibc's own rule reaches it when the first large block is freed. */
    private static final int LATE = 1 << 25;

    /** glibc's own value for blocks that are mapped from the system. */
    private static final int MANY = 1 << 16;

    /** Free memory at the end of the heap that stays with the process; glibc's own value is 128 KiB. */
    private static final int KEPT = 1 << 30;

    /** The same while large blocks return to the system at once. */
    private static final int KEPT_OF_LARGE = 1 << 27;

    /** Free memory at the end of a thread's part of the heap (at most 64 MiB each) that stays with it. */
    private static final int KEPT_OF_THREAD = 1 << 26;

    private static final @Nullable LibC LIB_C = load();

    private NativeHeap() {}

    /**
     * Sets whether freed blocks above 32 MiB return to the system at once, and the free end of the heap above 128 MiB with
     * them. The system clears memory before reuse, so returning smaller blocks too would cost a training step of a small
     * model a seventh of its time, and saves none of its memory. Otherwise free memory stays with the process until {@link #trim}, except
     * what exceeds a gibibyte at the end of the main heap, and blocks above 64 MiB of threads with a heap of their own. A process
     * whose address space is limited always returns blocks of a mebibyte and more at once, because memory that the heap
     * keeps counts against the limit even after it is trimmed.
     */
    public static void returnAtOnce(boolean wanted) {
        if (LIB_C != null) {
            boolean limited = isLimited(LIB_C);
            LIB_C.mallopt(M_MMAP_THRESHOLD, limited ? SOON : LATE);
            // Without mappings even blocks above the largest threshold come from the heap.
            LIB_C.mallopt(M_MMAP_MAX, limited || wanted ? MANY : 0);
            LIB_C.mallopt(M_TRIM_THRESHOLD, limited ? AT_ONCE : wanted ? KEPT_OF_LARGE : KEPT);
            LIB_C.mallopt(M_TOP_PAD, limited ? AT_ONCE : KEPT_OF_THREAD);
        }
        trim();
    }

    /** Returns all free memory to the system. */
    public static void trim() {
        if (LIB_C != null) {
            LIB_C.malloc_trim(0);
        }
    }

    /** Whether the address space or the data of this process is limited. */
    private static boolean isLimited(LibC c) {
        return IntStream.of(RLIMIT_DATA, RLIMIT_AS).anyMatch(resource -> {
            long[] softAndHard = new long[2];
            return c.getrlimit(resource, softAndHard) == 0 && softAndHard[0] != RLIM_INFINITY;
        });
    }

    private static @Nullable LibC load() {
        try {
            return Native.load("c", LibC.class);
        } catch (LinkageError e) {
            // The first class that uses JNA gets UnsatisfiedLinkError, later ones NoClassDefFoundError.
            return null;
        }
    }

    /** Method names are those of the library. */
    interface LibC extends Library {

        @SuppressWarnings("UnusedReturnValue")
        int mallopt(int parameter, int value);

        @SuppressWarnings("UnusedReturnValue")
        int malloc_trim(long pad);

        int getrlimit(int resource, long[] softAndHard);
    }
}
