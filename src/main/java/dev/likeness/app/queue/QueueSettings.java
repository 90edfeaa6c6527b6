package dev.likeness.app.queue;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How workers and the queue talk.
 *
 * @param pollingInterval how often an idle worker looks for a task
 * @param heartbeat how often a worker says that it is still at its task
 * @param missedHeartbeats after how many missed ones it counts as dead; db-scheduler takes no fewer than four
 * @param drain how long a worker that is asked to leave may take to save its work and give its task back
 */
@Validated
@ConfigurationProperties("likeness.queue")
record QueueSettings(
        @NotNull @DefaultValue("250ms") Duration pollingInterval,
        @NotNull @DefaultValue("2s") Duration heartbeat,
        @Min(4) @DefaultValue("4") int missedHeartbeats,
        @NotNull @DefaultValue("25s") Duration drain) {

    /** How long a worker has to be silent to count as dead. */
    Duration silence() {
        return heartbeat.multipliedBy(missedHeartbeats);
    }
}
