package dev.likeness.app.spec;

import dev.likeness.diffusion.schedule.Sampler;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

/** The string must be the name of one of the engine's samplers. */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = SamplerName.Validator.class)
public @interface SamplerName {

    /** The possible names. */
    List<String> NAMES = Sampler.wireNames();

    String message() default "must be one of the samplers";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks the name. */
    final class Validator implements ConstraintValidator<SamplerName, String> {

        @Override
        public boolean isValid(String name, ConstraintValidatorContext context) {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate("must be one of " + String.join(", ", NAMES))
                    .addConstraintViolation();
            return NAMES.contains(name);
        }
    }
}
