package dev.likeness.app.outbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Checks the syntax of a target's URL. {@link TargetAddresses} checks its addresses. */
public final class TargetUrl {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int LENGTH_MAX = 2048;
    private static final int NO_PORT = -1;
    private static final int PORT_MAX = 65_535;

    private TargetUrl() {}

    /** Why a URL is refused; empty if it is accepted. */
    public static Optional<String> check(String url) {
        if (url.length() > LENGTH_MAX) {
            return Optional.of("must not be longer than " + LENGTH_MAX);
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.of("must be a URL; write a blank in it as %20");
        }
        String scheme = uri.getScheme();
        if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT)) || uri.getHost() == null) {
            return Optional.of("must be an http or https URL with a host");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of("must not have a user name or password");
        }
        int port = uri.getPort();
        if (port != NO_PORT && (port < 1 || port > PORT_MAX)) {
            return Optional.of("must have a port from 1 to " + PORT_MAX + ", or none; this one has " + port);
        }
        if (uri.getRawPath().startsWith("//")) {
            // The HTTP client cannot send such a path.
            return Optional.of("must not begin its path with two slashes");
        }
        return Optional.empty();
    }

    public static String host(String url) {
        return URI.create(url).getHost();
    }

    /** Scheme, host and port: the part of an operator's own receiver that other callers may see. */
    public static String origin(String url) {
        URI uri = URI.create(url);
        return "%s://%s".formatted(uri.getScheme(), uri.getRawAuthority());
    }

    /** Without user name and password, without query, which may contain tokens, and without fragment. */
    public static String shown(String url) {
        return url.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//");
    }
}
