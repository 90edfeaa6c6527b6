package dev.likeness.app.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TaskTests {

    private final Errand errand = new Errand();

    @Test
    void handsOutEachEventOnce() {
        errand.registerEvent("done");

        assertThat(errand.handOverEvents()).containsExactly("done");
        errand.forgetEvents();
        assertThat(errand.handOverEvents()).isEmpty();
    }

    @Test
    void isNotWrittenWhileAnEventWaits() {
        assertThatCode(errand::requirePublished).doesNotThrowAnyException();

        errand.registerEvent("done");

        assertThatIllegalStateException()
                .isThrownBy(errand::requirePublished)
                .withMessageContaining(errand.id().toString())
                .withMessageContaining("done");
        errand.handOverEvents();
        assertThatCode(errand::requirePublished).doesNotThrowAnyException();
    }

    private static final class Errand extends Task {

        @Override
        public TaskRef.Kind kind() {
            return TaskRef.Kind.JOB;
        }

        Errand() {
            super(Instant.EPOCH);
        }
    }
}
