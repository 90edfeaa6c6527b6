package dev.likeness.app.picture;

import static org.bytedeco.leptonica.global.leptonica.L_SEVERITY_NONE;
import static org.bytedeco.leptonica.global.leptonica.setMsgSeverity;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The native library for WebP, which exists for some platforms only. */
public final class Libwebp {

    private static final Logger log = LoggerFactory.getLogger(Libwebp.class);

    private Libwebp() {}

    /**
     * Loads the library and keeps it from writing to the standard error stream.
     *
     * @throws LinkageError if it does not exist for this platform
     */
    static void load() {
        setMsgSeverity(L_SEVERITY_NONE);
    }

    /** Why the library cannot be loaded; empty if it can. */
    public static Optional<String> missing() {
        return missing(Libwebp::load);
    }

    static Optional<String> missing(Runnable library) {
        try {
            library.run();
            return Optional.empty();
        } catch (LinkageError e) {
            log.error("WebP cannot be used: libwebp cannot be loaded", e);
            return Optional.of("libwebp is missing for %s on %s"
                    .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
        }
    }
}
