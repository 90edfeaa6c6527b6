package dev.likeness.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.ScriptModule;
import java.util.Locale;

/** What the machine can do at best, through the engine: nothing that a step consists of is faster. */
enum MachineWorkload implements EngineWorkload {
    /** The product of two large square matrices in fp32. */
    MATMUL(
            "torch.matmul(a, b)",
            new Shape(MachineWorkload.MATRIX, MachineWorkload.MATRIX),
            new StepWork(
                    2.0 * MachineWorkload.MATRIX * MachineWorkload.MATRIX * MachineWorkload.MATRIX,
                    3.0 * MachineWorkload.MATRIX * MachineWorkload.MATRIX * Float.BYTES)),
    /** Copies a tensor that is larger than the processor's caches into another one. */
    COPY(
            "torch.copy_(a, b)",
            new Shape(MachineWorkload.COPIED),
            new StepWork(0, 2.0 * MachineWorkload.COPIED * Float.BYTES));

    private static final long MATRIX = 2048;

    /** 256 MiB. */
    private static final long COPIED = 1L << 26;

    private final String expression;
    private final Shape shape;
    private final StepWork work;

    MachineWorkload(String expression, Shape shape, StepWork work) {
        this.expression = expression;
        this.shape = shape;
        this.work = work;
    }

    StepWork work() {
        return work;
    }

    @Override
    public void run(Opened model, Recorder recorder) {
        String method =
                "  def step(self: __torch__.M, a: Tensor, b: Tensor) -> Tensor:\n    return %s\n".formatted(expression);
        NDManager manager = model.manager();
        try (ScriptModule module = new ScriptModule(manager, "", method);
                NDArray a = manager.ones(shape);
                NDArray b = manager.ones(shape)) {
            for (int i = 0; i < model.task().effort().all(); i++) {
                recorder.starts();
                try (NDManager scope = manager.newSubManager()) {
                    // The value, so that a device has finished.
                    module.call(scope, "step", a, b).get(0).getFloat(first());
                }
                recorder.ends();
            }
        }
    }

    private long[] first() {
        return new long[shape.dimension()];
    }

    @Override
    public void export(Opened model, InputsWriter inputs) {
        inputs.note("kind", name().toLowerCase(Locale.ROOT));
        inputs.note("shape", shape.getShape());
        inputs.put("none", inputs.scope().zeros(new Shape(1)));
    }
}
