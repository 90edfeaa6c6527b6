package dev.likeness.app.spec;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** The prompt must not contain braces other than those of {@code {subject}} and {@code {class}}. */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Placeholders.Validator.class)
public @interface Placeholders {

    String message() default "must not contain braces except \\{subject\\} and \\{class\\}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks the prompt. */
    final class Validator implements ConstraintValidator<Placeholders, String> {

        @Override
        public boolean isValid(@Nullable String prompt, ConstraintValidatorContext context) {
            return prompt == null || hasOnlyKnown(prompt);
        }

        static boolean hasOnlyKnown(String prompt) {
            String rest = prompt.replace("{subject}", "").replace("{class}", "");
            return rest.indexOf('{') < 0 && rest.indexOf('}') < 0;
        }
    }
}
