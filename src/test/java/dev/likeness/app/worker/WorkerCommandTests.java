package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.LikenessApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class WorkerCommandTests {

    private static final UUID WORKER = UUID.fromString("0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60");

    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void threadsOfTheEngineSpinOnlyBriefly() {
        assertThat(command().environment()).containsEntry("GOMP_SPINCOUNT", "10000");
    }

    @Test
    void threadsOfTheEngineShareOneHeap() {
        assertThat(command().environment()).containsEntry("MALLOC_ARENA_MAX", "1");
    }

    @Test
    void startsTheSameApplicationWithTheSameJavaAndClassPath() {
        assertThat(command().command())
                .startsWith(ProcessHandle.current().info().command().orElseThrow(), "-Xmx1g")
                .containsSubsequence("-cp", System.getProperty("java.class.path"), LikenessApplication.class.getName());
    }

    @Test
    void passesOnTheSettingsOfAWorkerAndNoOthers() {
        set(Map.of(
                "likeness.home", "/data",
                "spring.datasource.password", "secret",
                "server.port", "8080",
                "management.server.port", "9090",
                "likeness.role", "all"));

        assertThat(settings())
                .containsEntry("likeness.home", "/data")
                .containsEntry("spring.datasource.password", "secret")
                .containsEntry("likeness.role", "worker")
                .containsEntry("likeness.worker.supervised", "true")
                .containsEntry("likeness.worker.id", WORKER.toString())
                .containsEntry(
                        "logging.file.name", Path.of("logs", "worker.log").toString())
                .containsEntry("management.server.port", "-1")
                .doesNotContainKey("server.port");
    }

    @Test
    void keepsSecretsOutOfTheCommandLine() {
        set(Map.of("spring.datasource.password", "secret"));

        assertThat(command().command()).noneMatch(argument -> argument.contains("secret"));
    }

    @Test
    void writesItsOwnFileAsTheApiProcessWritesItsConsole() {
        set(Map.of("logging.structured.format.console", "ecs"));

        assertThat(settings())
                .containsEntry("logging.structured.format.file", "ecs")
                .containsEntry("logging.structured.format.console", ConsoleFormat.class.getName());
    }

    @Test
    void leavesTheDemoToTheApiProcess() {
        environment.setActiveProfiles("demo", "mine");

        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "Config resource 'class path resource [application-demo.yml]' via location 'classpath:/'",
                        Map.of("logging.level.root", "warn")));
        set(Map.of("logging.level.mine", "debug"));

        assertThat(settings())
                .containsEntry("spring.profiles.active", "mine")
                .containsEntry("logging.level.mine", "debug")
                .doesNotContainKey("logging.level.root");
    }

    @Test
    void opensNoSecondDebuggerOnTheSamePort() {
        assertThat(WorkerCommand.withoutAgents("-Xss2m -agentlib:jdwp=transport=dt_socket,address=5005 -Da=b"))
                .isEqualTo("-Xss2m -Da=b");
    }

    private void set(Map<String, Object> properties) {
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    }

    private Map<String, String> settings() {
        return new JsonMapper()
                .readValue(command().environment().get("SPRING_APPLICATION_JSON"), new TypeReference<>() {});
    }

    private ProcessBuilder command() {
        WorkerSettings settings = new WorkerSettings(
                "cpu",
                0,
                null,
                null,
                true,
                Path.of("logs"),
                null,
                List.of("-Xmx1g"),
                true,
                false,
                null,
                Duration.ofSeconds(40),
                Duration.ofSeconds(5),
                Duration.ofMillis(250),
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                null);
        GenericApplicationContext context = new GenericApplicationContext();
        // The command is made while the process starts, so it must create no bean.
        context.registerBean(
                LikenessApplication.class,
                () -> {
                    throw new IllegalStateException("too early");
                },
                definition -> definition.setLazyInit(true));
        context.refresh();
        return new WorkerCommand(context, environment, settings, new JsonMapper()).build(WORKER);
    }
}
