package dev.likeness.app.worker;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * A worker serves nobody, and a process without a role of its own does not start. The role is a property like any other,
 * so this waits until all of them are read.
 */
final class RoleEnvironment implements EnvironmentPostProcessor, Ordered {

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (Role.of(environment) == Role.WORKER) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource("workerRole", Map.of("spring.main.web-application-type", "none")));
        }
    }
}
