package dev.likeness.bench;

import java.io.IOException;

/** Work of the engine alone. */
interface EngineWorkload extends Workload {

    /** Does it step by step, with the warm-up, and tells the recorder of each step. */
    void run(Opened model, Recorder recorder) throws IOException;

    @Override
    default Sample measure(Task task) throws IOException {
        try (Opened model = new Opened(task)) {
            Recorder recorder = new Recorder(task.effort(), model::synchronize);
            run(model, recorder);
            return recorder.sample(model.deviceMemory());
        }
    }
}
