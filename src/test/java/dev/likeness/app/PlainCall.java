package dev.likeness.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * An answer to a GET that no client has changed: compressed as sent, and to exactly this path. It is not compared with
 * the OpenAPI document.
 */
public record PlainCall(HttpResponse<byte[]> answer) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** @param headers names and values in turn */
    public static PlainCall get(String uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new PlainCall(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public int status() {
        return answer.statusCode();
    }

    /** The value of a header; empty text without one. */
    public String header(String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    public String text() {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
