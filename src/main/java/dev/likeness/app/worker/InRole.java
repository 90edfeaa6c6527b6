package dev.likeness.app.worker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Restricts a bean to processes in this role. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(InRole.OnRole.class)
@interface InRole {

    Role value();

    /** Compares the role of the process. */
    final class OnRole implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Role wanted = metadata.getAnnotations().get(InRole.class).getEnum("value", Role.class);
            return Role.of(context.getEnvironment()) == wanted;
        }
    }
}
