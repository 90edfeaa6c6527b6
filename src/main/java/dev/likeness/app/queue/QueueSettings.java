package dev.likeness.app.queue;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The timing of the queue.
 *
 * @param pollingInterval how often an idle worker looks for a task while the database's notifications do not arrive
 * @param safetyInterval how often it looks although they arrive
 * @param heartbeat how often a worker renews its lease
 * @param missedHeartbeats after how many missed heartbeats a worker counts as dead; db-scheduler requires at least four
 * @param drain how long a stopping worker may take to save its work and return its task to the queue
 */
@Validated
@ConfigurationProperties("likeness.queue")
record QueueSettings(
        @NotNull @DefaultValue("250ms") Duration pollingInterval,
        @NotNull @DefaultValue("5s") Duration safetyInterval,
        @NotNull @DefaultValue("2s") Duration heartbeat,
        @Min(4) @DefaultValue("4") int missedHeartbeats,
        @NotNull @DefaultValue("25s") Duration drain) {

    /** Time without a heartbeat after which a worker counts as dead. */
    Duration silence() {
        return heartbeat.multipliedBy(missedHeartbeats);
    }
}
