package dev.likeness.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many clients that watch one job, each with a connection of its own and without a thread. */
final class OpenStreams implements AutoCloseable {

    private static final int BUFFER = 4096;
    private static final int PATIENCE_MILLIS = 60_000;

    /**
     * Clients that open their streams at the same time. Many more wait for a connection to the database, and a busy machine
     * refuses some of them with 503.
     */
    private static final int TOGETHER = 20;

    private final List<Socket> sockets = new ArrayList<>();

    /** Returns when all streams are open. */
    OpenStreams(URI events, int count) throws IOException {
        byte[] request = "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n\r\n"
                .formatted(events.getPath(), events.getAuthority())
                .getBytes(StandardCharsets.US_ASCII);
        while (sockets.size() < count) {
            int open = sockets.size();
            for (int i = open; i < Math.min(count, open + TOGETHER); i++) {
                Socket socket = new Socket(events.getHost(), events.getPort());
                socket.setSoTimeout(PATIENCE_MILLIS);
                sockets.add(socket);
                socket.getOutputStream().write(request);
            }
            for (Socket each : sockets.subList(open, sockets.size())) {
                await(each, ":watching");
            }
        }
    }

    /** How many receive an event of this name. */
    int receive(String event) throws IOException {
        int received = 0;
        for (Socket each : sockets) {
            await(each, "event:" + event);
            received++;
        }
        return received;
    }

    private static void await(Socket socket, String text) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder seen = new StringBuilder();
        byte[] buffer = new byte[BUFFER];
        while (seen.indexOf(text) < 0) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new IOException("a stream ended before %s: %s".formatted(text, seen));
            }
            seen.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket each : sockets) {
            each.close();
        }
    }
}
