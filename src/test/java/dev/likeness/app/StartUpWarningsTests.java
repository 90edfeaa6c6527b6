package dev.likeness.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springdoc.core.events.SpringDocAppInitializer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.util.ClassUtils;

/** A correct installation starts without warnings. */
@ApiTest
class StartUpWarningsTests {

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @Autowired
    ApplicationContext context;

    @BeforeEach
    void listen() {
        logged.start();
        root.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(logged);
    }

    @Test
    void constraintsAreWhereTheValidatorWantsThem() {
        List<? extends Class<?>> classes = ours();
        assertThat(classes).hasSizeGreaterThan(300);

        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            classes.forEach(it -> factory.getValidator().getConstraintsForClass(it));
        }

        assertThat(warnings()).isEmpty();
    }

    @Test
    void whatIsDocumentedIsDocumentedOnPurpose() {
        Map<String, SpringDocAppInitializer> initializers = context.getBeansOfType(SpringDocAppInitializer.class);
        assertThat(initializers).hasSize(2);

        initializers.values().forEach(SpringDocAppInitializer::init);

        assertThat(warnings()).isEmpty();
    }

    private List<String> warnings() {
        return logged.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static List<? extends Class<?>> ours() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(
                (reader, factory) -> reader.getAnnotationMetadata().isIndependent()
                        && !reader.getClassMetadata().isInterface());
        return scanner.findCandidateComponents("dev.likeness.app").stream()
                .map(BeanDefinition::getBeanClassName)
                .map(name -> ClassUtils.resolveClassName(name, null))
                .toList();
    }
}
