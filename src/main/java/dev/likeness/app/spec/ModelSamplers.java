package dev.likeness.app.spec;

import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelSchedules;
import dev.likeness.app.refusal.Violation;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.wire.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Checks whether a sampler works with a model, so that a job is refused before its training. */
@Component
public class ModelSamplers {

    /** No image is sampled, and every size has the same samplers. */
    private static final long ANY_SIZE = 1;

    private final ModelSchedules schedules;

    ModelSamplers(ModelSchedules schedules) {
        this.schedules = schedules;
    }

    /**
     * @param zeroTerminalSnr whether a job trains with it, or has trained so; then the model can be trained so
     * @param field location of the sampler
     */
    public Optional<Violation> check(
            BaseModel model, boolean zeroTerminalSnr, List<String> field, Sampler sampler, int steps, double eta) {
        NoiseProcess noise = schedules.of(model);
        try {
            (zeroTerminalSnr ? noise.withZeroTerminalSnr() : noise).solver(sampler, steps, eta, ANY_SIZE);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            String message = "%s with %s does not work with %s: %s"
                    .formatted(sampler.wire(), Quantity.of(steps, "step"), model.id(), e.getMessage());
            return Optional.of(new Violation(field, message, "value_error"));
        }
    }

    /** Checks whether the model's noise has the losses of a training. Locations are from the spec's root. */
    List<Violation> losses(BaseModel model, TrainingSpec training) {
        NoiseProcess noise = schedules.of(model);
        List<Violation> violations = new ArrayList<>();
        if (training.zeroTerminalSnr()) {
            check(model, "zero_terminal_snr", noise::withZeroTerminalSnr).ifPresent(violations::add);
        }
        if (training.debiasedEstimation()) {
            check(model, "debiased_estimation", () -> noise.debiasedWeight(0)).ifPresent(violations::add);
        }
        return violations;
    }

    private static Optional<Violation> check(BaseModel model, String field, Runnable use) {
        try {
            use.run();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            String message = "does not work with %s: %s".formatted(model.id(), e.getMessage());
            return Optional.of(new Violation(List.of("training", field), message, "value_error"));
        }
    }
}
