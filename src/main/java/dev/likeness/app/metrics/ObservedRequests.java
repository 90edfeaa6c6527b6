package dev.likeness.app.metrics;

import io.micrometer.observation.ObservationPredicate;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Selects the observed calls. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ObservedRequests {

    /** Probes and scrapes would be the majority of all calls and traces. */
    @Bean
    ObservationPredicate withoutEndpoints() {
        return (name, context) -> !(context instanceof ServerRequestObservationContext call && isEndpoint(call));
    }

    private static boolean isEndpoint(ServerRequestObservationContext call) {
        HttpServletRequest request = call.getCarrier();
        return request != null && request.getRequestURI().startsWith("/actuator/");
    }
}
