package dev.likeness.app.webhook;

import dev.likeness.app.outbound.TargetAddresses;
import java.net.InetAddress;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    TargetAddresses targetAddresses(WebhookSettings settings) {
        return new TargetAddresses(settings.allowPrivate(), InetAddress::getAllByName);
    }

    /** API processes send; workers only store events. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Sending {

        /** The sender closes it. */
        @Bean(destroyMethod = "")
        WebhookClient webhookClient(TargetAddresses addresses, WebhookSettings settings, SslBundles bundles) {
            String bundle = settings.sslBundle();
            SSLContext tls = bundle == null
                    ? SSLContexts.createDefault()
                    : bundles.getBundle(bundle).createSslContext();
            return new WebhookClient(addresses, settings.timeout(), settings.threads(), tls);
        }

        @Bean
        WebhookSender webhookSender(
                EventFanOut events,
                Deliveries deliveries,
                WebhookSecrets secrets,
                WebhookClient client,
                WebhookSettings settings,
                Clock clock) {
            WebhookSender.Line line = new WebhookSender.Line(
                    client, threads(settings.threads()), new Backoff(RandomGenerator.getDefault()));
            return new WebhookSender(events, deliveries, secrets, line, settings, clock);
        }

        /** Not a bean, because Spring Boot would use it as the application's own executor. */
        private static ExecutorService threads(int count) {
            AtomicInteger number = new AtomicInteger();
            return Executors.newFixedThreadPool(count, task -> {
                Thread thread = new Thread(task, "webhook-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
        }
    }
}
