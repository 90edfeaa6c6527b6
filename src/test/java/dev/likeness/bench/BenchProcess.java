package dev.likeness.bench;

import dev.likeness.diffusion.pipeline.EngineOptions;
import dev.likeness.diffusion.pipeline.TorchEngine;
import dev.likeness.diffusion.tensor.EngineThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import tools.jackson.databind.json.JsonMapper;

/**
 * One repetition of one workload in a process of its own: {@code BenchProcess measure|export TASK OUT}, where the task is a
 * file with JSON.
 */
public final class BenchProcess {

    private static final JsonMapper JSON = JsonMapper.shared();

    private BenchProcess() {}

    public static void main(String[] arguments) throws Exception {
        Task task = JSON.readValue(Files.readString(Path.of(arguments[1])), Task.class);
        Path out = Path.of(arguments[2]);
        TorchEngine.load(new EngineOptions(task.effort().device(), task.effort().threads(), null, null, true));
        if (arguments[0].equals("export")) {
            onEngineThread(() -> export(task, out));
        } else {
            Files.writeString(
                    out,
                    JSON.writeValueAsString(onEngineThread(
                            () -> Workloads.named(task.workload()).measure(task))));
        }
    }

    private static Path export(Task task, Path folder) throws IOException {
        try (Opened model = new Opened(task);
                InputsWriter inputs = new InputsWriter(model.manager())) {
            Workloads.named(task.workload()).export(model, inputs);
            inputs.write(folder);
        }
        return folder;
    }

    private static <T> T onEngineThread(Callable<T> work) throws Exception {
        FutureTask<T> future = new FutureTask<>(work);
        new EngineThreads().newThread(future).start();
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
