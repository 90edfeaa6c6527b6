package dev.likeness.app.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a receiver's URL may look like. Where it leads is looked at by {@link TargetAddresses}. */
final class TargetUrl {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int LENGTH_MAX = 2048;
    private static final int NO_PORT = -1;
    private static final int PORT_MAX = 65_535;

    private TargetUrl() {}

    /** Why it cannot be one; empty if it can. */
    static Optional<String> check(String url) {
        if (url.length() > LENGTH_MAX) {
            return Optional.of("must not be longer than " + LENGTH_MAX);
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.of("must be a URL");
        }
        String scheme = uri.getScheme();
        if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT)) || uri.getHost() == null) {
            return Optional.of("must be an http or https URL with a host");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of("must not hold a user name or password");
        }
        int port = uri.getPort();
        if (port != NO_PORT && (port < 1 || port > PORT_MAX)) {
            return Optional.of("must have a port from 1 to " + PORT_MAX + ", or none; this one has " + port);
        }
        if (uri.getRawPath().startsWith("//")) {
            // The HTTP client sends no such path.
            return Optional.of("must not begin its path with two slashes");
        }
        return Optional.empty();
    }

    static String host(String url) {
        return URI.create(url).getHost();
    }

    /** Scheme, host and port: what others may know of an operator's own receiver. */
    static String origin(String url) {
        URI uri = URI.create(url);
        return "%s://%s".formatted(uri.getScheme(), uri.getRawAuthority());
    }

    /** Without query, where tokens stand, and fragment. */
    static String shown(String url) {
        return url.replaceFirst("[?#].*", "");
    }
}
