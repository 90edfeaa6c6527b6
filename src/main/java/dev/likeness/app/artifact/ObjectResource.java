package dev.likeness.app.artifact;

import java.io.InputStream;
import java.util.function.Supplier;
import org.springframework.core.io.AbstractResource;

/** An object that is read from its store while a client downloads it or a part of it. */
final class ObjectResource extends AbstractResource {

    private final String sha256;
    private final long size;
    private final Supplier<InputStream> content;

    ObjectResource(String sha256, long size, Supplier<InputStream> content) {
        this.sha256 = sha256;
        this.size = size;
        this.content = content;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public long contentLength() {
        return size;
    }

    @Override
    public InputStream getInputStream() {
        return content.get();
    }

    @Override
    public String getDescription() {
        return "object " + sha256;
    }
}
