package dev.likeness.app.spec;

import dev.likeness.app.refusal.Violation;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.plan.OptimizerKind;
import dev.likeness.diffusion.schedule.RateSchedule;
import dev.likeness.diffusion.training.TrainedPart;
import java.util.ArrayList;
import java.util.List;

/** What schedule-free AdamW cannot be combined with. Locations are relative to the spec. */
final class ScheduleFreeRules {

    private static final String OPTIMIZER = OptimizerKind.ADAMW_SCHEDULE_FREE.wire();

    private ScheduleFreeRules() {}

    static List<Violation> check(JobSpec spec) {
        TrainingSpec training = spec.training();
        List<Violation> violations = new ArrayList<>();
        if (training.optimizer() != OptimizerKind.ADAMW_SCHEDULE_FREE) {
            return violations;
        }
        List<String> section = List.of("training");
        schedule(training.learningRateSchedule(), section, violations);
        for (TrainedPart part : TrainedPart.values()) {
            String own = training.rates().of(part).learningRateSchedule();
            if (own != null) {
                schedule(own, List.of("training", "rates", RatesSpec.field(part)), violations);
            }
        }
        if (training.average() != null) {
            violations.add(violation(
                    List.of("training", "ema", "enabled"),
                    "must be false with %s, whose result is an average already".formatted(OPTIMIZER)));
        }
        if (training.beta1() == 0) {
            violations.add(violation(
                    RateRules.within(section, "beta1"),
                    "must be above 0 with %s, whose average follows from it".formatted(OPTIMIZER)));
        }
        if (spec.usesMomentum() && spec.textualInversion().momentumMode() == MomentumMode.EMA) {
            violations.add(violation(
                    RateRules.within(section, "optimizer"),
                    "%s results in an average of v_train, which textual_inversion.momentum_mode ema does not use: set that to anchor, or choose another optimizer"
                            .formatted(OPTIMIZER)));
        }
        return violations;
    }

    private static void schedule(String schedule, List<String> section, List<Violation> violations) {
        if (!schedule.equals(RateSchedule.CONSTANT.wire())) {
            violations.add(violation(
                    RateRules.within(section, "learning_rate_schedule"),
                    "must be constant with %s, which replaces schedules".formatted(OPTIMIZER)));
        }
    }

    private static Violation violation(List<String> location, String message) {
        return new Violation(location, message, "value_error");
    }
}
