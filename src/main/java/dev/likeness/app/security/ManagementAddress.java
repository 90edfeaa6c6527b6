package dev.likeness.app.security;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes a separate management port listen to this machine only, unless configured otherwise. By default it would listen
 * to all addresses.
 */
final class ManagementAddress implements EnvironmentPostProcessor, Ordered {

    private static final String PROPERTY = "management.server.address";

    /** Runs after all properties are read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean told = Binder.get(environment).bind(PROPERTY, String.class).isBound();
        if (!told && ManagementPortType.get(environment) == ManagementPortType.DIFFERENT) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("managementAddress", Map.of(PROPERTY, "127.0.0.1")));
        }
    }
}
