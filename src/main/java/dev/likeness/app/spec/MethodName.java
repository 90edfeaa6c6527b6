package dev.likeness.app.spec;

import dev.likeness.diffusion.method.Methods;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

/** The string must be the name of a training method. */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = MethodName.Validator.class)
public @interface MethodName {

    /** The names of the methods, in the order of documentation. */
    List<String> NAMES = Methods.names();

    String message() default "must be one of the training methods";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks the name. */
    final class Validator implements ConstraintValidator<MethodName, String> {

        @Override
        public boolean isValid(String name, ConstraintValidatorContext context) {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate("must be " + Alternatives.of(NAMES))
                    .addConstraintViolation();
            return NAMES.contains(name);
        }
    }
}
