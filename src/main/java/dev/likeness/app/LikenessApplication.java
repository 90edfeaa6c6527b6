package dev.likeness.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The service. {@code likeness.role} selects an API process, a worker process, or an API process that supervises a
 * worker process.
 */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@Conditional(LikenessApplication.Serves.class)
@ConfigurationPropertiesScan
@EnableScheduling
public class LikenessApplication {

    public static void main(String[] args) {
        start(args);
    }

    /** The role selects one of the two sources. */
    static ConfigurableApplicationContext start(String... args) {
        return SpringApplication.run(new Class<?>[] {LikenessApplication.class, Migration.class}, args);
    }

    /** Every role except {@link Migration}. */
    static final class Serves extends NoneNestedConditions {

        Serves() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty(name = Migration.ROLE_PROPERTY, havingValue = Migration.ROLE)
        static final class Migrates {}
    }
}
