package dev.likeness.app.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

import dev.likeness.app.task.TaskRef.Kind;
import dev.likeness.app.task.TaskType.Priority;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskTypesTests {

    private final List<TaskType> types = new ArrayList<>(
            Arrays.stream(Kind.values()).map(TaskTypesTests::type).toList());

    @Test
    void findTheTypeOfAKind() {
        assertThat(new TaskTypes(types).of(Kind.CAPTIONS)).isSameAs(types.get(Kind.CAPTIONS.ordinal()));
    }

    @Test
    void refuseAKindWithoutAType() {
        types.remove(Kind.EVALUATION.ordinal());

        assertThatIllegalStateException().isThrownBy(() -> new TaskTypes(types)).withMessageContaining("EVALUATION");
    }

    @Test
    void refuseTwoTypesOfAKind() {
        types.add(type(Kind.JOB));

        assertThatIllegalStateException().isThrownBy(() -> new TaskTypes(types)).withMessageContaining("JOB");
    }

    private static TaskType type(Kind kind) {
        return new TaskType(kind, kind.wire(), Object.class, Priority.MEDIUM, mock(LeaseProgress.class));
    }
}
