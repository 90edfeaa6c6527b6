package dev.likeness.app.spec;

import dev.likeness.app.model.BaseModel;
import dev.likeness.app.refusal.Violation;
import dev.likeness.diffusion.schedule.LearningRate;
import dev.likeness.diffusion.training.TrainedPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rules about several fields of a spec, or about a field and the model. Locations are relative to the spec. */
public final class SpecRules {

    private static final int MOST_EVALUATION_IMAGES = 4096;

    private SpecRules() {}

    /** The sides of images must suit the model's networks. */
    public static List<Violation> sizes(BaseModel model, JobSpec spec) {
        List<Violation> violations = new ArrayList<>();
        for (Violation violation : sizes(model, spec.sampling())) {
            violations.add(violation.within("sampling"));
        }
        multiple(model, spec.training().resolution(), List.of("training", "resolution"))
                .ifPresent(violations::add);
        return violations;
    }

    /** The model must have the layers that are skipped. */
    public static List<Violation> clipSkips(BaseModel model, JobSpec spec) {
        List<Violation> violations = new ArrayList<>();
        ClipSkip.check(model, spec.training().clipSkip())
                .map(it -> it.within("training"))
                .ifPresent(violations::add);
        int sampled = spec.sampling().settings().encoding().clipSkip();
        if (sampled != spec.training().clipSkip()) {
            ClipSkip.check(model, sampled).map(it -> it.within("sampling")).ifPresent(violations::add);
        }
        return violations;
    }

    /** Locations are relative to the settings. */
    static List<Violation> sizes(BaseModel model, SamplingSpec sampling) {
        List<Violation> violations = new ArrayList<>();
        multiple(model, sampling.width(), List.of("width")).ifPresent(violations::add);
        multiple(model, sampling.height(), List.of("height")).ifPresent(violations::add);
        return violations;
    }

    private static Optional<Violation> multiple(BaseModel model, int size, List<String> location) {
        if (size % model.sizeMultiple() == 0) {
            return Optional.empty();
        }
        String message = String.format(Locale.ROOT, "must be a multiple of %d for this model", model.sizeMultiple());
        return Optional.of(new Violation(location, message, "multiple_of", Map.of("value", model.sizeMultiple())));
    }

    /**
     * Why training cannot continue with another total number of steps: a schedule that depends on the total would have had
     * other rates in the steps so far.
     *
     * @param done number of steps so far
     * @return empty if the rates of these steps are the same
     */
    public static Optional<String> changedRate(TrainingSpec before, TrainingSpec after, int done) {
        return Stream.concat(
                        Stream.of(changedRate(
                                before.learningRateSchedule(),
                                before.learningRates(),
                                after.learningRates(),
                                after,
                                done)),
                        Stream.of(TrainedPart.values())
                                .map(part -> changedRate(
                                        "%s of training.rates.%s"
                                                .formatted(before.rate(part).schedule(), RatesSpec.field(part)),
                                        before.over(before.rate(part)),
                                        after.over(after.rate(part)),
                                        after,
                                        done)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> changedRate(
            String schedule, LearningRate trained, LearningRate wanted, TrainingSpec after, int done) {
        return IntStream.range(0, done)
                .filter(step -> trained.at(step) != wanted.at(step))
                .boxed()
                .findFirst()
                .map(step ->
                        ("the learning rate schedule %s depends on the total number of steps: step %d was trained with the"
                                        + " rate %s, and a training of %d steps has %s there. Train on top of the result instead, with"
                                        + " base_job_id, or submit a copy with all steps")
                                .formatted(schedule, step + 1, trained.at(step), after.steps(), wanted.at(step)));
    }

    /** Checkpoints, prompts and images must not multiply to more than {@value #MOST_EVALUATION_IMAGES} images. */
    public static Optional<Violation> evaluationImages(JobSpec spec) {
        if (spec.evaluationImages() <= MOST_EVALUATION_IMAGES) {
            return Optional.empty();
        }
        return Optional.of(new Violation(
                List.of("evaluation", "checkpoints"),
                "these checkpoints, prompts and images per prompt make %d images to score; the limit is %d"
                        .formatted(spec.evaluationImages(), MOST_EVALUATION_IMAGES),
                "value_error"));
    }

    /** Expanded prompts must differ, because they tell scores apart. */
    public static List<Violation> equalPrompts(JobSpec spec, String classWord) {
        List<Violation> violations = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        List<String> prompts = spec.sampling().prompts();
        for (int i = 0; i < prompts.size(); i++) {
            Integer former = seen.putIfAbsent(spec.expand(prompts.get(i), classWord), i);
            if (former != null) {
                violations.add(new Violation(
                        List.of("sampling", "prompts", Integer.toString(i)),
                        "equals prompt %d, \"%s\", after placeholders are replaced"
                                .formatted(former, prompts.get(former)),
                        "duplicate"));
            }
        }
        return violations;
    }
}
