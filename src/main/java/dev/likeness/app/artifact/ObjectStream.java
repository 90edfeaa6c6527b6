package dev.likeness.app.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object's content. The request is sent when the first byte is read, so skipped bytes are never transferred. Content
 * that is read from its beginning is compared with its name.
 */
final class ObjectStream extends InputStream {

    private final String sha256;
    private final LongFunction<ResponseInputStream<GetObjectResponse>> object;
    private long position;
    private @Nullable ResponseInputStream<GetObjectResponse> response;
    private @Nullable InputStream content;
    private boolean ended;

    /** @param object opens the object at a position */
    ObjectStream(String sha256, LongFunction<ResponseInputStream<GetObjectResponse>> object) {
        this.sha256 = sha256;
        this.object = object;
    }

    /**
     * Sends the request now.
     *
     * @throws StorageException if it is missing or cannot be opened
     */
    InputStream open() {
        if (content == null) {
            response = object.apply(position);
            content = position == 0
                    ? new VerifyingInputStream(response, response.response().contentLength(), sha256)
                    : response;
        }
        return content;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int count = open().read(bytes, offset, length);
            ended |= count < 0;
            return count;
        } catch (SdkException e) {
            throw new IOException("the object store failed", e);
        }
    }

    @Override
    public long skip(long count) throws IOException {
        if (content != null || count <= 0) {
            return super.skip(count);
        }
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        if (response != null && ended) {
            response.close();
        } else if (response != null) {
            // Closes the connection instead of reading the rest for reuse.
            response.abort();
        }
    }
}
