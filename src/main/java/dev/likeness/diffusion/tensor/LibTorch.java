package dev.likeness.diffusion.tensor;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Utils;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Loads libtorch once, from a folder or the class path, without network access. */
public final class LibTorch {

    // DJL's names for its settings. Environment variables override the values set here.
    private static final String CACHE = "DJL_CACHE_DIR";
    private static final String FOLDER = "PYTORCH_LIBRARY_PATH";
    private static final String FLAVOR = "PYTORCH_FLAVOR";

    private static boolean loaded;

    private LibTorch() {}

    /**
     * Loads the libraries unless they are loaded already.
     *
     * @param folder of libtorch's libraries; null for the one in the environment, or else those on the class path
     * @param cache folder where libraries from the class path are unpacked, kept between runs; null for DJL's default
     * @param avx512OnAmd whether MKL may use AVX-512 on processors of AMD, as it does on those of Intel
     * @throws LibTorchException if they cannot be loaded
     */
    public static synchronized void load(@Nullable Path folder, @Nullable Path cache, boolean avx512OnAmd) {
        if (loaded) {
            return;
        }
        set(CACHE, cache);
        set(FOLDER, folder);
        String chosen = Utils.getEnvOrSystemProperty(FOLDER);
        if (chosen != null) {
            use(new LibTorchFolder(Path.of(chosen)));
        }
        load(avx512OnAmd);
    }

    private static void set(String name, @Nullable Path value) {
        if (value != null) {
            System.setProperty(name, value.toAbsolutePath().toString());
        }
    }

    private static void use(LibTorchFolder folder) {
        System.setProperty(FLAVOR, folder.flavor());
        // DJL asks the CUDA runtime for the number of devices. It only finds an installed runtime.
        folder.cudaRuntimes().forEach(path -> NativeLibrary.addSearchPath("cudart", path.toString()));
    }

    /** Loads the libraries from their default location, unless they are loaded already. */
    public static synchronized void load() {
        load(true);
    }

    private static void load(boolean avx512OnAmd) {
        if (loaded) {
            return;
        }
        if (avx512OnAmd) {
            MklOnAmd.useAvx512();
        }
        // Without these settings DJL reports its start to a server of its makers and looks for libraries on the
        // network.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        try {
            Engine.getEngine("PyTorch");
        } catch (EngineException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new LibTorchException("libtorch could not be loaded: " + cause.getMessage(), e);
        }
        loaded = true;
    }

    /** Whether the loaded libraries are built for CUDA; not whether there is a GPU. */
    public static boolean forCuda() {
        load();
        return new LibTorchFolder(Path.of(LibUtils.getLibtorchPath())).forCuda();
    }

    /** Threads that one operation may use. */
    public static int threads() {
        load();
        return JniUtils.getNumThreads();
    }

    /** Sets the threads that one operation may use. A change also changes the order of summation. */
    public static void useThreads(int threads) {
        load();
        JniUtils.setNumThreads(threads);
    }
}
