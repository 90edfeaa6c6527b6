package dev.likeness.app.webhook;

import dev.likeness.app.webhook.Deliveries.Result;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to receivers: to the checked addresses, without redirects, proxies, cookies or retries, and within a timeout.
 * Only the status of an answer is read.
 */
final class WebhookClient implements AutoCloseable {

    /** The most bytes that are read of an endless answer. */
    private static final Http1Config BOUNDED =
            Http1Config.custom().setMaxHeaderCount(100).setMaxLineLength(8192).build();

    private final CloseableHttpClient client;
    private final Duration timeout;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "webhook-timer");
        thread.setDaemon(true);
        return thread;
    });

    /** @param tls decides which certificates are trusted; the host name is checked in any case */
    WebhookClient(TargetAddresses addresses, Duration timeout, int connections, SSLContext tls) {
        this.timeout = timeout;
        Timeout limit = Timeout.of(timeout);
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new CheckedDns(addresses))
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                        .setConnectionFactory(new ManagedHttpClientConnectionFactory(BOUNDED, null, null))
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(limit)
                                .setSocketTimeout(limit)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(limit)
                        .setConnectionRequestTimeout(limit)
                        .build())
                // Each connection is checked again.
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent("Likeness")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    Result post(String url, Map<String, String> headers, String json) {
        HttpPost request = new HttpPost(URI.create(url));
        headers.forEach(request::setHeader);
        request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
        // A receiver that answers one byte at a time never causes a read timeout.
        ScheduledFuture<?> end = timer.schedule(request::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try (ClassicHttpResponse response = client.executeOpen(RoutingSupport.determineHost(request), request, null)) {
            int code = response.getCode();
            return new Result(code, code / 100 == 2 ? null : DeliveryError.HTTP_STATUS);
        } catch (IOException | HttpException e) {
            return new Result(null, request.isCancelled() ? DeliveryError.TIMED_OUT : error(e));
        } finally {
            end.cancel(false);
        }
    }

    private static DeliveryError error(Exception e) {
        if (e instanceof PrivateTargetException) {
            return DeliveryError.PRIVATE_ADDRESS;
        }
        if (e instanceof UnknownHostException) {
            return DeliveryError.UNKNOWN_HOST;
        }
        if (e instanceof InterruptedIOException) {
            return DeliveryError.TIMED_OUT;
        }
        return e instanceof SSLException ? DeliveryError.TLS_FAILED : DeliveryError.CONNECTION_FAILED;
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        client.close();
    }

    /** The client connects to the returned addresses, and uses the name for the request and for TLS. */
    private record CheckedDns(TargetAddresses addresses) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return addresses.resolve(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
