package dev.likeness.app.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object's content, which is asked for when its first byte is read: what was skipped before that is never sent. Read from
 * its beginning it is compared with its name.
 */
final class ObjectStream extends InputStream {

    private final String sha256;
    private final LongFunction<ResponseInputStream<GetObjectResponse>> object;
    private long position;
    private @Nullable ResponseInputStream<GetObjectResponse> response;
    private @Nullable InputStream content;
    private boolean ended;

    /** @param object opens it at a position */
    ObjectStream(String sha256, LongFunction<ResponseInputStream<GetObjectResponse>> object) {
        this.sha256 = sha256;
        this.object = object;
    }

    /**
     * Asks for the content now.
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
            // Takes the connection with it, instead of reading the rest to use that again.
            response.abort();
        }
    }
}
