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
 * Adapts the environment to the role: workers and migrations serve no HTTP, and a process with an unknown role does not
 * start. The role is an ordinary property, so this runs after all of them are read.
 */
final class RoleEnvironment implements EnvironmentPostProcessor, Ordered {

    static final String MANAGEMENT_PORT = "management.server.port";

    /**
     * A worker uses the database from four threads: the task, polling, heartbeats and registration. Hikari's default of
     * ten would use up a server's hundred connections.
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
                // A worker whose engine fails its self-check must not count as ready, so that a roll-out stops.
                properties.put("management.endpoint.health.group.readiness.include", "readinessState,engine");
            }
            // Spring Boot's own management server needs a web application beside it.
            properties.put(MANAGEMENT_PORT, -1);
            environment.getPropertySources().addFirst(new MapPropertySource("role", properties));
            environment.getPropertySources().addLast(new MapPropertySource("workerDefaults", WORKER_DEFAULTS));
        }
    }
}
