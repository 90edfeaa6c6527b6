package dev.likeness.app.spec;

import dev.likeness.app.model.BaseModel;
import dev.likeness.app.refusal.Violation;
import dev.likeness.diffusion.adapter.LayerKind;
import dev.likeness.diffusion.method.TrainedKind;
import dev.likeness.diffusion.plan.OptimizerKind;
import dev.likeness.diffusion.schedule.RateSchedule;
import dev.likeness.diffusion.training.PartRate;
import dev.likeness.diffusion.training.TrainedPart;
import dev.likeness.diffusion.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules about the learning rates of a spec. Locations are relative to the spec. */
public final class RateRules {

    private static final String SCHEDULE = "learning_rate_schedule";
    private static final String RATE = "learning_rate";

    private RateRules() {}

    /** Every rate must suit its schedule, and belong to a part that is trained. The optimizer must take rates that differ. */
    public static List<Violation> check(BaseModel model, JobSpec spec) {
        TrainingSpec training = spec.training();
        List<Violation> violations = new ArrayList<>();
        schedule(training).ifPresent(violations::add);
        if (training.cycles() > 1 && noneRestarts(training)) {
            violations.add(
                    violation(
                            List.of("training", "learning_rate_cycles"),
                            "has no effect without restarts: set learning_rate_schedule to cosine_with_restarts, or omit this field"));
        }
        Set<TrainedPart> trained = spec.trainingMethod().parts(spec);
        for (TrainedPart part : TrainedPart.values()) {
            if (training.rates().of(part).given()) {
                List<String> location = List.of("training", "rates", RatesSpec.field(part));
                Optional<Violation> untrained =
                        untrained(model, spec, part, trained).map(it -> violation(location, it));
                untrained.ifPresentOrElse(violations::add, () -> part(training, part, location, violations));
            }
        }
        plus(spec).ifPresent(violations::add);
        violations.addAll(ScheduleFreeRules.check(spec));
        average(training).ifPresent(violations::add);
        if (violations.isEmpty()) {
            oneRate(training, trained).ifPresent(violations::add);
        }
        return violations;
    }

    private static Optional<Violation> average(TrainingSpec training) {
        EmaSpec ema = training.ema();
        return ema.enabled() && ema.minDecay() > ema.decay()
                ? Optional.of(violation(
                        List.of("training", "ema", "min_decay"), "must be at most decay, %s".formatted(ema.decay())))
                : Optional.empty();
    }

    private static PartRate ofTraining(TrainingSpec training) {
        return new PartRate(
                training.learningRate(), training.learningRateSchedule(), training.warmupSteps(), training.cycles());
    }

    /** The schedule must be a known name that suits the rate, or rates for the training's steps. */
    static Optional<Violation> schedule(TrainingSpec training) {
        return schedule(training.steps(), ofTraining(training), List.of("training"));
    }

    private static Optional<Violation> schedule(int steps, PartRate rate, List<String> section) {
        try {
            rate.over(steps);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage());
            if (isNamed(rate)) {
                return Optional.of(violation(within(section, RATE), reason));
            }
            String message = "must be one of %s, or a list of rates: %s"
                    .formatted(String.join(", ", Wire.names(RateSchedule.class)), reason);
            return Optional.of(violation(within(section, SCHEDULE), message));
        }
    }

    private static boolean isNamed(PartRate rate) {
        return Wire.of(RateSchedule.class, rate.schedule()).isPresent();
    }

    private static boolean restarts(PartRate rate) {
        return RateSchedule.COSINE_WITH_RESTARTS.wire().equals(rate.schedule());
    }

    private static boolean noneRestarts(TrainingSpec training) {
        return !restarts(ofTraining(training))
                && Set.of(TrainedPart.values()).stream().noneMatch(part -> restarts(training.rate(part)));
    }

    /** Why a part has no rate; empty if it is trained. */
    private static Optional<String> untrained(
            BaseModel model, JobSpec spec, TrainedPart part, Set<TrainedPart> trained) {
        if (part == TrainedPart.SECOND_TEXT_ENCODER && !model.hasSecondTextEncoder()) {
            return Optional.of("model %s has one text encoder: omit this field".formatted(model.id()));
        }
        if (trained.contains(part)) {
            return Optional.empty();
        }
        boolean textCouldBe = part != TrainedPart.DENOISER
                && part != TrainedPart.EMBEDDINGS
                && spec.trainingMethod().yields() != TrainedKind.EMBEDDINGS;
        return Optional.of(
                textCouldBe
                        ? "text encoders are not trained: set training.train_text_encoder to true, or omit this field"
                        : "method %s does not train this part: omit this field".formatted(spec.method()));
    }

    private static void part(
            TrainingSpec training, TrainedPart part, List<String> location, List<Violation> violations) {
        PartRateSpec own = training.rates().of(part);
        PartRate rate = training.rate(part);
        schedule(training.steps(), rate, location).ifPresent(violations::add);
        if (!isNamed(rate) && own.learningRate() != null) {
            violations.add(violation(
                    within(location, RATE),
                    "has no effect beside a list of rates: give this part a learning_rate_schedule such as constant"));
        }
        Integer cycles = own.learningRateCycles();
        if (cycles != null && cycles > 1 && !restarts(rate)) {
            violations.add(
                    violation(
                            within(location, "learning_rate_cycles"),
                            "has no effect without restarts: set learning_rate_schedule to cosine_with_restarts, or omit this field"));
        }
    }

    private static Optional<Violation> plus(JobSpec spec) {
        if (spec.training().upRatio() == 1) {
            return Optional.empty();
        }
        List<String> location = List.of("training", "lora_plus");
        if (!spec.trainingMethod().yields().hasAdapter()) {
            return Optional.of(violation(
                    location, "is for adapters, and method %s trains none: omit this field".formatted(spec.method())));
        }
        LayerKind algorithm = spec.lora().algorithm();
        return algorithm == LayerKind.LORA
                ? Optional.empty()
                : Optional.of(violation(
                        location,
                        "is the rate of matrix B, which lora.algorithm %s does not have: omit this field, or set the algorithm to lora"
                                .formatted(algorithm.wire())));
    }

    /** As its authors' implementation, Prodigy does not take rates that differ. */
    private static Optional<Violation> oneRate(TrainingSpec training, Set<TrainedPart> trained) {
        if (training.optimizer() != OptimizerKind.PRODIGY) {
            return Optional.empty();
        }
        String why = "has to be the same for everything with prodigy, which estimates one learning rate from all"
                + " parameters: omit this field, or choose another optimizer";
        if (training.upRatio() != 1) {
            return Optional.of(violation(List.of("training", "lora_plus"), why));
        }
        return trained.stream().map(training::rate).distinct().count() <= 1
                ? Optional.empty()
                : Optional.of(violation(List.of("training", "rates"), why));
    }

    static List<String> within(List<String> section, String field) {
        List<String> location = new ArrayList<>(section);
        location.add(field);
        return List.copyOf(location);
    }

    private static Violation violation(List<String> location, String message) {
        return new Violation(location, message, "value_error");
    }
}
