package dev.likeness.app.webhook;

import dev.likeness.app.outbound.PrivateTargetException;
import dev.likeness.app.outbound.TargetAddresses;
import dev.likeness.app.outbound.TargetUrl;
import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.task.Task;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.app.task.UnknownIdException.Kind;
import dev.likeness.app.task.WebhookEvent;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The operations of clients on webhooks. */
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
     * Checks whether a task may name a receiver. A host that cannot be resolved at the moment is accepted.
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
                    "resolves to an address that is not on the public internet; the operator can allow it"
                            + " with likeness.webhooks.allow-private=true",
                    "private_address")));
        } catch (UnknownHostException e) {
            // If this persists, the delivery reports it.
        }
    }

    /**
     * Stores the receiver of a submitted task, which was checked before.
     *
     * @param events that it is called for
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void attach(Task task, String url, Set<WebhookEvent> events) {
        task.callBack(url, events);
        if (task.kind() == TaskRef.Kind.JOB && events.contains(WebhookEvent.COMPLETED)) {
            attach(task.id(), url);
        }
    }

    /** Stores the receiver of a job's end, where processes of the previous release find it. */
    @Transactional(propagation = Propagation.MANDATORY)
    void attach(UUID jobId, String url) {
        jdbc.sql("insert into job_webhook (job_id, url) values (?, ?)")
                .params(jobId, url)
                .update();
    }

    /**
     * Deliveries of the current owner's tasks beyond a position, in its direction.
     *
     * @param task id of the only task to list; null for all
     */
    public KeysetPage<Delivery> page(@Nullable UUID task, KeysetScrollPosition from, int limit) {
        return deliveries.page(task, from, limit);
    }

    /** The deliveries of a job, newest first. */
    public List<Delivery> deliveries(UUID jobId) {
        return deliveries.ofJob(jobId);
    }

    /**
     * Sends a delivery again, or a pending one now.
     *
     * @throws UnknownIdException if the delivery does not exist
     */
    public Delivery redeliver(UUID id) {
        return deliveries
                .restart(id, settings.giveUpAfter())
                .orElseThrow(() -> new UnknownIdException(Kind.DELIVERY, id));
    }
}
