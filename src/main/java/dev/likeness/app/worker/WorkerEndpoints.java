package dev.likeness.app.worker;

import com.sun.net.httpserver.HttpExchange;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Metrics and health of a worker, at its management port if it has one, under the same paths as in an API process. A
 * worker has no other server. It starts before the worker takes tasks, and ends after the worker has returned them.
 */
@InWorker
@Component
class WorkerEndpoints implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WorkerEndpoints.class);

    private static final String HEALTH = "/actuator/health";

    private final WorkerSettings settings;
    private final InetAddress address;
    private final PrometheusMeterRegistry meters;
    private final HealthEndpoint health;
    private @Nullable HTTPServer server;

    WorkerEndpoints(
            WorkerSettings settings,
            @Value("${management.server.address:127.0.0.1}") InetAddress address,
            PrometheusMeterRegistry meters,
            HealthEndpoint health) {
        this.settings = settings;
        this.address = address;
        this.meters = meters;
        this.health = health;
    }

    @Override
    public synchronized void start() {
        Integer port = settings.managementPort();
        if (port == null) {
            return;
        }
        try {
            HTTPServer started = HTTPServer.builder()
                    .inetAddress(address)
                    .port(port)
                    .registry(meters.getPrometheusRegistry())
                    .metricsHandlerPath("/actuator/prometheus")
                    .registerHealthHandler(false)
                    .defaultHandler(this::answer)
                    .buildAndStart();
            log.info("Metrics and health are at {}, port {}", address.getHostAddress(), started.getPort());
            server = started;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the management port %d".formatted(port), e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        HealthDescriptor found = find(exchange.getRequestURI().getPath());
        if (found == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            byte[] body = "{\"status\":\"%s\"}".formatted(found.getStatus()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(found.getStatus().equals(Status.UP) ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /** Health of the worker, or of a group such as {@code /liveness}; null if the group is unknown. */
    private @Nullable HealthDescriptor find(String path) {
        if (path.equals(HEALTH)) {
            return health.health();
        }
        return path.startsWith(HEALTH + "/")
                ? health.healthForPath(path.substring(HEALTH.length() + 1).split("/"))
                : null;
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    /** The port of the endpoints; null without one. */
    synchronized @Nullable Integer port() {
        return server == null ? null : server.getPort();
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
