package dev.likeness.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SafeTensorsTests {

    @TempDir
    private Path folder;

    @Test
    void readsWhatItWrote() throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                Map<String, NDArray> tensors = new LinkedHashMap<>();
                tensors.put("a.weight", manager.create(new float[] {1, -2, 3, 4.5f, 5, 6}, new Shape(2, 3)));
                tensors.put("scalar", manager.create(7f));
                tensors.put("half", manager.create(new float[] {0.5f, 2}).toType(DataType.FLOAT16, false));
                Path file = folder.resolve("t.safetensors");
                try (OutputStream out = Files.newOutputStream(file)) {
                    SafeTensorsWriter.write(out, tensors, Map.of("format", "x"));
                }

                SafeTensors read = SafeTensors.open(file);

                assertThat(read.metadata()).containsEntry("format", "x");
                assertThat(floats(manager, read, "a.weight")).containsExactly(1, -2, 3, 4.5f, 5, 6);
                assertThat(entry(read, "a.weight").shape()).containsExactly(2, 3);
                assertThat(floats(manager, read, "scalar")).containsExactly(7);
                assertThat(floats(manager, read, "half")).containsExactly(0.5f, 2);
            }
        });
    }

    @Test
    void readsBrainFloats() throws Exception {
        ByteBuffer data = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        data.putShort((short) 0x3f80).putShort((short) 0xc020);
        Path file = write("b.safetensors", header("x", "BF16", "[2]", 4), data.array());

        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                assertThat(floats(manager, SafeTensors.open(file), "x")).containsExactly(1, -2.5f);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"F8_E5M2", "F8_E4M3"})
    void readsNumbersOfEightBits(String type) throws Exception {
        byte[] all = new byte[256];
        float[] expected = new float[256];
        JsonNode reference = ModelConfig.tree(Path.of("src/test/resources/safetensors/float8.json"))
                .path(type);
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
            String value = reference.get(i).asString();
            expected[i] =
                    value.contains("inf") ? (i < 128 ? 1 : -1) / 0f : Float.parseFloat(value.replace("nan", "NaN"));
        }
        Path file = write("f8.safetensors", header("x", type, "[256]", 256), all);

        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                assertThat(floats(manager, SafeTensors.open(file), "x")).isEqualTo(expected);
            }
        });
    }

    @Test
    void findsTensorsInShards() throws Exception {
        write("m-1.safetensors", header("x", "F32", "[1]", 4), new byte[4]);
        write("m-2.safetensors", header("y", "F32", "[1]", 4), new byte[4]);
        Files.writeString(folder.resolve("m.safetensors.index.json"), """
                {"weight_map": {"x": "m-1.safetensors", "y": "m-2.safetensors"}}""");

        SafeTensors read = SafeTensors.openModel(folder, "m");

        assertThat(read.entries()).containsOnlyKeys("x", "y");
    }

    @Test
    void takesWhatTorchWroteWhereThereIsNothingElse() throws Exception {
        Path torch = TorchArchive.of(
                        SafeTensors.open(write("x.safetensors", header("x", "F32", "[1]", 4), new byte[4])))
                .writeTo(folder.resolve("pytorch_model.bin"));

        assertThat(SafeTensors.openModel(folder, "model").entries()).containsOnlyKeys("x");
        Files.copy(torch, folder.resolve("vae.bin"));
        assertThat(SafeTensors.openModel(folder, "vae").entries()).containsOnlyKeys("x");

        write("model.safetensors", header("y", "F32", "[1]", 4), new byte[4]);
        assertThat(SafeTensors.openModel(folder, "model").entries()).containsOnlyKeys("y");
    }

    @Test
    void findsTensorsInShardsThatTorchWrote() throws Exception {
        for (String name : new String[] {"x", "y"}) {
            Path tensors = write(name + ".safetensors", header(name, "F32", "[1]", 4), new byte[4]);
            TorchArchive.of(SafeTensors.open(tensors)).writeTo(folder.resolve("pytorch_model-" + name + ".bin"));
        }
        Files.writeString(folder.resolve("pytorch_model.bin.index.json"), """
                {"weight_map": {"x": "pytorch_model-x.bin", "y": "pytorch_model-y.bin"}}""");

        assertThat(SafeTensors.openModel(folder, "model").entries()).containsOnlyKeys("x", "y");
    }

    @Test
    void refusesShardsOutsideTheFolder() throws Exception {
        Files.writeString(folder.resolve("m.safetensors.index.json"), """
                {"weight_map": {"x": "../secret"}}""");

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SafeTensors.openModel(folder, "m"))
                .withMessageContaining("outside its folder");
    }

    @Test
    void refusesAFileThatIsCutShort() throws Exception {
        Path file = write("cut.safetensors", header("x", "F32", "[4]", 16), new byte[12]);

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SafeTensors.open(file))
                .withMessageContaining("tensor x does not fit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[4294967296,4294967296]", "[-4,-1]", "[9223372036854775807,2]", "[1.5]", "\"4\""})
    void refusesShapesThatAreNone(String shape) throws Exception {
        Path file = write("shape.safetensors", header("x", "F32", shape, 16), new byte[16]);

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SafeTensors.open(file))
                .withMessageContaining("tensor x does not fit");
    }

    @Test
    void refusesAHeaderThatIsLongerThanAllowed() throws Exception {
        Path file = write("long.safetensors", header("x", "F32", "[4]", 16), new byte[16]);

        assertThat(SafeTensors.open(file, 100).entries()).hasSize(1);
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SafeTensors.open(file, 40))
                .withMessageContaining("not a safetensors file");
    }

    @Test
    void refusesWhatIsNoSafetensorsFile() throws Exception {
        Path file = folder.resolve("no.safetensors");
        Files.writeString(file, "PK this is a zip, is it not");

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SafeTensors.open(file))
                .withMessageContaining("not a safetensors file");
    }

    @Test
    void namesTheMissingFile() {
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SafeTensors.openModel(folder, "model"))
                .withMessageContaining("model.safetensors is missing");
    }

    private static float[] floats(NDManager manager, SafeTensors file, String name) {
        return TensorReader.readFloat(manager, entry(file, name)).toFloatArray();
    }

    private static SafeTensors.Entry entry(SafeTensors file, String name) {
        return Objects.requireNonNull(file.entries().get(name));
    }

    /** The reference library accepts these, too. */
    @Test
    void readsNamesTextsAndNumbersOfAnyLength() throws Exception {
        String name = "n".repeat(60_000);
        String header = """
                {"__metadata__":{"%1$s":"%2$s"},\
                "%1$s":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"%1$s":[{"%1$s":0.%3$s}]}}""".formatted(name, "v".repeat(21_000_000), "1".repeat(60_000));

        SafeTensors read = SafeTensors.open(write("t.safetensors", header, new byte[4]));

        assertThat(read.entries()).containsOnlyKeys(name);
        assertThat(read.metadata()).containsOnlyKeys(name);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("longHeaders")
    void shortensWhatItSaysOfLongHeaders(String header, String message) throws Exception {
        Path file = write("t.safetensors", header, new byte[4]);

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SafeTensors.open(file))
                .withMessageContaining(message)
                .satisfies(it -> assertThat(it.getMessage()).hasSizeLessThan(1_000));
    }

    static Stream<Arguments> longHeaders() {
        String name = "n".repeat(100_000);
        String shown = "n".repeat(200) + "…";
        String huge = "9".repeat(100_000);
        String twice = IntStream.range(0, 10_000)
                .mapToObj(i -> header("name" + i, "F32", "[1]", 4).replaceAll("^.|.$", ""))
                .collect(Collectors.joining(","));
        return Stream.of(
                Arguments.of(
                        header("x", "F32", "[1" + ",1".repeat(8_000_000) + "]", 4),
                        "shape holds more than 1000 numbers"),
                Arguments.of(
                        header("x", "F32", "[1]", 4).replace("[0,", "[0,0" + ",0".repeat(8_000_000) + ","),
                        "data_offsets holds more than 1000 numbers"),
                Arguments.of(header("x", "F32", "[" + "12345678,".repeat(999) + "1]", 4), "its shape [12345678, "),
                Arguments.of(
                        header("x", "F32", "[" + "1,".repeat(999) + "2]", 4), "takes 8 bytes, but its data_offsets"),
                Arguments.of(header("x", "F32", "[" + huge + "]", 4), "shape has 999"),
                Arguments.of(header(name, "F32", "[1]", 8), "tensor " + shown + " does not fit the file"),
                Arguments.of(header(name, "F32", "[]", 4).replace("F32", name), "has type " + shown),
                Arguments.of(header(name, "F32", "[2]", 8), "it ends at byte 8 of the data, which has 4"),
                Arguments.of("{\"__metadata__\":{\"" + name + "\":" + huge + "}}", shown + " is 999"),
                Arguments.of("{\"x\":\"" + name + "\"}", "it is " + shown + ", not an object"),
                Arguments.of(header("x", "F32", "[1],\"y\":" + huge, 4), "contains the number 999"),
                Arguments.of("{" + twice + "," + twice + "}", "the header repeats: name0, name1, "));
    }

    private static String header(String name, String type, String shape, int bytes) {
        return """
                {"%s":{"dtype":"%s","shape":%s,"data_offsets":[0,%d]}}""".formatted(name, type, shape, bytes);
    }

    private Path write(String name, String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json).put(data);
        Path file = folder.resolve(name);
        Files.write(file, bytes.array());
        return file;
    }
}
