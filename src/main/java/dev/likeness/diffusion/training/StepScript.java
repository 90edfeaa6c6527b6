package dev.likeness.diffusion.training;

import dev.likeness.diffusion.tensor.Resources;
import java.util.Map;

/** The TorchScript text of a training step's computations outside the networks. */
public final class StepScript {

    private static final AdamW.Settings SETTINGS = new AdamW.Constants(0.9, 0.999, 0.01, 1e-8);

    private StepScript() {}

    /** The methods of a module: those of {@code kernels.py} and of every optimizer, AdamW with its usual constants. */
    public static String methods() {
        return Resources.text(StepScript.class, "kernels.py")
                + Resources.text(StepScript.class, "adafactor.py")
                + Resources.text(StepScript.class, "adamw8bit.py")
                + Resources.text(StepScript.class, "lion.py")
                + Resources.text(StepScript.class, "prodigy.py")
                + Resources.text(StepScript.class, "schedule_free.py")
                + Resources.text(StepScript.class, "ema.py")
                + AdamW.script(SETTINGS);
    }

    /** The module's weights that the methods read, by name. */
    public static Map<String, float[]> tables() {
        return AdamW8bit.maps();
    }
}
