package dev.likeness.app.job;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How long results are kept unless a client deletes them.
 *
 * @param jobs time after its end when a job is deleted with all of its results; null for never
 */
@Validated
@ConfigurationProperties("likeness.retention")
record RetentionSettings(@DurationMin(minutes = 1) @Nullable Duration jobs) {}
