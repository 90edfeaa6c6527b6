package dev.likeness.app.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.likeness.app.queue.TaskHandler.Outcome;
import dev.likeness.app.task.TaskRef.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskDispatcherTests {

    @Test
    void everyKindOfTaskHasItsRunner() {
        assertThat(TaskDispatcher.byKind(all()))
                .containsOnlyKeys(Kind.values())
                .allSatisfy((kind, runner) -> assertThat(runner.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aWorkerWithoutARunnerForAKindDoesNotStart(Kind kind) {
        List<TaskRunner> others = all().stream().filter(it -> it.kind() != kind).toList();

        assertThatIllegalStateException()
                .isThrownBy(() -> TaskDispatcher.byKind(others))
                .withMessage("no runner for tasks of kind " + kind);
    }

    @Test
    void twoRunnersForAKindAreRefused() {
        List<TaskRunner> two =
                Stream.concat(all().stream(), Stream.of(new Runner(Kind.JOB))).toList();

        assertThatIllegalStateException().isThrownBy(() -> TaskDispatcher.byKind(two));
    }

    private static List<TaskRunner> all() {
        return Arrays.stream(Kind.values()).<TaskRunner>map(Runner::new).toList();
    }

    private record Runner(Kind kind) implements TaskRunner {

        @Override
        public Outcome run(UUID id, BooleanSupplier leaving) {
            return Outcome.DONE;
        }
    }
}
