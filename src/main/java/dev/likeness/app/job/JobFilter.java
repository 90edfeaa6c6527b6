package dev.likeness.app.job;

import dev.likeness.app.page.Listing;
import dev.likeness.app.task.Label;
import dev.likeness.app.task.LabelCondition;
import dev.likeness.app.task.TaskStatus;
import jakarta.persistence.criteria.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

/**
 * Which jobs a list shows. Null stands for any.
 *
 * @param labels all of which a job has
 * @param classWord the beginning of the class word, in any case
 */
public record JobFilter(
        @Nullable TaskStatus status,
        @Nullable String method,
        @Nullable String model,
        @Nullable String classWord,
        @Nullable UUID subjectId,
        List<Label> labels) {

    public static JobFilter ofSubject(UUID subjectId, List<Label> labels) {
        return new JobFilter(null, null, null, null, subjectId, labels);
    }

    Specification<Job> specification() {
        return (job, query, builder) -> {
            List<Predicate> all = new ArrayList<>();
            if (status != null) {
                all.add(builder.equal(job.get("status"), status));
            }
            if (method != null) {
                all.add(builder.equal(job.get("method"), method));
            }
            if (model != null) {
                all.add(builder.equal(job.get("model"), model));
            }
            if (classWord != null) {
                all.add(Listing.startsWith(builder, job.get("classWord"), classWord));
            }
            if (subjectId != null) {
                all.add(builder.equal(job.get("subjectId"), subjectId));
            }
            all.add(LabelCondition.of(labels, job, builder));
            return builder.and(all);
        };
    }
}
