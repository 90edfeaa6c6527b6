package dev.likeness.app.security;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An API key, without its secret.
 *
 * @param prefix the beginning of the key, which identifies it
 * @param name its description
 * @param owner the owner of the resources that it can access; several keys may have the same owner
 */
public record ApiKey(UUID id, String prefix, String name, String owner, Set<Scope> scopes, Times times) {

    /**
     * The times of a key's life.
     *
     * @param expiresAt its expiry time; null for never
     * @param revokedAt when it was revoked; null if it was not
     * @param lastUsedAt to the minute; null if it was never used
     */
    public record Times(
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt) {}

    boolean isValid(Instant now) {
        Instant end = times.expiresAt();
        return times.revokedAt() == null && (end == null || now.isBefore(end));
    }
}
