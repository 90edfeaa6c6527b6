package dev.likeness.app.hub;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the hub. It follows redirects itself, because only the hub may receive the token, and large files
 * come from other hosts.
 */
final class HubConnection implements AutoCloseable {

    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final Timeout SILENCE = Timeout.ofSeconds(30);
    private static final int MOST_REDIRECTS = 5;

    private final CloseableHttpClient client;
    private final URI endpoint;
    private final @Nullable String token;

    /** @param endpoint without a slash at its end */
    HubConnection(URI endpoint, @Nullable String token) {
        this.endpoint = endpoint;
        this.token = token;
        this.client = HttpClients.custom()
                .useSystemProperties()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .useSystemProperties()
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(SILENCE)
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(SILENCE).build())
                .setUserAgent("Likeness")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                // A range applies to the uncompressed file.
                .disableContentCompression()
                .build();
    }

    /**
     * Sends a request and follows redirects. The caller closes the answer.
     *
     * @throws HubException if the hub refuses it
     * @throws BusyHubException if a later attempt may succeed
     */
    HubAnswer send(Repository repository, String method, URI uri, Map<String, String> headers) throws IOException {
        URI at = uri;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HubAnswer answer = sendOnce(method, at, headers);
            // The hub itself describes a large file. Other hosts only serve its bytes.
            boolean described = method.equals("HEAD") && answer.header("X-Linked-Size") != null;
            if (!answer.isRedirect() || described) {
                return described ? answer : accept(repository, at, answer);
            }
            try (answer) {
                at = target(repository, at, answer.header("Location"));
            }
        }
        throw new HubException("the model hub redirects too often for " + repository);
    }

    private HubAnswer sendOnce(String method, URI uri, Map<String, String> headers) throws IOException {
        HttpUriRequestBase request = new HttpUriRequestBase(method, uri);
        headers.forEach(request::setHeader);
        request.setHeader("Accept-Encoding", "identity");
        if (token != null && isHub(uri)) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        try {
            ClassicHttpResponse response = client.executeOpen(RoutingSupport.determineHost(request), request, null);
            return new HubAnswer(response);
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    private boolean isHub(URI uri) {
        return endpoint.getScheme().equals(uri.getScheme())
                && endpoint.getHost().equalsIgnoreCase(uri.getHost())
                && endpoint.getPort() == uri.getPort();
    }

    private URI target(Repository repository, URI from, @Nullable String location) {
        try {
            URI to = from.resolve(location == null ? "" : location);
            boolean safe =
                    "https".equals(to.getScheme()) || "http".equals(to.getScheme()) && "http".equals(from.getScheme());
            if (location != null && safe && to.getHost() != null) {
                return to;
            }
        } catch (IllegalArgumentException e) {
            // Reported below.
        }
        throw new HubException("the model hub redirects %s to a forbidden address".formatted(repository));
    }

    /** Returns the answer if it is a success. */
    private HubAnswer accept(Repository repository, URI at, HubAnswer answer) throws IOException {
        int status = answer.status();
        if (status == 200 || status == 206 || status == 416) {
            return answer;
        }
        try (answer) {
            if (status == 429 || status >= 500) {
                throw new BusyHubException(status, after(answer.header("Retry-After")));
            }
            if (!isHub(at)) {
                // An expired signed link: the hub creates another one.
                throw new BusyHubException(status, null);
            }
            throw new HubException(refusal(repository, status, answer.header("X-Error-Code")));
        }
    }

    private String refusal(Repository repository, int status, @Nullable String code) {
        boolean forbidden = status == 401 || status == 403;
        if (forbidden && ("GatedRepo".equals(code) || status == 403)) {
            return ("%s is gated: accept the conditions on its page of the model hub, and set likeness.hub.token to a token"
                            + " of that account with permission to read it")
                    .formatted(repository);
        }
        if (forbidden && token == null) {
            return "the model hub requires a token for %s, which is private, gated or does not exist: set likeness.hub.token"
                    .formatted(repository);
        }
        if (forbidden) {
            return "the model hub does not accept likeness.hub.token for %s: the token is wrong or has expired, or the repository does not exist"
                    .formatted(repository);
        }
        if (status == 404) {
            return "the model hub has no repository %s with a revision %s"
                    .formatted(repository.id(), repository.revision());
        }
        return "the model hub refuses %s with status %d".formatted(repository, status);
    }

    /** In seconds, or a date. */
    private static @Nullable Duration after(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            if (header.matches("\\d{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(header));
            }
            Instant until = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(Instant.now(), until);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
