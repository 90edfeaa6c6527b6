package dev.likeness.app.security;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Authentication, links and limits.
 *
 * @param authentication whether callers must authenticate
 * @param bootstrapKey the first key, with every scope; null if the first start creates and prints one
 * @param scopePrefix the prefix of scopes in the {@code scope} of tokens
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
            throw new IllegalArgumentException(
                    "likeness.security.bootstrap-key does not have the form " + KeyText.FORM);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SecuritySettings[" + authentication + "]";
    }

    /** Whether every caller must authenticate. */
    public boolean isRequired() {
        return authentication == Mode.REQUIRED;
    }

    /** Whether callers must authenticate. */
    public enum Mode {
        /** Every caller has all permissions. */
        NONE,
        /** Callers send an API key, or a token of the configured issuer. */
        REQUIRED
    }

    /**
     * Links to images and files that need no key.
     *
     * @param validity least validity of a link; the most is twice this time
     * @param rotation how long one key signs
     */
    public record Links(
            @NotNull @DefaultValue("24h") Duration validity,
            @NotNull @DefaultValue("30d") Duration rotation) {

        /** @throws IllegalArgumentException if one of them is less than a minute */
        public Links {
            if (validity.compareTo(Duration.ofMinutes(1)) < 0 || rotation.compareTo(Duration.ofMinutes(1)) < 0) {
                throw new IllegalArgumentException(
                        "likeness.security.links: validity and rotation must be at least a minute");
            }
        }
    }

    /**
     * The limits of an owner; 0 for no limit. They apply only with authentication.
     *
     * @param requestsPerMinute calls of any kind
     * @param uploadsPerMinute calls that upload files
     * @param pixelsPerMinute decoded pixels, twice for 16 bits
     * @param unfinishedJobs queued and running jobs
     */
    public record Limits(
            @Min(0) @DefaultValue("600") int requestsPerMinute,
            @Min(0) @DefaultValue("30") int uploadsPerMinute,
            @Min(0) @DefaultValue("500000000") long pixelsPerMinute,
            @Min(0) @DefaultValue("20") int unfinishedJobs) {}
}
