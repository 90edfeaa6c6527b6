package dev.likeness.app.worker;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Restarts this process with a setting under which libtorch uses older and slower code. oneDNN reads the setting from
 * the environment, once. A process that has the setting already does not restart again.
 *
 * @see <a href="https://uxlfoundation.github.io/oneDNN/dev_guide_cpu_dispatcher_control.html">CPU Dispatcher Control</a>
 */
final class SaferStart {

    /** The newest instruction set that oneDNN uses. Its convolutions have known faults from AVX2 on. */
    static final String VARIABLE = "ONEDNN_MAX_CPU_ISA";

    static final String VALUE = "AVX";

    /** The former name of the variable. oneDNN reads it if {@link #VARIABLE} is empty. */
    private static final String FORMER_VARIABLE = "DNNL_MAX_CPU_ISA";

    /** Other safe values, in lower case; oneDNN ignores case. */
    private static final Set<String> SAFE = Set.of("avx", "sse41");

    private final Map<String, String> environment;
    private final String system;
    private final String processor;
    private final Restart restart;

    SaferStart() {
        this(System.getenv(), System.getProperty("os.name"), System.getProperty("os.arch"), ProcessImage::restart);
    }

    /**
     * @param system value of {@code os.name}
     * @param processor value of {@code os.arch}
     */
    SaferStart(Map<String, String> environment, String system, String processor, Restart restart) {
        this.environment = environment;
        this.system = system;
        this.processor = processor;
        this.restart = restart;
    }

    /**
     * The safer setting that this process has already, by a restart or by its operator.
     *
     * @param device in PyTorch's naming
     * @return null without one, or if it has no effect on the device
     */
    @Nullable
    String inForce(String device) {
        String variable = environment.getOrDefault(VARIABLE, "").isEmpty() ? FORMER_VARIABLE : VARIABLE;
        String value = environment.getOrDefault(variable, "");
        return matters(device) && SAFE.contains(value.toLowerCase(Locale.ROOT)) ? variable + "=" + value : null;
    }

    /** @param device in PyTorch's naming */
    boolean isPossible(String device) {
        return matters(device)
                && inForce(device) == null
                && system.toLowerCase(Locale.ROOT).startsWith("linux");
    }

    private boolean matters(String device) {
        return device.startsWith("cpu") && (processor.equals("amd64") || processor.equals("x86_64"));
    }

    /**
     * Restarts the process and never returns.
     *
     * @throws IOException if the process cannot be restarted
     */
    void begin() throws IOException {
        restart.with(Map.of(VARIABLE, VALUE));
    }

    /** Restarts this process. */
    @FunctionalInterface
    interface Restart {

        /** @param changes variables of the environment, which replace those with the same names */
        void with(Map<String, String> changes) throws IOException;
    }
}
