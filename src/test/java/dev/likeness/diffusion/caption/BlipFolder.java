package dev.likeness.diffusion.caption;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A modifiable copy of the reference model. */
record BlipFolder(Path path) {

    static Path goldens() {
        try {
            return Path.of(Objects.requireNonNull(BlipFolder.class.getResource("/goldens/tiny-blip"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static BlipFolder copyInto(Path path) throws IOException {
        try (Stream<Path> files = Files.list(goldens().resolve("model"))) {
            for (Path file : files.toList()) {
                Files.copy(file, path.resolve(file.getFileName()));
            }
        }
        return new BlipFolder(path);
    }

    BlipFolder replace(String file, String text, String instead) throws IOException {
        String before = Files.readString(path.resolve(file));
        String after = before.replace(text, instead);
        if (after.equals(before)) {
            throw new IllegalArgumentException(file + " does not contain " + text);
        }
        Files.writeString(path.resolve(file), after);
        return this;
    }

    BlipFolder delete(String file) throws IOException {
        Files.delete(path.resolve(file));
        return this;
    }

    /** Changes the header and the values of the weights' file. */
    BlipFolder weights(Change change) throws IOException {
        Path file = path.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        int length = Math.toIntExact(
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
        ObjectNode header = (ObjectNode) JsonMapper.shared().readTree(Arrays.copyOfRange(bytes, 8, 8 + length));
        // Space after the last tensor, for one more.
        byte[] data = Arrays.copyOfRange(bytes, 8 + length, bytes.length + SPARE);
        change.apply(header, ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN));
        byte[] packed = packInPlace(header, data);
        byte[] changed = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer whole =
                ByteBuffer.allocate(8 + changed.length + packed.length).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, whole.putLong(changed.length).put(changed).put(packed).array());
        return this;
    }

    /** The format allows neither gaps nor shared values. */
    private static byte[] packInPlace(ObjectNode header, byte[] data) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        header.propertyStream()
                .filter(it -> !it.getKey().equals("__metadata__"))
                .forEach(it -> {
                    JsonNode offsets = it.getValue().required("data_offsets");
                    int begin = offsets.required(0).intValue();
                    int end = offsets.required(1).intValue();
                    int at = packed.size();
                    packed.write(data, begin, end - begin);
                    ((ObjectNode) it.getValue())
                            .putArray("data_offsets")
                            .add(at)
                            .add(packed.size());
                });
        return packed.toByteArray();
    }

    /** Zero bytes after the last tensor. */
    static final int SPARE = 100_000;

    static void rename(ObjectNode header, String from, String to) {
        header.set(to, Objects.requireNonNull(header.remove(from), from));
    }

    /** Another name for the same values. */
    static void alias(ObjectNode header, String of, String name) {
        header.set(name, header.required(of).deepCopy());
    }

    /** A tensor of zeros. */
    static void zeros(ObjectNode header, ByteBuffer data, String name, List<Integer> shape) {
        int begin = data.capacity() - SPARE;
        int size = shape.stream().reduce(4, (a, b) -> a * b);
        ObjectNode tensor = header.putObject(name).put("dtype", "F32");
        shape.forEach(tensor.putArray("shape")::add);
        tensor.putArray("data_offsets").add(begin).add(begin + size);
    }

    /** Adds to one value of a vector. */
    static void add(ObjectNode header, ByteBuffer data, String name, int index, float value) {
        int at = header.required(name).required("data_offsets").get(0).intValue() + 4 * index;
        data.putFloat(at, data.getFloat(at) + value);
    }

    interface Change {
        void apply(ObjectNode header, ByteBuffer data);
    }
}
