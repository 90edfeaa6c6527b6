package dev.likeness.app.web.job;

import dev.likeness.app.job.JobFilter;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.Alternatives;
import dev.likeness.app.spec.ClassWords;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.MethodName;
import dev.likeness.app.task.Label;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.web.task.LabelFilter;
import dev.likeness.diffusion.wire.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads which jobs a list shows. A value that no job can have is refused, because it is a mistake. */
@Component
class JobFilters {

    private final Jobs jobs;
    private final ModelCatalogue models;

    JobFilters(Jobs jobs, ModelCatalogue models) {
        this.jobs = jobs;
        this.models = models;
    }

    /**
     * Each parameter is null if it was not sent.
     *
     * @param classWord the beginning of class words
     * @param labels each a key, a colon and a value
     * @param subjectId may be of no subject, which has no jobs
     * @throws InvalidSpecException naming every parameter that is wrong
     */
    JobFilter read(
            @Nullable String status,
            @Nullable String method,
            @Nullable String model,
            @Nullable String classWord,
            @Nullable UUID subjectId,
            @Nullable List<String> labels) {
        List<Violation> violations = new ArrayList<>();
        TaskStatus known =
                status == null ? null : Wire.of(TaskStatus.class, status).orElse(null);
        if (status != null && known == null) {
            violations.add(wrong("status", "must be " + Alternatives.of(statuses()), "value_error"));
        }
        if (method != null && !MethodName.NAMES.contains(method)) {
            violations.add(wrong("method", "must be " + Alternatives.of(MethodName.NAMES), "value_error"));
        }
        // An operator may have removed the model since.
        if (model != null && !models.offers(model) && (!isPlain(model) || !jobs.anyUses(model))) {
            violations.add(wrong("model", "there is no model %s".formatted(model), "unknown"));
        }
        if (classWord != null) {
            ClassWords.check(ClassWords.strip(classWord)).ifPresent(violations::add);
        }
        List<Label> wanted = LabelFilter.read(labels, violations);
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return new JobFilter(
                known, method, model, classWord == null ? null : ClassWords.strip(classWord), subjectId, wanted);
    }

    /** The database refuses a text with the character 0. */
    private static boolean isPlain(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    private static List<String> statuses() {
        return Arrays.stream(TaskStatus.values()).map(TaskStatus::wire).toList();
    }

    private static Violation wrong(String parameter, String message, String type) {
        return new Violation(List.of(parameter), message, type, Map.of());
    }
}
