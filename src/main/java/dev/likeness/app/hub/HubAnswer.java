package dev.likeness.app.hub;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** An answer of the hub, or of a host that it redirects to. Closing it discards the unread rest. */
final class HubAnswer implements AutoCloseable {

    private final ClassicHttpResponse response;

    HubAnswer(ClassicHttpResponse response) {
        this.response = response;
    }

    int status() {
        return response.getCode();
    }

    boolean isRedirect() {
        return switch (status()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    @Nullable
    String header(String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** Length of the body in bytes, also for HEAD; -1 if it is unknown. */
    long contentLength() {
        String length = header("Content-Length");
        return length == null || !length.matches("\\d{1,18}") ? -1 : Long.parseLong(length);
    }

    /** Do not close it, because that would read it to the end. */
    InputStream body() throws IOException {
        HttpEntity entity = response.getEntity();
        return entity == null ? InputStream.nullInputStream() : entity.getContent();
    }

    @Override
    public void close() throws IOException {
        response.close();
    }
}
