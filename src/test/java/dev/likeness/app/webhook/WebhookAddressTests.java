package dev.likeness.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.outbound.TargetAddresses;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which addresses a delivery connects to. */
class WebhookAddressTests extends WebhookTest {

    @Test
    void doesNotConnectToPrivateAddresses() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        jobs.cancel(job);

        sender(settings(List.of(), false, LONG)).run();

        assertThat(receiver.requests).isEmpty();
        assertThat(only(job).attempts().error()).isEqualTo(DeliveryError.PRIVATE_ADDRESS);
    }

    @Test
    void looksAtTheAddressesItConnectsToAndNotAtThoseOfAnotherQuestion() {
        UUID job = worker.submit();
        String url = "http://rebinding.example:%d/".formatted(receiver.port());
        WebhookSettings settings = settings(List.of(), false, LONG);
        TargetAddresses publicAtFirst = new TargetAddresses(false, first("1.1.1.1", "127.0.0.1"));
        new JobWebhooks(jdbc, new Deliveries(jdbc, new SimpleMeterRegistry(), clock), publicAtFirst, settings)
                .check(url);
        attach(job, url);
        jobs.cancel(job);

        sender(settings, publicAtFirst).run();

        assertThat(receiver.requests).isEmpty();
        assertThat(only(job).attempts().error()).isEqualTo(DeliveryError.PRIVATE_ADDRESS);
    }

    @Test
    void connectsToTheAddressThatItLookedAtUnderTheNameOfTheHost() {
        UUID job = worker.submit();
        attach(job, "http://hooks.example:%d/hook".formatted(receiver.port()));
        jobs.cancel(job);
        TargetAddresses addresses = new TargetAddresses(true, first("127.0.0.1", "127.0.0.2"));

        sender(settings(List.of(), true, LONG), addresses).run();

        assertThat(receiver.requests)
                .extracting(it -> it.header("Host"))
                .containsExactly("hooks.example:" + receiver.port());
    }

    @Test
    void reportsAnUnknownHost() {
        UUID job = worker.submit();
        attach(job, "http://nowhere.example/hook");
        jobs.cancel(job);
        TargetAddresses nobody = new TargetAddresses(true, host -> {
            throw new UnknownHostException(host);
        });

        sender(settings(List.of(), true, LONG), nobody).run();

        assertThat(only(job).attempts().error()).isEqualTo(DeliveryError.UNKNOWN_HOST);
    }

    /** A name server that answers the first question differently from all others. */
    private static TargetAddresses.Resolver first(String address, String others) {
        List<String> asked = new ArrayList<>();
        return host -> {
            asked.add(host);
            return new InetAddress[] {InetAddress.getByName(asked.size() == 1 ? address : others)};
        };
    }
}
