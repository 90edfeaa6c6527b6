package dev.likeness.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TensorReaderTests {

    @TempDir
    private Path folder;

    @Test
    void restoresFloatsAndBytes() throws Exception {
        onEngine(manager -> {
            Map<String, NDArray> saved = new LinkedHashMap<>();
            ByteBuffer codes = ByteBuffer.wrap(new byte[] {0, 1, 127, (byte) 128, (byte) 255});
            saved.put("codes", manager.create(codes, new Shape(5), DataType.UINT8));
            saved.put("weight", manager.create(new float[] {1.5f, -2}));
            Map<String, NDArray> targets =
                    Map.of("codes", manager.zeros(new Shape(5), DataType.UINT8), "weight", manager.zeros(new Shape(2)));

            TensorReader.restoreInPlace(write(saved), targets);

            assertThat(targets.get("codes")).isNotNull().satisfies(read -> {
                assertThat(read.getDataType()).isEqualTo(DataType.UINT8);
                assertThat(read.toUint8Array()).containsExactly(0, 1, 127, 128, 255);
            });
            assertThat(targets.get("weight"))
                    .isNotNull()
                    .satisfies(weight -> assertThat(weight.toFloatArray()).containsExactly(1.5f, -2));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT16"})
    void readsLargeTensorsPieceByPieceAndKeepsNoFileMapped(DataType type) throws Exception {
        onEngine(manager -> {
            NDArray numbers = manager.arange((1 << 20) + 3f).mod(1000);
            SafeTensors file = write(Map.of("x", numbers.toType(type, false)));

            NDArray read = TensorReader.readFloat(
                    manager, Objects.requireNonNull(file.entries().get("x")));

            assertThat(read).isEqualTo(numbers);
            assertThat(Files.readString(Path.of("/proc/self/maps"))).doesNotContain(folder.toString());
        });
    }

    @ParameterizedTest
    @CsvSource({"UINT8, FLOAT32", "FLOAT32, UINT8", "INT64, FLOAT32", "INT64, UINT8"})
    void copiesNothingWhereATypeDiffers(DataType saved, DataType target) throws Exception {
        onEngine(manager -> {
            SafeTensors file = write(Map.of(
                    "a", manager.ones(new Shape(2), DataType.FLOAT32),
                    "b", manager.ones(new Shape(2), saved)));
            NDArray a = manager.zeros(new Shape(2), DataType.FLOAT32);
            NDArray b = manager.zeros(new Shape(2), target);

            assertThatExceptionOfType(InvalidModelException.class)
                    .isThrownBy(() -> TensorReader.restoreInPlace(file, Map.of("a", a, "b", b)))
                    .withMessageContaining("1 tensor is")
                    .withMessageContaining("among them b");
            assertThat(a.toFloatArray()).containsExactly(0, 0);
        });
    }

    private SafeTensors write(Map<String, NDArray> tensors) throws Exception {
        Path file = folder.resolve("t.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            SafeTensorsWriter.write(out, tensors, Map.of());
        }
        return SafeTensors.open(file);
    }

    private static void onEngine(Check check) throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                check.on(manager);
            }
        });
    }

    private interface Check {
        void on(NDManager manager) throws Exception;
    }
}
