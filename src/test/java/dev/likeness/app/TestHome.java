package dev.likeness.app;

import java.nio.file.Path;
import org.springframework.util.SystemPropertyUtils;

/**
 * Folders for the service's data in tests: separate ones for tests that cannot share one, and for JVMs that run at the
 * same time.
 */
public final class TestHome {

    private static final String ROOT = "target/test-home/${test.fork:0}/";

    public static final String API = ROOT + "api";
    public static final String OWNERS = ROOT + "owners";
    public static final String CHAOS = ROOT + "chaos";
    public static final String ROLL = ROOT + "roll";
    public static final String WORKERS = ROOT + "workers";
    public static final String FAKE_WORKER = ROOT + "fake-worker";
    public static final String BROKEN_KERNEL = ROOT + "broken-kernel";
    public static final String HUB = ROOT + "hub";
    public static final String STUDIO = ROOT + "studio";
    public static final String QUEUE = ROOT + "queue";

    /** The shared folder for the binaries of PostgreSQL. */
    public static final String BINARIES = ROOT + "postgres-binaries";

    private TestHome() {}

    /** The path of one of these folders. */
    public static Path path(String home) {
        return Path.of(SystemPropertyUtils.resolvePlaceholders(home));
    }
}
