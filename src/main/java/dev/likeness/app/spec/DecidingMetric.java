package dev.likeness.app.spec;

import dev.likeness.diffusion.evaluation.Metric;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

/** The string must be the wire name of a metric that can select a checkpoint. */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = DecidingMetric.Validator.class)
public @interface DecidingMetric {

    /** The possible names. */
    List<String> NAMES = Metric.deciding().stream().map(Metric::wire).toList();

    String message() default "must be one of the metrics";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks the name. */
    final class Validator implements ConstraintValidator<DecidingMetric, String> {

        @Override
        public boolean isValid(String name, ConstraintValidatorContext context) {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate("must be " + Alternatives.of(NAMES))
                    .addConstraintViolation();
            return NAMES.contains(name);
        }
    }
}
