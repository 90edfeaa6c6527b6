package dev.likeness.app.worker.task;

import dev.likeness.app.task.Signal;
import java.util.function.Supplier;

/** Controls of tasks for tests of other packages. */
public final class TestTaskControl {

    private TestTaskControl() {}

    /** Of a process that does not shut down. */
    public static TaskControl of(Supplier<Signal> signal) {
        return new TaskControl(() -> false, signal);
    }
}
