package dev.likeness.app.worker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command that starts a worker as a child process: the same Java and class path, with the settings of this process.
 * The child inherits nothing else, such as the server's port, the demo or a debugger's address.
 */
final class WorkerCommand {

    private static final List<String> HANDED_DOWN = List.of(
            "likeness.",
            "spring.datasource.",
            "logging.level.",
            "logging.structured.json.",
            "management.server.address",
            "management.tracing.",
            "management.opentelemetry.");

    private static final String LOG_FORMAT = "logging.structured.format.";

    /** Profiles only for the API process. */
    private static final List<String> NOT_FOR_WORKERS = List.of("demo");

    /** Settings of such a profile. */
    private static final String DEMO_FILE = "application-demo.yml";

    private static final List<String> JVM_VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    private static final String FAT_JAR_LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

    /**
     * How long threads of libtorch spin while they wait for each other. With the library's default of 300000 a worker
     * is many times slower on a busy machine. With 0 it is half as fast on an idle one.
     */
    private static final String SPIN_COUNT = "10000";

    private final ApplicationContext context;
    private final ConfigurableEnvironment environment;
    private final WorkerSettings settings;
    private final JsonMapper json;

    WorkerCommand(
            ApplicationContext context, ConfigurableEnvironment environment, WorkerSettings settings, JsonMapper json) {
        this.context = context;
        this.environment = environment;
        this.settings = settings;
        this.json = json;
    }

    /** @param worker id of the worker */
    ProcessBuilder build(UUID worker) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse(System.getProperty("java.home") + "/bin/java"));
        command.addAll(settings.jvmOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> variables = builder.environment();
        variables.put("SPRING_APPLICATION_JSON", json.writeValueAsString(properties(worker)));
        tuneLibraries(variables);
        JVM_VARIABLES.forEach(name -> variables.computeIfPresent(name, (key, value) -> withoutAgents(value)));
        return builder;
    }

    /** Sets what the engine's libraries read at their start. */
    static void tuneLibraries(Map<String, String> variables) {
        // The engine's library would otherwise count its uses over the network.
        variables.put("OPT_OUT_TRACKING", "true");
        // Heaps of single threads map each block above 64 MiB from the system again, and a step waits for zeroed
        // pages.
        variables.putIfAbsent("MALLOC_ARENA_MAX", "1");
        if (!variables.containsKey("OMP_WAIT_POLICY")) {
            variables.putIfAbsent("GOMP_SPINCOUNT", SPIN_COUNT);
        }
    }

    /** The source of settings with the highest rank after the command line. Process lists do not show it. */
    private Map<String, String> properties(UUID worker) {
        Map<String, String> properties = new TreeMap<>();
        environment.getPropertySources().stream()
                .filter(source -> !source.getName().contains(DEMO_FILE))
                .flatMap(source -> source instanceof EnumerablePropertySource<?> enumerable
                        ? Arrays.stream(enumerable.getPropertyNames())
                        : Stream.empty())
                .filter(name -> HANDED_DOWN.stream().anyMatch(name::startsWith))
                .forEach(name -> properties.put(name, environment.getRequiredProperty(name)));
        properties.put(Role.PROPERTY, "worker");
        properties.put("likeness.worker.supervised", "true");
        properties.put("likeness.worker.id", worker.toString());
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.profiles.active", profiles());
        properties.put("logging.file.name", settings.logFile().toString());
        properties.put("logging.threshold.console", "WARN");
        // Its console becomes part of this one. Full texts are in its log file.
        properties.put(LOG_FORMAT + "console", ConsoleFormat.class.getName());
        properties.put(LOG_FORMAT + "file", environment.getProperty(LOG_FORMAT + "console", ""));
        // This process's port must not apply to the worker, whose own port is among the settings.
        properties.put(RoleEnvironment.MANAGEMENT_PORT, "-1");
        return properties;
    }

    /** Whether a worker's log file is JSON, as the console of the supervising process is. */
    static boolean logsJson(Environment environment) {
        return StringUtils.hasLength(environment.getProperty(LOG_FORMAT + "console"));
    }

    private String profiles() {
        return Arrays.stream(environment.getActiveProfiles())
                .filter(profile -> !NOT_FOR_WORKERS.contains(profile))
                .collect(Collectors.joining(","));
    }

    private String mainClass() {
        ClassLoader system = ClassLoader.getSystemClassLoader();
        if (ClassUtils.isPresent(FAT_JAR_LAUNCHER, system)) {
            return FAT_JAR_LAUNCHER;
        }
        // Creates no beans, because this process may still be starting.
        return Arrays.stream(context.getBeanDefinitionNames())
                .flatMap(name -> Stream.<Class<?>>ofNullable(context.getType(name, false)))
                .<Class<?>>map(ClassUtils::getUserClass)
                .filter(type -> AnnotatedElementUtils.isAnnotated(type, SpringBootConfiguration.class))
                .map(Class::getName)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no application class"));
    }

    static String withoutAgents(String options) {
        return Arrays.stream(options.split("\\s+"))
                .filter(option -> !option.startsWith("-agentlib:")
                        && !option.startsWith("-agentpath:")
                        && !option.startsWith("-javaagent:"))
                .collect(Collectors.joining(" "));
    }
}
