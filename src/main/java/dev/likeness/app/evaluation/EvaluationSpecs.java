package dev.likeness.app.evaluation;

import dev.likeness.app.job.Job;
import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.ClipSkip;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.ModelSamplers;
import dev.likeness.app.spec.SpecBinder;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.wire.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Resolves and validates the request for an evaluation. */
@Component
class EvaluationSpecs {

    private static final int MOST_ROWS = 64;
    private static final int MOST_IMAGES = 4096;
    private static final String JOB_IDS = "job_ids";

    /** Settings that are the job's own if the request leaves them out. */
    private static final List<String> OF_THE_JOB = List.of(
            "negative_prompt",
            "guidance",
            "guidance_interval",
            "guidance_rescale",
            "width",
            "height",
            "seed",
            "clip_skip",
            "prompt_weighting");

    private final ModelCatalogue models;
    private final ModelSamplers samplers;
    private final SpecBinder binder;

    EvaluationSpecs(ModelCatalogue models, ModelSamplers samplers, SpecBinder binder) {
        this.models = models;
        this.samplers = samplers;
        this.binder = binder;
    }

    /** The table of the seed study, but for its jobs. */
    private ObjectNode defaults() {
        ObjectNode defaults = binder.tree(Map.of(
                JOB_IDS,
                List.of(),
                "samplers",
                List.of("ddim", "pndm"),
                "steps",
                List.of(50, 80),
                "prompts",
                List.of("a photo of a {subject}"),
                "images_per_prompt",
                4));
        OF_THE_JOB.forEach(defaults::putNull);
        return defaults;
    }

    /**
     * Applies the request over the defaults.
     *
     * @throws InvalidSpecException with locations from the request's root
     */
    EvaluationSpec resolve(ObjectNode request) {
        if (!request.hasNonNull(JOB_IDS)) {
            throw new InvalidSpecException(
                    List.of(new Violation(List.of(JOB_IDS), "is required: ids of succeeded jobs", "missing")));
        }
        EvaluationSpec spec = binder.bind(SpecBinder.overlay(defaults(), request), EvaluationSpec.class);
        List<Violation> violations = new ArrayList<>();
        violations.addAll(duplicates(JOB_IDS, spec.jobIds()));
        violations.addAll(duplicates(
                "samplers", spec.samplers().stream().map(Sampler::wire).toList()));
        violations.addAll(duplicates("steps", spec.steps()));
        violations.addAll(tooMany(spec));
        refuseIf(violations);
        return spec;
    }

    /**
     * Checks whether the jobs can generate these images.
     *
     * @param jobs existing ones, by id
     * @throws InvalidSpecException with locations from the request's root
     */
    void check(EvaluationSpec spec, Map<UUID, Job> jobs) {
        List<Violation> violations = new ArrayList<>();
        Map<String, BaseModel> used = new LinkedHashMap<>();
        Map<String, BaseModel> usedFromNoise = new LinkedHashMap<>();
        for (int i = 0; i < spec.jobIds().size(); i++) {
            UUID id = spec.jobIds().get(i);
            Job job = jobs.get(id);
            List<String> location = List.of(JOB_IDS, Integer.toString(i));
            if (job == null) {
                violations.add(new Violation(location, "there is no job %s".formatted(id), "unknown"));
            } else if (job.status() != TaskStatus.SUCCEEDED) {
                String message = "job %s has the status %s; only a succeeded job can be evaluated"
                        .formatted(id, job.status().wire());
                violations.add(new Violation(location, message, "value_error"));
            } else {
                Map<String, BaseModel> of = job.spec().training().zeroTerminalSnr() ? usedFromNoise : used;
                models.find(job.model()).ifPresent(model -> of.putIfAbsent(model.id(), model));
            }
        }
        used.values().forEach(model -> violations.addAll(misfits(spec, model, false)));
        usedFromNoise.values().forEach(model -> violations.addAll(misfits(spec, model, true)));
        refuseIf(violations.stream().distinct().toList());
    }

    private List<Violation> misfits(EvaluationSpec spec, BaseModel model, boolean zeroTerminalSnr) {
        List<Violation> violations = new ArrayList<>();
        multiple(model, "width", spec.width(), violations);
        multiple(model, "height", spec.height(), violations);
        Integer skip = spec.clipSkip();
        if (skip != null) {
            ClipSkip.check(model, skip).ifPresent(violations::add);
        }
        for (int i = 0; i < spec.samplers().size(); i++) {
            List<String> location = List.of("samplers", Integer.toString(i));
            for (int steps : spec.steps()) {
                samplers.check(model, zeroTerminalSnr, location, spec.samplers().get(i), steps, 0)
                        .ifPresent(violations::add);
            }
        }
        return violations;
    }

    private static void multiple(BaseModel model, String field, @Nullable Integer size, List<Violation> violations) {
        int factor = model.sizeMultiple();
        if (size != null && size % factor != 0) {
            String message = "must be a multiple of %d for the model %s".formatted(factor, model.id());
            violations.add(new Violation(List.of(field), message, "multiple_of", Map.of("value", factor)));
        }
    }

    private static List<Violation> duplicates(String field, List<?> values) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.indexOf(values.get(i)) < i) {
                violations.add(new Violation(
                        List.of(field, Integer.toString(i)),
                        "%s is listed twice; list it once".formatted(values.get(i)),
                        "duplicate"));
            }
        }
        return violations;
    }

    private static List<Violation> tooMany(EvaluationSpec spec) {
        List<Violation> violations = new ArrayList<>();
        if (spec.rows() > MOST_ROWS) {
            int jobs = spec.jobIds().size();
            String message = "%s with %s and %s %s %d rows; the limit is %d"
                    .formatted(
                            Quantity.of(jobs, "job"),
                            Quantity.of(spec.samplers().size(), "sampler"),
                            Quantity.of(spec.steps().size(), "number of steps", "numbers of steps"),
                            jobs == 1 ? "makes" : "make",
                            spec.rows(),
                            MOST_ROWS);
            violations.add(new Violation(List.of(JOB_IDS), message, "less_than_equal", Map.of("value", MOST_ROWS)));
        }
        int images = spec.rows() * spec.imagesOfRow();
        if (images > MOST_IMAGES) {
            String message = "%s of %s %s %d images; the limit is %d"
                    .formatted(
                            Quantity.of(spec.rows(), "row"),
                            Quantity.of(spec.imagesOfRow(), "image"),
                            spec.rows() == 1 ? "makes" : "make",
                            images,
                            MOST_IMAGES);
            violations.add(new Violation(
                    List.of("images_per_prompt"), message, "less_than_equal", Map.of("value", MOST_IMAGES)));
        }
        return violations;
    }

    private static void refuseIf(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
    }
}
