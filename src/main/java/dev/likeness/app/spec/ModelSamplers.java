package dev.likeness.app.spec;

import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelSchedules;
import dev.likeness.app.refusal.Violation;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.wire.Quantity;
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

    /** @param field location of the sampler */
    public Optional<Violation> check(BaseModel model, List<String> field, Sampler sampler, int steps, double eta) {
        NoiseProcess noise = schedules.of(model);
        try {
            noise.solver(sampler, steps, eta, ANY_SIZE);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            String message = "%s with %s does not work with %s: %s"
                    .formatted(sampler.wire(), Quantity.of(steps, "step"), model.id(), e.getMessage());
            return Optional.of(new Violation(field, message, "value_error"));
        }
    }
}
