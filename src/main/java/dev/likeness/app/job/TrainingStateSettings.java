package dev.likeness.app.job;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Which states at the end of training are kept, so that other jobs can continue from them.
 *
 * @param keep time after the end of a job; zero or less keeps none
 * @param maxSize the largest state that is kept
 * @param maxSizePerOwner the most that the states of one owner's jobs take together; beyond it the oldest ones are deleted
 */
@Validated
@ConfigurationProperties("likeness.training-state")
record TrainingStateSettings(
        @NotNull @DefaultValue("7d") Duration keep,
        @NotNull @DefaultValue("16GB") DataSize maxSize,
        @NotNull @DefaultValue("64GB") DataSize maxSizePerOwner) {

    boolean keepsAny() {
        return keep.compareTo(Duration.ZERO) > 0;
    }
}
