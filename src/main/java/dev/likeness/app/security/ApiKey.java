package dev.likeness.app.security;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An API key, without its secret.
 *
 * @param prefix what the key begins with, to tell it from others
 * @param name for people
 * @param owner whose things it reaches; several keys may have the same
 * @param expiresAt from when on it does not hold; null for never
 * @param revokedAt when it was revoked; null if it was not
 * @param lastUsedAt to the minute; null if it never was
 */
public record ApiKey(
        UUID id,
        String prefix,
        String name,
        String owner,
        Set<Scope> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {

    boolean isValid(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
