package dev.likeness.app.worker;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Workers and migrations serve nobody, and a process without a role of its own does not start. The role is a property like any other,
 * so this waits until all of them are read.
 */
final class RoleEnvironment implements EnvironmentPostProcessor, Ordered {

    static final String MANAGEMENT_PORT = "management.server.port";

    /**
     * A worker asks with its task's thread, that which looks for tasks, that of heartbeats, and that which announces it. Hikari's
     * ten would keep others from a server that has a hundred.
     */
    private static final Map<String, Object> WORKER_DEFAULTS = Map.of("spring.datasource.hikari.maximum-pool-size", 4);

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Role role = Role.of(environment);
        if (role == Role.WORKER || role == Role.MIGRATE) {
            Map<String, Object> properties = new HashMap<>();
            properties.put("spring.main.web-application-type", "none");
            int port =
                    Binder.get(environment).bind(MANAGEMENT_PORT, Integer.class).orElse(-1);
            if (port >= 0) {
                properties.put("likeness.worker.management-port", port);
            }
            if (role == Role.WORKER) {
                // One whose engine computes wrongly is not to count as there, and a roll-out stops at it.
                properties.put("management.endpoint.health.group.readiness.include", "readinessState,engine");
            }
            // Spring Boot's own management server needs a web application beside it.
            properties.put(MANAGEMENT_PORT, -1);
            environment.getPropertySources().addFirst(new MapPropertySource("role", properties));
            environment.getPropertySources().addLast(new MapPropertySource("workerDefaults", WORKER_DEFAULTS));
        }
    }
}
