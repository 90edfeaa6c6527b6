package dev.likeness.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.ScriptModule;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What the machine can do at best, through the engine: nothing that a step consists of is faster. */
enum MachineWorkload implements EngineWorkload {
    /** The product of two large square matrices in fp32. */
    MATMUL(
            "torch.matmul(a, b)",
            Collections.nCopies(2, new Shape(MachineWorkload.MATRIX, MachineWorkload.MATRIX)),
            new StepWork(
                    2.0 * MachineWorkload.MATRIX * MachineWorkload.MATRIX * MachineWorkload.MATRIX,
                    3.0 * MachineWorkload.MATRIX * MachineWorkload.MATRIX * Float.BYTES)),
    /** A 3x3 convolution of many channels in fp32, which another library computes than matrix products. */
    CONVOLUTION(
            "torch.conv2d(a, b, None, [1, 1], [1, 1], [1, 1], 1)",
            List.of(
                    new Shape(2, MachineWorkload.CHANNELS, MachineWorkload.SIDE, MachineWorkload.SIDE),
                    new Shape(MachineWorkload.CHANNELS, MachineWorkload.CHANNELS, 3, 3)),
            new StepWork(
                    2.0
                            * 2
                            * MachineWorkload.CHANNELS
                            * MachineWorkload.CHANNELS
                            * 9
                            * MachineWorkload.SIDE
                            * MachineWorkload.SIDE,
                    (4.0 * MachineWorkload.SIDE * MachineWorkload.SIDE + 9.0 * MachineWorkload.CHANNELS)
                            * MachineWorkload.CHANNELS
                            * Float.BYTES)),
    /** Copies a tensor that is larger than the processor's caches into another one. */
    COPY(
            "torch.copy_(a, b)",
            Collections.nCopies(2, new Shape(MachineWorkload.COPIED)),
            new StepWork(0, 2.0 * MachineWorkload.COPIED * Float.BYTES));

    private static final long MATRIX = 2048;
    private static final long CHANNELS = 512;
    private static final long SIDE = 64;

    /** 256 MiB. */
    private static final long COPIED = 1L << 26;

    private final String expression;
    private final List<Shape> shapes;
    private final StepWork work;

    MachineWorkload(String expression, List<Shape> shapes, StepWork work) {
        this.expression = expression;
        this.shapes = shapes;
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
                NDArray a = manager.ones(shapes.get(0));
                NDArray b = manager.ones(shapes.get(1))) {
            for (int i = 0; i < model.task().effort().all(); i++) {
                recorder.starts();
                try (NDManager scope = manager.newSubManager()) {
                    // The value, so that a device has finished.
                    module.call(scope, "step", a, b)
                            .get(0)
                            .getFloat(new long[shapes.get(0).dimension()]);
                }
                recorder.ends();
            }
        }
    }

    @Override
    public void export(Opened model, InputsWriter inputs) {
        inputs.note("kind", name().toLowerCase(Locale.ROOT));
        inputs.note("shapes", shapes.stream().map(Shape::getShape).toList());
        inputs.put("none", inputs.scope().zeros(new Shape(1)));
    }
}
