package dev.likeness.app.task;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.List;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;

/** The condition that tasks have all of some labels. An index of the labels finds them. */
public final class LabelCondition {

    private LabelCondition() {}

    public static Predicate of(List<Label> labels, Root<? extends Task> task, CriteriaBuilder builder) {
        HibernateCriteriaBuilder sql = (HibernateCriteriaBuilder) builder;
        return builder.and(labels.stream()
                .map(label -> builder.isTrue(
                        sql.sql("(? @> ?::jsonb)", Boolean.class, task.get("labels"), sql.value(label.json()))))
                .toArray(Predicate[]::new));
    }
}
