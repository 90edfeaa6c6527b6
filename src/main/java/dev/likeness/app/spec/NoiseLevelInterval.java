package dev.likeness.app.spec;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list must be empty, or have two numbers, the first below the second. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = NoiseLevelInterval.Validator.class)
public @interface NoiseLevelInterval {

    /** Above the noise level of every sampler. */
    String HIGHEST = "10000";

    String message() default "must be empty, or have two noise levels, the lower one first";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks the list. Its numbers and too many of them are checked elsewhere. */
    final class Validator implements ConstraintValidator<NoiseLevelInterval, List<@Nullable Double>> {

        @Override
        public boolean isValid(@Nullable List<@Nullable Double> ends, ConstraintValidatorContext context) {
            if (ends == null || ends.size() != 2) {
                return ends == null || ends.size() != 1;
            }
            Double low = ends.get(0);
            Double high = ends.get(1);
            return low == null || high == null || low < high;
        }
    }
}
