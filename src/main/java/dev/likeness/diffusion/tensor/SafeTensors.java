package dev.likeness.diffusion.tensor;

import dev.likeness.diffusion.wire.Quantity;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tensors of one safetensors file, or of the shards that an index file lists. Data is read only on request. Format: 8
 * bytes of header length, a JSON header, the tensors' bytes in little-endian order.
 *
 * <p>If a model's part has only files that {@code torch.save} wrote, their tensors are opened: see {@link TorchFile}.
 */
public final class SafeTensors {

    /** Suffixes of weight file names, in order of preference. */
    private static final List<String> VARIANTS = List.of("", ".fp16", ".bf16", ".fp32");

    private static final int MAX_HEADER = 100_000_000;

    private final Map<String, Entry> entries;
    private final Map<String, String> metadata;

    private SafeTensors(Map<String, Entry> entries, Map<String, String> metadata) {
        this.entries = Collections.unmodifiableMap(entries);
        this.metadata = Map.copyOf(metadata);
    }

    /**
     * The location of a tensor's bytes.
     *
     * @param shape empty for a scalar
     * @param begin offset of the first element in the file
     * @param length bytes of all elements
     * @param strides elements from one to the next along each axis; null for row-major order without gaps
     */
    public record Entry(Path file, Element element, long[] shape, long begin, long length, long @Nullable [] strides) {

        /** A tensor in row-major order. */
        public Entry(Path file, Element element, long[] shape, long begin, long length) {
            this(file, element, shape, begin, length, null);
        }

        /** The tensor's bytes in row-major order, mapped from the file or copied from it. */
        public ByteBuffer map() {
            if (strides != null) {
                return Strided.gather(map(Strided.span(shape, strides) * element.bytes()), shape, strides, element);
            }
            return map(length);
        }

        private ByteBuffer map(long bytes) {
            try (FileChannel channel = FileChannel.open(file)) {
                return channel.map(FileChannel.MapMode.READ_ONLY, begin, bytes).order(ByteOrder.LITTLE_ENDIAN);
            } catch (IOException e) {
                throw new InvalidModelException("cannot read " + file.getFileName(), e);
            }
        }

        /**
         * Fills a buffer with some of the tensor's bytes.
         *
         * @param from offset in the tensor
         */
        void read(long from, ByteBuffer into) {
            if (strides != null) {
                into.put(map().slice(Math.toIntExact(from), into.remaining()));
                return;
            }
            try (FileChannel channel = FileChannel.open(file)) {
                SafeTensors.read(channel, begin + from, into);
            } catch (IOException e) {
                throw new InvalidModelException("cannot read " + file.getFileName(), e);
            }
        }
    }

    /**
     * Opens one file.
     *
     * @throws InvalidModelException if it is not a safetensors file, or is cut short
     */
    public static SafeTensors open(Path file) {
        return open(file, MAX_HEADER);
    }

    /**
     * Opens one file, if its header has at most the given length.
     *
     * @throws InvalidModelException if the header is longer, the file is not a safetensors file, or it is cut short
     */
    public static SafeTensors open(Path file, int maxHeader) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        readHeader(file, maxHeader, entries, metadata);
        return new SafeTensors(entries, metadata);
    }

    /**
     * Opens the weights of a model's part: {@code STEM.safetensors}, or the shards that
     * {@code STEM.safetensors.index.json} lists, or their variants of another precision. If all of these are missing,
     * it opens the same with {@code .bin}, which transformers names {@code pytorch_model.bin}.
     *
     * @throws InvalidModelException if no such file exists
     */
    public static SafeTensors openModel(Path folder, String stem) {
        String torchStem = stem.equals("model") ? "pytorch_model" : stem;
        return find(folder, stem, ".safetensors", SafeTensors::open)
                .or(() -> find(folder, torchStem, ".bin", SafeTensors::openTorch))
                .orElseThrow(() -> new InvalidModelException("%s/%s.safetensors is missing, and so is %s.bin"
                        .formatted(folder.getFileName(), stem, torchStem)));
    }

    private static Optional<SafeTensors> find(
            Path folder, String stem, String ending, Function<Path, SafeTensors> open) {
        for (String variant : VARIANTS) {
            Path single = folder.resolve(stem + variant + ending);
            if (Files.exists(single)) {
                return Optional.of(open.apply(single));
            }
            Path index = folder.resolve(stem + ending + ".index" + variant + ".json");
            if (Files.exists(index)) {
                return Optional.of(openShards(folder, index, open));
            }
        }
        return Optional.empty();
    }

    private static SafeTensors openTorch(Path file) {
        return new SafeTensors(TorchFile.entries(file), Map.of());
    }

    private static SafeTensors openShards(Path folder, Path index, Function<Path, SafeTensors> open) {
        Set<String> files = new LinkedHashSet<>();
        ModelConfig.tree(index).path("weight_map").forEach(file -> files.add(file.asString()));
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String file : files) {
            Path shard = folder.resolve(file).normalize();
            if (!shard.startsWith(folder.normalize())) {
                throw new InvalidModelException(index.getFileName() + " names a file outside its folder");
            }
            SafeTensors part = open.apply(shard);
            entries.putAll(part.entries());
            metadata.putAll(part.metadata());
        }
        return new SafeTensors(entries, metadata);
    }

    /** All tensors, in the order of the file. */
    public Map<String, Entry> entries() {
        return entries;
    }

    /** The same file restricted to some tensors. */
    public SafeTensors only(Set<String> names) {
        Map<String, Entry> some = new LinkedHashMap<>(entries);
        some.keySet().retainAll(names);
        return new SafeTensors(some, metadata);
    }

    /** The metadata in the file's header. */
    public Map<String, String> metadata() {
        return metadata;
    }

    private static void readHeader(Path file, int maxHeader, Map<String, Entry> entries, Map<String, String> metadata) {
        String name = file.getFileName().toString();
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size < Long.BYTES) {
                throw new InvalidModelException(
                        "%s is not a safetensors file, or is cut short: it has %s, fewer than the %d of a header's length"
                                .formatted(name, Quantity.of(size, "byte"), Long.BYTES));
            }
            long length = read(channel, 0, Long.BYTES).getLong(0);
            if (length < 0 || length > maxHeader) {
                throw new InvalidModelException(
                        "%s is not a safetensors file, or is cut short: it claims a header of %s bytes, of which at most %d are read"
                                .formatted(name, Long.toUnsignedString(length), maxHeader));
            }
            if (length > size - Long.BYTES) {
                throw new InvalidModelException(
                        "%s is not a safetensors file, or is cut short: it claims a header of %d bytes, but has only %d"
                                .formatted(name, length, size - Long.BYTES));
            }
            HeaderReader.Header header = HeaderReader.read(name, read(channel, Long.BYTES, (int) length));
            long begin = Long.BYTES + length;
            requireWhole(name, header, size - begin);
            metadata.putAll(header.metadata());
            header.tensors()
                    .forEach((key, tensor) -> entries.put(
                            key,
                            new Entry(
                                    file,
                                    tensor.element(),
                                    tensor.shape(),
                                    begin + tensor.begin(),
                                    tensor.end() - tensor.begin())));
        } catch (NoSuchFileException e) {
            throw new InvalidModelException(name + " is missing", e);
        } catch (IOException e) {
            throw new InvalidModelException("cannot read " + name, e);
        }
    }

    private static void requireWhole(String file, HeaderReader.Header header, long dataLength) {
        if (header.dataLength() > dataLength) {
            String last = header.tensors().entrySet().stream()
                    .filter(it -> it.getValue().end() == header.dataLength())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
            throw new InvalidModelException(
                    "%s: tensor %s does not fit the file: it ends at byte %d of the data, which has %d: the file is cut short"
                            .formatted(file, Excerpt.of(last), header.dataLength(), dataLength));
        }
        if (header.dataLength() < dataLength) {
            throw new InvalidModelException("%s: its tensors end at byte %d of the data, but %d more bytes follow"
                    .formatted(file, header.dataLength(), dataLength - header.dataLength()));
        }
    }

    /**
     * The shapes of tensors by their names. Reads only the header.
     *
     * @param file its name, for the error message
     * @throws InvalidModelException with the fault, if the header is invalid
     */
    public static Map<String, long[]> shapes(String file, byte[] header) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        HeaderReader.read(file, ByteBuffer.wrap(header))
                .tensors()
                .forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    /** The element types of tensors by their names. Reads only the header. */
    public static Map<String, Element> elements(String file, byte[] header) {
        Map<String, Element> elements = new LinkedHashMap<>();
        HeaderReader.read(file, ByteBuffer.wrap(header))
                .tensors()
                .forEach((name, tensor) -> elements.put(name, tensor.element()));
        return elements;
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        read(channel, position, buffer);
        return buffer.flip();
    }

    /** Reads from the buffer's position to its limit. */
    private static void read(FileChannel channel, long position, ByteBuffer buffer) throws IOException {
        long offset = position - buffer.position();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new EOFException("the file ends too early");
            }
        }
    }
}
