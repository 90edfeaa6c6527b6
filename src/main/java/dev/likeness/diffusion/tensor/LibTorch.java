package dev.likeness.diffusion.tensor;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Loads libtorch once, quietly: from the class path, without a look at the network. */
public final class LibTorch {

    private static final String CACHE = "DJL_CACHE_DIR";
    private static boolean loaded;

    private LibTorch() {}

    /**
     * Says where the native libraries are unpacked. Has no effect once they are loaded.
     *
     * @param folder kept between runs; null for the library's own default
     */
    public static synchronized void unpackInto(@Nullable Path folder) {
        if (!loaded && folder != null) {
            System.setProperty(CACHE, folder.toString());
        }
    }

    /** Loads the libraries unless they are loaded already. */
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        // DJL reports its start to a server of its makers, and looks for libraries on the network, unless told not to.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        Engine.getEngine("PyTorch");
        loaded = true;
    }

    /** Threads that one operation may use. */
    public static int threads() {
        load();
        return JniUtils.getNumThreads();
    }

    /** Sets the threads that one operation may use; sums are added up in another order when it changes. */
    public static void useThreads(int threads) {
        load();
        JniUtils.setNumThreads(threads);
    }
}
