package dev.likeness.app.web.http;

import dev.likeness.app.security.SecuritySettings;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/**
 * Refuses to start if the service is reachable from other machines without authentication, or would accept tokens of
 * any issuer.
 */
@Component
@ConditionalOnWebApplication
class LoopbackGuard {

    LoopbackGuard(
            ServerProperties server,
            @Value("${management.server.address:#{null}}") @Nullable InetAddress management,
            SecuritySettings security,
            OAuth2ResourceServerProperties tokens) {
        InetAddress address = server.getAddress();
        if (!security.isRequired() && (address == null || !address.isLoopbackAddress())) {
            throw new OpenToOthersException(
                    "Likeness would accept requests from other machines (server.address is %s) without authentication."
                            .formatted(address == null ? "not set" : address.getHostAddress()),
                    "Set likeness.security.authentication to required, so that callers need an API key or a"
                            + " token. Or leave server.address at 127.0.0.1.");
        }
        checkManagement(security, management);
        checkTokens(security, tokens.getJwt());
    }

    /** @param address null without a management port */
    private static void checkManagement(SecuritySettings security, @Nullable InetAddress address) {
        if (!security.isRequired() && address != null && !address.isLoopbackAddress()) {
            throw new OpenToOthersException(
                    "Likeness would show its metrics to other machines (management.server.address is %s) without authentication."
                            .formatted(address.getHostAddress()),
                    "Set likeness.security.authentication to required, or management.server.address to 127.0.0.1.");
        }
    }

    private static void checkTokens(SecuritySettings security, OAuth2ResourceServerProperties.Jwt jwt) {
        boolean configured =
                jwt.getIssuerUri() != null || jwt.getJwkSetUri() != null || jwt.getPublicKeyLocation() != null;
        if (configured && !security.isRequired()) {
            throw new OpenToOthersException(
                    "A token issuer is configured, but authentication is off.",
                    "Set likeness.security.authentication to required.");
        }
        if (configured && (jwt.getIssuerUri() == null || jwt.getAudiences().isEmpty())) {
            throw new OpenToOthersException(
                    "Tokens of any issuer or for any service would be accepted.",
                    "Set spring.security.oauth2.resourceserver.jwt.issuer-uri and .audiences both.");
        }
    }

    /** The service would be open to unintended callers. */
    static final class OpenToOthersException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String action;

        OpenToOthersException(String message, String action) {
            super(message);
            this.action = action;
        }

        String action() {
            return action;
        }
    }
}
