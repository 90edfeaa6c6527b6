package dev.likeness.app.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Reads a file, at first no more than a number of bytes, so that the reader of a directory cannot fill the memory. */
final class BoundedChannel implements SeekableByteChannel {

    private final SeekableByteChannel channel;
    private long left;

    BoundedChannel(SeekableByteChannel channel, long most) {
        this.channel = channel;
        this.left = most;
    }

    /** Whether there was too much to read. */
    boolean isExceeded() {
        return left < 0;
    }

    /** From now on, everything may be read. */
    void release() {
        left = Long.MAX_VALUE;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int read = channel.read(target);
        left -= Math.max(0, read);
        if (left < 0) {
            throw new IOException("too much to read");
        }
        return read;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        channel.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
