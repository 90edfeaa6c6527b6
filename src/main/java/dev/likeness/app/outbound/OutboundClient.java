package dev.likeness.app.outbound;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests to targets: to the checked addresses, without redirects, proxies, cookies or retries, and within a
 * timeout.
 */
public final class OutboundClient implements AutoCloseable {

    /** The most bytes that are read of an endless answer's head. */
    private static final Http1Config BOUNDED =
            Http1Config.custom().setMaxHeaderCount(100).setMaxLineLength(8192).build();

    private final CloseableHttpClient client;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "outbound-timer");
        thread.setDaemon(true);
        return thread;
    });

    /** Reads an answer. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ClassicHttpResponse response) throws IOException;
    }

    /**
     * @param timeout of connecting, and of each wait for data
     * @param connections at the same time
     * @param tls decides which certificates are trusted; the host name is checked in any case
     */
    public OutboundClient(TargetAddresses addresses, Duration timeout, int connections, SSLContext tls) {
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

    /**
     * Sends a request, and reads the answer as far as the reader does.
     *
     * @param limit of the whole exchange
     * @param reader leaves the answer open, because closing it would receive the rest first
     * @throws OutboundException if the exchange fails or takes longer
     */
    public <T> T send(HttpUriRequestBase request, Duration limit, Reader<T> reader) throws OutboundException {
        AtomicBoolean late = new AtomicBoolean();
        // A target that answers one byte at a time never causes a read timeout.
        ScheduledFuture<?> end = timer.schedule(
                () -> {
                    late.set(true);
                    request.cancel();
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = client.executeOpen(RoutingSupport.determineHost(request), request, null);
            try {
                return reader.read(response);
            } finally {
                disconnect(request, response);
            }
        } catch (IOException | HttpException e) {
            throw new OutboundException(late.get() ? OutboundFailure.TIMED_OUT : failure(e), e);
        } finally {
            end.cancel(false);
        }
    }

    /** Ends the connection, whatever the target still sends. */
    private static void disconnect(HttpUriRequestBase request, ClassicHttpResponse response) {
        request.cancel();
        try {
            response.close();
        } catch (IOException e) {
            // The answer was read already as far as it is needed.
        }
    }

    private static OutboundFailure failure(Exception e) {
        if (e instanceof PrivateTargetException) {
            return OutboundFailure.PRIVATE_ADDRESS;
        }
        if (e instanceof UnknownHostException) {
            return OutboundFailure.UNKNOWN_HOST;
        }
        if (e instanceof InterruptedIOException) {
            return OutboundFailure.TIMED_OUT;
        }
        return e instanceof SSLException ? OutboundFailure.TLS_FAILED : OutboundFailure.CONNECTION_FAILED;
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
