package dev.likeness.app.spec;

import dev.likeness.diffusion.token.ComposedPrompt;
import dev.likeness.diffusion.token.PromptFault;
import dev.likeness.diffusion.token.PromptSchedule;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The prompt must have no syntax error in its schedules and between its parts. The message says where the first one is. */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PromptGrammar.Validator.class)
public @interface PromptGrammar {

    /** What the prompt is used for. */
    Use value() default Use.IMAGES;

    String message() default "has a syntax error";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Uses of prompts. */
    enum Use {
        IMAGES,
        /** {@code AND} is text. */
        NEGATIVE,
        /** Training has no sampling steps, and {@code AND} is text. */
        TRAINING,
        /** Images and training have one prompt, so nothing in it may mean different things there. */
        PRIOR
    }

    /** Checks the prompt. */
    final class Validator implements ConstraintValidator<PromptGrammar, String> {

        /** The most steps of sampling. */
        private static final int STEPS = 1000;

        private static final Pattern MESSAGE_SYNTAX = Pattern.compile("[\\\\{}$]");

        private Use use = Use.IMAGES;

        @Override
        public void initialize(PromptGrammar annotation) {
            use = annotation.value();
        }

        @Override
        public boolean isValid(@Nullable String prompt, ConstraintValidatorContext context) {
            Optional<PromptFault> fault = prompt == null ? Optional.empty() : fault(prompt);
            fault.ifPresent(it -> {
                String message = "at character %d: %s".formatted(it.position() + 1, it.reason());
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate(
                                MESSAGE_SYNTAX.matcher(message).replaceAll("\\\\$0"))
                        .addConstraintViolation();
            });
            return fault.isEmpty();
        }

        private Optional<PromptFault> fault(String prompt) {
            return switch (use) {
                case IMAGES -> ComposedPrompt.fault(prompt, STEPS);
                case NEGATIVE -> ComposedPrompt.scheduleFault(prompt, STEPS);
                case TRAINING -> change(prompt);
                case PRIOR ->
                    ComposedPrompt.firstAnd(prompt)
                            .map(
                                    at -> new PromptFault(
                                            at,
                                            "a prompt of training cannot have AND; as a word, write it in lower case or as A\\ND"))
                            .or(() -> change(prompt));
            };
        }

        private static Optional<PromptFault> change(String prompt) {
            return PromptSchedule.of(prompt)
                    .firstChange()
                    .map(
                            at -> new PromptFault(
                                    at,
                                    "a prompt of training cannot change, because training has no sampling steps; escape [ as \\["));
        }
    }
}
