package dev.likeness.app.hub;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** An answer of the hub, or of a host that it has sent us to. What is not read of it when it is closed stays unread. */
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

    /** Bytes that the body has, or would have; -1 if nobody says. */
    long contentLength() {
        String length = header("Content-Length");
        return length == null || !length.matches("\\d{1,18}") ? -1 : Long.parseLong(length);
    }

    /** Not to be closed: that would read all of it. */
    InputStream body() throws IOException {
        HttpEntity entity = response.getEntity();
        return entity == null ? InputStream.nullInputStream() : entity.getContent();
    }

    @Override
    public void close() throws IOException {
        response.close();
    }
}
