package dev.likeness.app.worker;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** How a supervised worker's process starts, for processes of tests that measure the engine. */
public final class EngineProcess {

    private EngineProcess() {}

    /** The default options of its JVM. */
    public static List<String> jvmOptions() {
        return new Binder(new MapConfigurationPropertySource(Map.of("likeness.worker.logs", "unused")))
                .bind("likeness.worker", WorkerSettings.class)
                .get()
                .jvmOptions();
    }

    /** Sets the environment variables of its libraries. */
    public static void tune(Map<String, String> variables) {
        WorkerCommand.tuneLibraries(variables);
    }
}
