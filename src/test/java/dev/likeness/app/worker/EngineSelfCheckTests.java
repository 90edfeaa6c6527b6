package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.job.JobEngine;
import dev.likeness.app.task.EngineCheckOutcome;
import dev.likeness.diffusion.pipeline.EngineCheck;
import dev.likeness.diffusion.pipeline.EngineCheck.Finding;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class EngineSelfCheckTests {

    private static final EngineCheck WRONG = new EngineCheck(
            List.of("fp32"), 3, List.of(new Finding("conv2d", "fp32", "its gradient is NaN")), Duration.ZERO);

    private final FakeEngine engine = new FakeEngine();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> settings =
            new HashMap<>(Map.of("likeness.worker.device", "cpu", "likeness.worker.logs", "logs"));
    private final List<Map<String, String>> restarts = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Deque<Runnable> again = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private String system = "Linux";
    private String processor = "amd64";
    private SaferStart.Restart restart = restarts::add;

    @BeforeEach
    void failTheirCheck() {
        engine.onCheck(() -> WRONG);
    }

    @Test
    void anEngineThatComputesCorrectlyTakesTasks(CapturedOutput output) {
        engine.onCheck(() -> new EngineCheck(List.of("fp32", "bf16"), 57, List.of(), Duration.ofMillis(420)));

        EngineSelfCheck check = started();

        assertThat(check.verdict().allowsWork()).isTrue();
        assertThat(check.ofJobs())
                .isEqualTo(new JobEngine("57 operators agree with fp64 in fp32, bf16", "development", null));
        assertThat(health(check).getStatus()).isEqualTo(Status.UP);
        assertThat(shown()).containsExactly(EngineCheckOutcome.PASSED);
        assertThat(output)
                .contains("The engine passed its self-check: 57 operators agree with fp64 in fp32, bf16 (420 ms)");
        assertThat(restarts).isEmpty();
    }

    @Test
    void anEngineThatFailsItsCheckIsStartedAgainWithASaferSetting(CapturedOutput output) {
        started();

        assertThat(restarts).containsExactly(Map.of("ONEDNN_MAX_CPU_ISA", "AVX"));
        assertThat(output)
                .contains("The engine failed its self-check: conv2d in fp32: its gradient is NaN. Restarting with"
                        + " ONEDNN_MAX_CPU_ISA=AVX, which is slower");
    }

    @ParameterizedTest
    @CsvSource({
        "ONEDNN_MAX_CPU_ISA, ''",
        "ONEDNN_MAX_CPU_ISA, ALL",
        "ONEDNN_MAX_CPU_ISA, AVX2",
        "ONEDNN_MAX_CPU_ISA, AVX512_CORE",
        "DNNL_MAX_CPU_ISA, AVX2"
    })
    void anOperatorsSettingThatIsNoSaferIsReplaced(String variable, String value, CapturedOutput output) {
        environment.put(variable, value);

        EngineSelfCheck check = started();

        assertThat(restarts).containsExactly(Map.of("ONEDNN_MAX_CPU_ISA", "AVX"));
        assertThat(check.setting()).isNull();
        assertThat(output).doesNotContain("even with");
    }

    @ParameterizedTest
    @CsvSource({"ONEDNN_MAX_CPU_ISA, avx", "ONEDNN_MAX_CPU_ISA, SSE41", "DNNL_MAX_CPU_ISA, AVX"})
    void anOperatorsSettingThatIsAsSafeIsInForce(String variable, String value) {
        environment.put(variable, value);

        assertThat(started().setting()).isEqualTo(variable + "=" + value);
        assertThat(restarts).isEmpty();
    }

    @Test
    void theSettingOfAnotherNameCountsOnlyWithoutTheFirst() {
        environment.putAll(Map.of("DNNL_MAX_CPU_ISA", "AVX", "ONEDNN_MAX_CPU_ISA", "AVX2"));

        assertThat(started().setting()).isNull();
        assertThat(restarts).hasSize(1);
    }

    @Test
    void aSettingOfProcessorsIsNotForAGpu() {
        environment.put("ONEDNN_MAX_CPU_ISA", "AVX");
        settings.put("likeness.worker.device", "cuda:0");

        assertThat(started().ofJobs().setting()).isNull();
    }

    @Test
    void anEngineThatFailsItsCheckWithTheSaferSettingTakesNoTask(CapturedOutput output) {
        environment.put("ONEDNN_MAX_CPU_ISA", "AVX");

        EngineSelfCheck check = started();

        assertThat(restarts).isEmpty();
        assertThat(check.verdict().allowsWork()).isFalse();
        assertThat(check.isRunning()).isTrue();
        assertThat(health(check).getStatus()).isEqualTo(Status.DOWN);
        assertThat(health(check).getStatus().getDescription()).contains("conv2d in fp32");
        assertThat(shown()).containsExactly(EngineCheckOutcome.FAILED);
        assertThat(output.getOut().lines().filter(line -> line.contains(" ERROR ")))
                .hasSize(1)
                .allMatch(
                        line -> line.contains(
                                "This worker takes no tasks, because its engine failed the self-check even with"
                                        + " ONEDNN_MAX_CPU_ISA=AVX: conv2d in fp32: its gradient is NaN. Report this line with the"));
    }

    @Test
    void aWorkerWithTheSaferSettingReportsIt() {
        environment.put("ONEDNN_MAX_CPU_ISA", "AVX");
        engine.onCheck(() -> new EngineCheck(List.of("fp32"), 57, List.of(), Duration.ZERO));

        assertThat(started().ofJobs().setting()).isEqualTo("ONEDNN_MAX_CPU_ISA=AVX");
    }

    @ParameterizedTest
    @CsvSource({"cuda:0, Linux, amd64", "cpu, Mac OS X, x86_64", "cpu, Linux, aarch64"})
    void whereNothingIsSaferTheWorkerTakesNoTask(String device, String system, String processor) {
        settings.put("likeness.worker.device", device);
        this.system = system;
        this.processor = processor;

        assertThat(started().verdict().outcome()).isEqualTo(EngineCheckOutcome.FAILED);
        assertThat(restarts).isEmpty();
    }

    static Stream<SaferStart.Restart> refusals() {
        return Stream.of(
                changes -> {
                    throw new IOException("execve fails with error 13");
                },
                changes -> {
                    throw new NoClassDefFoundError("Could not initialize class com.sun.jna.Native");
                },
                changes -> {
                    throw new IllegalStateException("no such folder");
                });
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aProcessThatCannotBeStartedAgainTakesNoTask(SaferStart.Restart refusal, CapturedOutput output) {
        restart = refusal;

        assertThat(started().verdict().outcome()).isEqualTo(EngineCheckOutcome.FAILED);
        assertThat(output).contains("Start it with ONEDNN_MAX_CPU_ISA=AVX");
    }

    @Test
    void aCheckThatFailsItselfIsNotPassed() {
        environment.put("ONEDNN_MAX_CPU_ISA", "AVX");
        engine.onCheck(failing(new IllegalStateException("no kernel of this name")));

        EngineSelfCheck check = started();

        assertThat(check.verdict().outcome()).isEqualTo(EngineCheckOutcome.FAILED);
        assertThat(check.verdict().summary()).contains("no kernel of this name");
    }

    private static Supplier<EngineCheck> failing(RuntimeException failure) {
        return () -> {
            throw failure;
        };
    }

    static Stream<Consumer<FakeEngine>> troubles() {
        return Stream.of(
                engine -> engine.onCheck(failing(new IllegalStateException("no space left on device"))),
                engine -> engine.onCheck(() -> new EngineCheck(
                        List.of("fp32"),
                        3,
                        List.of(new Finding("unet", "fp32", "fails: CUDA out of memory", false)),
                        Duration.ZERO)));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void whatCannotBeCheckedIsCheckedAgain(Consumer<FakeEngine> trouble, CapturedOutput output) {
        trouble.accept(engine);

        EngineSelfCheck check = started();

        assertThat(check.verdict().outcome()).isEqualTo(EngineCheckOutcome.FAILED);
        assertThat(output).contains("takes no tasks yet").doesNotContain("failed the self-check");
        for (int i = 1; i < 9; i++) {
            again.remove().run();
        }
        assertThat(pauses)
                .startsWith(Duration.ofSeconds(10), Duration.ofSeconds(20))
                .endsWith(Duration.ofMinutes(10));
        engine.onCheck(() -> new EngineCheck(List.of("fp32"), 3, List.of(), Duration.ZERO));
        again.remove().run();
        assertThat(check.verdict().outcome()).isEqualTo(EngineCheckOutcome.PASSED);
        assertThat(again).isEmpty();
        assertThat(restarts).isEmpty();
    }

    @Test
    void aPermanentFaultIsNotCheckedAgain() {
        environment.put("ONEDNN_MAX_CPU_ISA", "AVX");

        started();

        assertThat(again).isEmpty();
    }

    @Test
    void aFaultInDoublePrecisionIsNotAFaultOfFastKernels() {
        engine.onCheck(() -> new EngineCheck(
                List.of("fp32"), 3, List.of(new Finding("conv2d", "fp64", "is 2 instead of 1")), Duration.ZERO));

        assertThat(started().verdict().outcome()).isEqualTo(EngineCheckOutcome.FAILED);
        assertThat(restarts).isEmpty();
        assertThat(again).isEmpty();
    }

    @Test
    void canBeLeftOut() {
        settings.put("likeness.worker.self-check", "false");

        EngineSelfCheck check = started();

        assertThat(check.verdict().allowsWork()).isTrue();
        assertThat(check.ofJobs().check()).isNull();
        assertThat(health(check).getStatus()).isEqualTo(Status.UP);
        assertThat(shown()).containsExactly(EngineCheckOutcome.SKIPPED);
    }

    @Test
    void nothingIsAllowedBeforeTheCheck() {
        EngineSelfCheck check = check();

        assertThat(check.verdict().allowsWork()).isFalse();
        assertThat(health(check).getStatus()).isEqualTo(Status.UNKNOWN);
    }

    private EngineSelfCheck started() {
        EngineSelfCheck check = check();
        check.start();
        return check;
    }

    private EngineSelfCheck check() {
        WorkerSettings bound = new Binder(new MapConfigurationPropertySource(settings))
                .bind("likeness.worker", WorkerSettings.class)
                .get();
        SaferStart safer = new SaferStart(environment, system, processor, more -> restart.with(more));
        return new EngineSelfCheck(
                engine,
                bound,
                Thread::new,
                safer,
                (task, pause) -> {
                    again.add(task);
                    pauses.add(pause);
                },
                meters);
    }

    private static Health health(EngineSelfCheck check) {
        return new EngineHealthIndicator(check).health();
    }

    /** Outcomes whose figure is 1. */
    private List<EngineCheckOutcome> shown() {
        return List.of(EngineCheckOutcome.values()).stream()
                .filter(outcome -> meters.get("likeness.worker.engine.check")
                                .tag("outcome", outcome.wire())
                                .gauge()
                                .value()
                        == 1)
                .toList();
    }
}
