package dev.likeness.app.web;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** Keeps the service from being reached by others as long as it asks nobody for a key. */
@Component
@ConditionalOnWebApplication
class LoopbackGuard {

    LoopbackGuard(ServerProperties server) {
        InetAddress address = server.getAddress();
        if (address == null || !address.isLoopbackAddress()) {
            throw new OpenToOthersException(address);
        }
    }

    /** The service would listen to others than this machine. */
    static final class OpenToOthersException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OpenToOthersException(@Nullable InetAddress address) {
            super("server.address is %s".formatted(address == null ? "not set" : address.getHostAddress()));
        }
    }
}
