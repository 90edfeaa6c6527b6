package dev.likeness.app.worker;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starting this process again with a setting under which libtorch computes more slowly and with older code. oneDNN reads its own
 * from the environment, once. A process that has the setting has nothing safer, and so restarts no second time.
 */
final class SaferStart {

    /** The instruction set that oneDNN goes up to. Its convolutions are known to be at fault from AVX2 on, and right below. */
    static final String VARIABLE = "ONEDNN_MAX_CPU_ISA";

    static final String VALUE = "AVX";

    private final Map<String, String> environment;
    private final String system;
    private final String processor;
    private final Restart restart;

    SaferStart() {
        this(System.getenv(), System.getProperty("os.name"), System.getProperty("os.arch"), ProcessImage::restart);
    }

    /**
     * @param system as {@code os.name} has it
     * @param processor as {@code os.arch} has it
     */
    SaferStart(Map<String, String> environment, String system, String processor, Restart restart) {
        this.environment = environment;
        this.system = system;
        this.processor = processor;
        this.restart = restart;
    }

    /** What is set already, by a restart or an operator; null if nothing is. */
    @Nullable
    String inForce() {
        String value = environment.get(VARIABLE);
        return value == null ? null : VARIABLE + "=" + value;
    }

    /** @param device as PyTorch names it */
    boolean isPossible(String device) {
        return device.startsWith("cpu")
                && inForce() == null
                && system.toLowerCase(Locale.ROOT).startsWith("linux")
                && (processor.equals("amd64") || processor.equals("x86_64"));
    }

    /**
     * Never returns.
     *
     * @throws IOException if the process cannot be started again
     */
    void begin() throws IOException {
        restart.with(Map.of(VARIABLE, VALUE));
    }

    /** Starts this process again. */
    @FunctionalInterface
    interface Restart {

        /** @param more variables that the environment lacks so far */
        void with(Map<String, String> more) throws IOException;
    }
}
