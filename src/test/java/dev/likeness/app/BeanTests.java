package dev.likeness.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Component;

/** A bean that needs many others does several things. What belongs together becomes a bean of its own. */
class BeanTests {

    private static final int MOST_ARGUMENTS = 7;

    @Test
    void noBeanIsConstructedFromManyOthers() {
        assertThat(beansOfMoreThan(MOST_ARGUMENTS)).isEmpty();
        assertThat(beansOfMoreThan(MOST_ARGUMENTS - 1))
                .as("proof that beans are seen")
                .isNotEmpty();
    }

    private static List<String> beansOfMoreThan(int arguments) {
        return ModularityTests.CLASSES.stream()
                .filter(it -> it.isAnnotatedWith(Component.class) || it.isMetaAnnotatedWith(Component.class))
                .filter(it -> it.getConstructors().stream()
                        .anyMatch(of -> of.getRawParameterTypes().size() > arguments))
                .map(JavaClass::getSimpleName)
                .toList();
    }
}
