package dev.likeness.app.security;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may call, and how much.
 *
 * @param authentication whether callers have to show who they are
 * @param bootstrapKey a key with every scope that is there from the beginning; null if the first start is to make one
 *     and print it
 * @param scopePrefix what stands before our scopes in the {@code scope} of tokens
 * @param links signed links
 * @param limits of each owner
 */
@Validated
@ConfigurationProperties("likeness.security")
public record SecuritySettings(
        @NotNull @DefaultValue("none") Mode authentication,
        @Nullable String bootstrapKey,
        @NotNull @DefaultValue("") String scopePrefix,
        @NotNull @DefaultValue Links links,
        @NotNull @DefaultValue Limits limits) {

    public SecuritySettings {
        if (bootstrapKey != null && KeyText.parse(bootstrapKey).isEmpty()) {
            throw new IllegalArgumentException("likeness.security.bootstrap-key is not of the form " + KeyText.FORM);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SecuritySettings[" + authentication + "]";
    }

    /** Whether every caller has to show who they are. */
    public boolean isRequired() {
        return authentication == Mode.REQUIRED;
    }

    /** Whether callers have to show who they are. */
    public enum Mode {
        /** Everybody who reaches the server may do everything. */
        NONE,
        /** By an API key, or by a token where an issuer is configured. */
        REQUIRED
    }

    /**
     * Links to images and files that need no key.
     *
     * @param validity how long a link holds at least; at most twice as long
     * @param rotation how long a key signs
     */
    public record Links(
            @NotNull @DefaultValue("24h") Duration validity,
            @NotNull @DefaultValue("30d") Duration rotation) {

        /** @throws IllegalArgumentException if one of them is less than a minute */
        public Links {
            if (validity.compareTo(Duration.ofMinutes(1)) < 0 || rotation.compareTo(Duration.ofMinutes(1)) < 0) {
                throw new IllegalArgumentException(
                        "likeness.security.links: validity and rotation are a minute at least");
            }
        }
    }

    /**
     * What an owner may do; 0 for any number. They hold only where callers show who they are.
     *
     * @param requestsPerMinute calls of any kind
     * @param uploadsPerMinute calls that bring files
     * @param pixelsPerMinute pixels of pictures that are decoded, those of 16 bits twice
     * @param unfinishedJobs jobs that wait or run
     */
    public record Limits(
            @Min(0) @DefaultValue("600") int requestsPerMinute,
            @Min(0) @DefaultValue("30") int uploadsPerMinute,
            @Min(0) @DefaultValue("500000000") long pixelsPerMinute,
            @Min(0) @DefaultValue("20") int unfinishedJobs) {}
}
