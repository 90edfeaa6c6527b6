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

/** The role selects one of the two sources. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@Conditional(LikenessApplication.Serves.class)
@ConfigurationPropertiesScan
@EnableScheduling
public class LikenessApplication {

    public static void main(String[] args) {
        start(args);
    }

    /** Every role except {@link Migration}. */
    static ConfigurableApplicationContext start(String... args) {
        return SpringApplication.run(new Class<?>[] {LikenessApplication.class, Migration.class}, args);
    }

    /**
     * A process that updates the schema of a PostgreSQL server and ends. Run it before several API processes: none of
     * them is then killed during a long migration, and if it fails, no new one starts.
     */
    static final class Serves extends NoneNestedConditions {

        Serves() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty(name = Migration.ROLE_PROPERTY, havingValue = Migration.ROLE)
        static final class Migrates {}
    }
}
