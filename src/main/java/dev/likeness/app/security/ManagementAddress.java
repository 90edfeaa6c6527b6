package dev.likeness.app.security;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** A management port of its own listens to this machine unless told otherwise; without this it would listen to everybody. */
final class ManagementAddress implements EnvironmentPostProcessor, Ordered {

    private static final String PROPERTY = "management.server.address";

    /** Once all properties are read. */
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
