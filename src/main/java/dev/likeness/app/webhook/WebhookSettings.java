package dev.likeness.app.webhook;

import dev.likeness.app.outbound.TargetUrl;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The receivers of events of tasks, and the delivery.
 *
 * @param endpoints receivers of the ends of all tasks, besides those that tasks name
 * @param allowPrivate whether receivers may be on private, loopback and link-local addresses
 * @param pollInterval how often an API process looks for due deliveries
 * @param timeout how long connecting and answering may take together
 * @param giveUpAfter how long a delivery is retried
 * @param rotation how long the previous secret signs beside a new one
 * @param sslBundle Spring's SSL bundle with the authorities of receivers' certificates; Java's own trust store if null
 * @param threads how many deliveries an API process sends at once
 */
@Validated
@ConfigurationProperties("likeness.webhooks")
record WebhookSettings(
        @DefaultValue List<@Valid Endpoint> endpoints,
        @DefaultValue("false") boolean allowPrivate,
        @NotNull @DefaultValue("1s") Duration pollInterval,
        @NotNull @DefaultValue("10s") Duration timeout,
        @NotNull @DefaultValue("24h") Duration giveUpAfter,
        @NotNull @DefaultValue("24h") Duration rotation,
        @Nullable String sslBundle,
        @Min(1) @DefaultValue("8") int threads) {

    /** @throws IllegalArgumentException if a URL, a secret or an event is invalid */
    WebhookSettings {
        for (Endpoint endpoint : endpoints) {
            TargetUrl.check(endpoint.url()).ifPresent(why -> {
                throw new IllegalArgumentException("likeness.webhooks.endpoints: a url " + why);
            });
            endpoint.secrets().forEach(WebhookSecret::parse);
            if (!WebhookEventType.completions().containsAll(endpoint.events())) {
                throw new IllegalArgumentException(
                        "likeness.webhooks.endpoints: events must be of " + WebhookEventType.completions());
            }
        }
    }

    /**
     * A receiver.
     *
     * @param url its address
     * @param secrets its signing secrets, each with its own signature; if empty, the deployment's secret
     * @param events the types of event that it receives
     */
    record Endpoint(
            @NotEmpty String url,
            @DefaultValue List<String> secrets,

            @DefaultValue({"job.succeeded", "job.failed", "job.canceled"})
            Set<String> events) {}
}
