package dev.likeness.app.worker;

import dev.likeness.app.LikenessApplication;
import dev.likeness.diffusion.pipeline.EngineCheck;
import dev.likeness.diffusion.pipeline.EngineCheck.Finding;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;

/** A worker with a fake engine that computes correctly only with the safer setting. */
final class FaultyEngine {

    private FaultyEngine() {}

    /** As a program: the application and only those test classes that it needs. */
    static List<String> program(Path folder) {
        Path all = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(it -> it.endsWith("test-classes"))
                .findFirst()
                .orElseThrow();
        Path here = Path.of(FaultyEngine.class.getPackageName().replace('.', '/'));
        try (Stream<Path> classes = Files.list(all.resolve(here))) {
            Files.createDirectories(folder.resolve(here));
            for (Path file : classes.filter(it -> it.getFileName().toString().matches("(Faulty|Fake)Engine[.$].*"))
                    .toList()) {
                Files.copy(file, folder.resolve(here).resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return TestProcess.thisBuild(folder, FaultyEngine.class);
    }

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(LikenessApplication.class, Parts.class);
        application.setAllowBeanDefinitionOverriding(true);
        application.run(args);
    }

    /** Replaces the beans of the application. */
    static final class Parts {

        @Bean(destroyMethod = "")
        static FakeEngine engine() {
            FakeEngine engine = new FakeEngine();
            boolean safe = "AVX".equals(System.getenv("ONEDNN_MAX_CPU_ISA"));
            engine.onCheck(() -> new EngineCheck(
                    List.of("fp32"),
                    57,
                    safe ? List.of() : List.of(new Finding("conv2d", "fp32", "its gradient is NaN")),
                    Duration.ZERO));
            return engine;
        }
    }
}
