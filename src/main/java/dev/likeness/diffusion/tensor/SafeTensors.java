package dev.likeness.diffusion.tensor;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tensors of one safetensors file, or of a set of shards named by an index file. Nothing is read before it is asked
 * for. Format: 8 bytes of header length, a JSON header, the tensors' bytes in little-endian order.
 *
 * <p>Where a model's part comes only as what {@code torch.save} wrote, its tensors are found there: see {@link TorchFile}.
 */
public final class SafeTensors {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX_HEADER = 100_000_000;

    private final Map<String, Entry> entries;
    private final Map<String, String> metadata;

    private SafeTensors(Map<String, Entry> entries, Map<String, String> metadata) {
        this.entries = Collections.unmodifiableMap(entries);
        this.metadata = Map.copyOf(metadata);
    }

    /**
     * Where a tensor's bytes are.
     *
     * @param shape empty for a scalar
     * @param begin offset in the file of the first element
     * @param length bytes of all elements
     * @param strides elements from one to the next along each axis; null where they lie in row-major order, without gaps
     */
    public record Entry(Path file, Element element, long[] shape, long begin, long length, long @Nullable [] strides) {

        /** In row-major order. */
        public Entry(Path file, Element element, long[] shape, long begin, long length) {
            this(file, element, shape, begin, length, null);
        }

        /** The tensor's bytes in row-major order, mapped from the file, or gathered from it. */
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
     * Opens one file whose header is held in memory only if it is no longer than so many bytes.
     *
     * @throws InvalidModelException if it is longer, or not a safetensors file, or cut short
     */
    public static SafeTensors open(Path file, int maxHeader) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        readHeader(file, maxHeader, entries, metadata);
        return new SafeTensors(entries, metadata);
    }

    /**
     * Opens the weights of a model's part: {@code STEM.safetensors}, or the shards that
     * {@code STEM.safetensors.index.json} lists, or their fp16 variants; where there is none of these, the same with
     * {@code .bin}, which transformers names {@code pytorch_model.bin}.
     *
     * @throws InvalidModelException if there is no such file
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
        for (String variant : new String[] {"", ".fp16"}) {
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
        try {
            JSON.readTree(Files.readString(index)).path("weight_map").forEach(file -> files.add(file.asString()));
        } catch (IOException | JacksonException e) {
            throw new InvalidModelException("cannot read " + index.getFileName(), e);
        }
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

    /** Every tensor, in the order of the file. */
    public Map<String, Entry> entries() {
        return entries;
    }

    /** The same file, of which only some tensors are seen. */
    public SafeTensors only(Set<String> names) {
        Map<String, Entry> some = new LinkedHashMap<>(entries);
        some.keySet().retainAll(names);
        return new SafeTensors(some, metadata);
    }

    /** The file's own notes. */
    public Map<String, String> metadata() {
        return metadata;
    }

    private static void readHeader(Path file, int maxHeader, Map<String, Entry> entries, Map<String, String> metadata) {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            long headerLength = size < 8 ? 0 : read(channel, 0, 8).getLong(0);
            if (headerLength < 2 || headerLength > maxHeader || headerLength > size - 8) {
                throw new InvalidModelException(file.getFileName() + " is no safetensors file, or is cut short");
            }
            String header = StandardCharsets.UTF_8
                    .decode(read(channel, 8, (int) headerLength))
                    .toString();
            for (Map.Entry<String, JsonNode> field : JSON.readTree(header).properties()) {
                if (field.getKey().equals("__metadata__")) {
                    field.getValue()
                            .properties()
                            .forEach(note ->
                                    metadata.put(note.getKey(), note.getValue().asString()));
                } else {
                    entries.put(field.getKey(), entry(file, field.getKey(), field.getValue(), 8 + headerLength, size));
                }
            }
        } catch (NoSuchFileException e) {
            throw new InvalidModelException(file.getFileName() + " is missing", e);
        } catch (IOException | JacksonException e) {
            throw new InvalidModelException("cannot read " + file.getFileName(), e);
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        read(channel, position, buffer);
        return buffer.flip();
    }

    /** From the buffer's position to its limit. */
    private static void read(FileChannel channel, long position, ByteBuffer buffer) throws IOException {
        long offset = position - buffer.position();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new EOFException("the file ends too early");
            }
        }
    }

    private static Entry entry(Path file, String name, JsonNode json, long dataStart, long fileSize) {
        Element element = element(file, name, json.path("dtype").asString());
        long[] shape = new long[json.path("shape").size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = json.path("shape").get(i).asLong(-1);
        }
        long begin = json.path("data_offsets").path(0).asLong(-1);
        long end = json.path("data_offsets").path(1).asLong(-1);
        boolean fits = begin >= 0
                && begin <= end
                && end <= fileSize - dataStart
                && end - begin == bytes(shape, element, fileSize);
        if (!fits) {
            throw new InvalidModelException("%s: tensor %s does not fit the file".formatted(file.getFileName(), name));
        }
        return new Entry(file, element, shape, dataStart + begin, end - begin);
    }

    /** Bytes of a tensor; -1 where a side is negative or the whole is larger than the file. */
    private static long bytes(long[] shape, Element element, long fileSize) {
        long bytes = element.bytes();
        for (long side : shape) {
            if (side < 0 || side > 0 && bytes > fileSize / side) {
                return -1;
            }
            bytes *= side;
        }
        return bytes;
    }

    private static Element element(Path file, String name, String type) {
        try {
            return Element.valueOf(type);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(
                    "%s: tensor %s has type %s, which is not supported".formatted(file.getFileName(), name, type), e);
        }
    }
}
