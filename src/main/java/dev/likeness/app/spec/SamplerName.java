package dev.likeness.app.spec;

import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.wire.Wire;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** An entry of a list of samplers must not be null. */
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = SamplerName.Validator.class)
public @interface SamplerName {

    String message() default "must be one of the samplers";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks it. */
    final class Validator implements ConstraintValidator<SamplerName, @Nullable Sampler> {

        @Override
        public boolean isValid(@Nullable Sampler sampler, ConstraintValidatorContext context) {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(
                            "must be one of " + String.join(", ", Wire.names(Sampler.class)))
                    .addConstraintViolation();
            return sampler != null;
        }
    }
}
