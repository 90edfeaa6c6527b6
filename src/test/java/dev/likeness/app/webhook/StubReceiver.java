package dev.likeness.app.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Receives webhooks, and answers 204 unless it was told otherwise. */
final class StubReceiver implements AutoCloseable {

    final List<Received> requests = new CopyOnWriteArrayList<>();

    /** What clients said in their TLS handshakes whom they want to talk to. */
    final List<String> serverNames = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private int status = 204;
    private Runnable meanwhile = () -> {};

    StubReceiver() {
        this(null);
    }

    /** @param tls null for none */
    StubReceiver(@Nullable SSLContext tls) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls == null) {
                server = HttpServer.create(any, 0);
            } else {
                HttpsServer secure = HttpsServer.create(any, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = secure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::receive);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:%d/hook".formatted(port());
    }

    /** What the next requests are answered with, one each. */
    void answer(Integer... next) {
        statuses.addAll(List.of(next));
    }

    void answerAlways(int always) {
        status = always;
    }

    /** What happens before the next answer. */
    void meanwhile(Runnable action) {
        meanwhile = action;
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange instanceof HttpsExchange secure && secure.getSSLSession() instanceof ExtendedSSLSession session) {
            session.getRequestedServerNames().forEach(it -> serverNames.add(((SNIHostName) it).getAsciiName()));
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(exchange.getRequestHeaders());
        requests.add(new Received(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
        Runnable action = meanwhile;
        meanwhile = () -> {};
        action.run();
        exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
        exchange.sendResponseHeaders(statuses.isEmpty() ? status : statuses.remove(), -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A request as it came. */
    record Received(String method, String uri, Map<String, List<String>> headers, String body) {

        String header(String name) {
            return String.join("|", headers.getOrDefault(name, List.of()));
        }
    }
}
