package dev.likeness.diffusion.tensor;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets MKL use AVX-512 on processors of AMD. MKL, which is a part of libtorch, asks a function of its own whether the processor
 * is one of Intel, and leaves AVX-512 unused if it is not. libtorch exports this function, so that the one of a library whose
 * symbols were made global before (dlopen(3), {@code RTLD_GLOBAL}) is called in its place. A maintainer of PyTorch's builds
 * names this way: <a href="https://github.com/pytorch/builder/pull/1245">pytorch/builder#1245</a>. MKL still asks the processor
 * which instructions it has.
 */
final class MklOnAmd {

    private static final Logger LOG = LoggerFactory.getLogger(MklOnAmd.class);

    private static final ConstantFunction IS_INTEL = new ConstantFunction("mkl_serv_intel_cpu_true", 1);

    private static final int RTLD_NOW = 0x002;
    private static final int RTLD_GLOBAL = 0x100;

    /** Held because JNA unloads a library that nothing refers to. */
    private static @Nullable NativeLibrary answer;

    private MklOnAmd() {}

    /** Has an effect only before libtorch is loaded, in glibc, on a processor of AMD with AVX-512. */
    static synchronized void useAvx512() {
        if (answer != null
                || !Platform.isLinux()
                || !Platform.is64Bit()
                || !Processor.here().isAmdWithAvx512()) {
            return;
        }
        try {
            answer = load();
        } catch (IOException | LinkageError e) {
            LOG.warn("MKL does not use AVX-512, so training takes about a quarter longer: {}", e.getMessage());
        }
    }

    private static NativeLibrary load() throws IOException {
        Path file = Files.createTempFile("likeness-mkl", ".so");
        try {
            Files.write(file, IS_INTEL.sharedLibrary());
            return NativeLibrary.getInstance(
                    file.toString(), Map.of(Library.OPTION_OPEN_FLAGS, RTLD_NOW | RTLD_GLOBAL));
        } finally {
            // The loaded library stays in memory.
            Files.delete(file);
        }
    }
}
