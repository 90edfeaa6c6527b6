package dev.likeness.app.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Answers a client of the API as the service would, from texts. */
final class StubService implements AutoCloseable {

    static final String SUBJECT = "0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b";

    final List<String> requests = new ArrayList<>();
    final List<String> lastEventIds = new ArrayList<>();
    private final HttpServer server;
    private final Deque<String> streams = new ArrayDeque<>();
    private int submitStatus = 202;
    private String job = "";
    private String health = "";

    StubService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/subjects", this::jobs);
        server.createContext("/v1/jobs", this::jobs);
        server.createContext("/actuator/health", exchange -> answer(exchange, 200, health));
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** What every question about the job is answered with; URL stands for this service. */
    void job(String json) {
        job = json.replace("URL", url());
    }

    /** What the question whether all is well is answered with. */
    void health(String json) {
        health = json;
    }

    void refuse(int status, String problem) {
        submitStatus = status;
        job = problem;
    }

    /** What the next reader of events gets before the stream ends. */
    void stream(String events) {
        streams.add(events);
    }

    private void jobs(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n" + body);
        if (exchange.getRequestURI().getPath().equals("/v1/subjects")) {
            answer(exchange, 201, "{\"id\": \"%s\"}".formatted(SUBJECT));
        } else if (exchange.getRequestURI().getPath().endsWith("/events")) {
            lastEventIds.add(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
            answer(exchange, 200, streams.isEmpty() ? "" : streams.remove());
        } else {
            answer(exchange, exchange.getRequestMethod().equals("POST") ? submitStatus : 200, job);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
