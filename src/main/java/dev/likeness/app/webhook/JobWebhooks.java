package dev.likeness.app.webhook;

import dev.likeness.app.job.InvalidSpecException;
import dev.likeness.app.job.UnknownIdException;
import dev.likeness.app.job.UnknownIdException.Kind;
import dev.likeness.app.job.Violation;
import java.net.UnknownHostException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What a client does with webhooks. */
@Service
public class JobWebhooks {

    private static final String FIELD = "webhook";

    private final JdbcClient jdbc;
    private final Deliveries deliveries;
    private final TargetAddresses addresses;
    private final WebhookSettings settings;

    JobWebhooks(JdbcClient jdbc, Deliveries deliveries, TargetAddresses addresses, WebhookSettings settings) {
        this.jdbc = jdbc;
        this.deliveries = deliveries;
        this.addresses = addresses;
        this.settings = settings;
    }

    /**
     * Looks whether a job may name a receiver. A host that nobody knows at the moment is no reason against it.
     *
     * @throws InvalidSpecException if it may not
     */
    public void check(String url) {
        TargetUrl.check(url).ifPresent(why -> {
            throw new InvalidSpecException(List.of(new Violation(List.of(FIELD), why, "value_error")));
        });
        try {
            addresses.resolve(TargetUrl.host(url));
        } catch (PrivateTargetException e) {
            throw new InvalidSpecException(List.of(new Violation(
                    List.of(FIELD),
                    "leads to an address that is not on the public internet; likeness.webhooks.allow-private would"
                            + " allow that",
                    "private_address")));
        } catch (UnknownHostException e) {
            // The delivery will say so, if it stays that way.
        }
    }

    /** A job that is being submitted names its receiver, which was looked at before. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void attach(UUID jobId, String url) {
        jdbc.sql("insert into job_webhook (job_id, url) values (?, ?)")
                .params(jobId, url)
                .update();
    }

    /** What was sent of a job, or will be, newest first. */
    public List<Delivery> deliveries(UUID jobId) {
        return deliveries.ofJob(jobId);
    }

    /**
     * Sends once more what was sent, or now what waits.
     *
     * @throws UnknownIdException if there is no such delivery
     */
    public Delivery redeliver(UUID id) {
        return deliveries
                .restart(id, settings.giveUpAfter())
                .orElseThrow(() -> new UnknownIdException(Kind.DELIVERY, id));
    }
}
