package dev.likeness.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a job's server-sent events. A generated client would store them in a file until the stream ends. */
final class EventStream {

    private final HttpClient http;
    private final URI url;

    EventStream(HttpClient http, URI url) {
        this.http = http;
        this.url = url;
    }

    /**
     * Reads events until the stream ends.
     *
     * @param lastEventId the last one seen, or 0
     * @param silence called from time to time while there are no events
     * @throws IOException if the connection breaks
     */
    void read(long lastEventId, Listener listener, Silence silence)
            throws IOException, InterruptedException, DemoFailedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", Long.toString(lastEventId))
                .build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            read(lines, listener, silence);
        }
    }

    private static void read(BufferedReader lines, Listener listener, Silence silence)
            throws IOException, DemoFailedException {
        long id = 0;
        String name = "";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id:")) {
                id = Long.parseLong(line.substring(3).strip());
            } else if (line.startsWith("event:")) {
                name = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring(5));
            } else if (line.isEmpty() && !data.isEmpty()) {
                listener.on(id, name, JsonMapper.shared().readTree(data.toString()));
                data.setLength(0);
            } else if (line.startsWith(":")) {
                silence.lasts();
            }
        }
    }

    /** Called while there are no events. An exception ends the stream. */
    @FunctionalInterface
    interface Silence {
        void lasts() throws DemoFailedException;
    }

    /** Receives events in order. */
    @FunctionalInterface
    interface Listener {
        void on(long id, String name, JsonNode data);
    }
}
