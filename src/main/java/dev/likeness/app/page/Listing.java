package dev.likeness.app.page;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;

/** Pages of those entities that fulfil a condition. */
public final class Listing {

    private static final Sort NEWEST_FIRST = Sort.by(Sort.Direction.DESC, KeysetPage.CREATED_AT, KeysetPage.ID);

    private static final char ESCAPE = '!';

    private Listing() {}

    /** Entities beyond a position, in its direction. */
    public static <T> KeysetPage<T> page(
            JpaSpecificationExecutor<T> entities, Specification<T> condition, KeysetScrollPosition from, int limit) {
        return KeysetPage.of(
                (position, most) -> entities.findBy(
                        condition,
                        it -> it.sortBy(NEWEST_FIRST).limit(most.max()).scroll(position)),
                from,
                limit);
    }

    /** Whether a text begins with another one, in any case. An index of {@code lower(text) text_pattern_ops} finds it. */
    public static Predicate startsWith(CriteriaBuilder builder, Expression<String> text, String beginning) {
        String pattern = beginning.replaceAll("[!%_]", ESCAPE + "$0") + "%";
        // The database converts both, because its letters and Java's may differ.
        Expression<String> given = ((HibernateCriteriaBuilder) builder).value(pattern);
        return builder.like(builder.lower(text), builder.lower(given), ESCAPE);
    }
}
