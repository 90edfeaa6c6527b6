package dev.likeness.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.tensor.TorchArchive.Pickle;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchFileTests {

    @TempDir
    private Path folder;

    /** A file that torch wrote, by means of state_dict.py beside it. */
    @Nested
    class WhatTorchWrote {

        private final Map<String, SafeTensors.Entry> state = TorchFile.entries(written());

        @Test
        void isReadWhereItLies() throws Exception {
            assertThat(floats("weight")).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(tensor("weight").shape()).containsExactly(2, 3);
            assertThat(floats("bias")).containsExactly(-1.5f, 0.25f);
            assertThat(floats("parameter")).containsExactly(1, 2);
            assertThat(floats("scalar")).containsExactly(7);
            assertThat(tensor("scalar").shape()).isEmpty();
            assertThat(tensor("empty").shape()).containsExactly(0, 3);
            assertThat(tensor("empty").map().remaining()).isZero();
            assertThat(floats("half")).containsExactly(0.5f, -2);
            assertThat(floats("brain")).containsExactly(1, -2.5f);
        }

        @Test
        void sharesStorages() throws Exception {
            assertThat(tensor("tied").begin()).isEqualTo(tensor("table").begin());
            assertThat(floats("tied")).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        }

        @Test
        void isPutInOrderWhereItIsAView() throws Exception {
            assertThat(floats("transposed")).containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
            assertThat(tensor("transposed").shape()).containsExactly(4, 3);
            assertThat(floats("column")).containsExactly(1, 5, 9);
            assertThat(floats("inner")).containsExactly(5, 6, 9, 10);
            assertThat(floats("right")).containsExactly(2, 3, 6, 7, 10, 11);
            assertThat(floats("half_transposed")).containsExactly(0, 3, 1, 4, 2, 5);
        }

        @Test
        void knowsEveryType() {
            assertThat(tensor("double").element()).isEqualTo(Element.F64);
            assertThat(tensor("double").map().getDouble()).isEqualTo(1e300);
            assertThat(tensor("long").element()).isEqualTo(Element.I64);
            assertThat(tensor("long").shape()).containsExactly(1, 3);
            assertThat(tensor("long").map().getLong(16)).isEqualTo(2);
            assertThat(tensor("int").map().getInt()).isEqualTo(-5);
            assertThat(tensor("short").map().getShort()).isEqualTo((short) -6);
            assertThat(tensor("char").map().get()).isEqualTo((byte) -7);
            assertThat(tensor("byte").map().get()).isEqualTo((byte) 200);
            assertThat(tensor("bool").element()).isEqualTo(Element.BOOL);
            assertThat(tensor("bool").length()).isEqualTo(2);
        }

        @Test
        void isReadOrRefusedWhicheverByteIsDamaged() throws Exception {
            byte[] whole = Files.readAllBytes(written());
            Path damaged = folder.resolve("damaged.bin");
            for (int at = 0; at < whole.length; at += 5) {
                byte[] bytes = whole.clone();
                bytes[at] = (byte) ~bytes[at];
                Files.write(damaged, bytes);
                try {
                    TorchFile.entries(damaged).values().forEach(SafeTensors.Entry::map);
                } catch (InvalidModelException e) {
                    assertThat(e).hasMessageStartingWith("damaged.bin");
                }
            }
        }

        @Test
        void isRefusedWhereverItIsCutShort() throws Exception {
            byte[] whole = Files.readAllBytes(written());
            Path cut = folder.resolve("cut.bin");
            for (int length = 0; length < whole.length; length += 97) {
                Files.write(cut, Arrays.copyOf(whole, length));

                assertThatThrownBy(() -> TorchFile.entries(cut))
                        .isInstanceOf(InvalidModelException.class)
                        .hasMessageStartingWith("cut.bin is not a PyTorch zip file, or is cut short");
            }
        }

        private float[] floats(String name) throws Exception {
            return EngineTestThread.call(() -> {
                try (NDManager manager = NDManager.newBaseManager("PyTorch");
                        NDArray read = TensorReader.readFloat(manager, tensor(name))) {
                    return read.toFloatArray();
                }
            });
        }

        private SafeTensors.Entry tensor(String name) {
            return Objects.requireNonNull(state.get(name), name);
        }
    }

    @Nested
    class Pickles {

        @ParameterizedTest
        @CsvSource({
            "posix, system",
            "builtins, eval",
            "__builtin__, getattr",
            "torch._utils, _rebuild_sparse_tensor",
            "torch.nn.modules.linear, Linear",
            "torch.storage, UntypedStorage",
            "collections, OrderedDict.update"
        })
        void areRefusedForWhatTheyName(String module, String name) throws IOException {
            Pickle pickle =
                    new Pickle().global(module, name).ops("(").text("echo").ops("tR");

            assertRefused(pickle, "its pickle names %s.%s, which is not supported".formatted(module, name));
        }

        @ParameterizedTest
        @CsvSource({
            "i, INST",
            "o, OBJ",
            "P, PERSID",
            "'\u0081', NEWOBJ",
            "'\u0082', EXT1",
            "'\u0092', NEWOBJ_EX",
            "'\u0093', STACK_GLOBAL",
            "'\u0094', MEMOIZE",
            "'\u008f', EMPTY_SET",
            "2, DUP"
        })
        void areRefusedForOtherInstructions(String opcode, String name) throws IOException {
            assertRefused(
                    new Pickle().ops("})" + opcode),
                    "its pickle has the instruction %s, which is not supported".formatted(name));
        }

        @Test
        void areRefusedForWhatIsNoInstruction() throws IOException {
            assertRefused(new Pickle().ops("?"), "its pickle has 0x3f, which is not an instruction");
        }

        @Test
        void areRefusedOfAnotherProtocol() throws IOException {
            assertRefused(
                    new Pickle().ops("\u0080\u0004}"),
                    "its pickle has protocol 4; only 2, which torch.save writes, is supported");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "}}",
                    "(}",
                    "t",
                    "s",
                    "}s",
                    "h\u0001",
                    "R",
                    "u",
                    "}(u}",
                    "K",
                    "X\u00ff\u00ff\u00ff\u00ff",
                    "]]b",
                    ")Q"
                })
        void areRefusedWhenDamaged(String ops) {
            assertThatThrownBy(() -> TorchFile.entries(write(new Pickle().ops(ops))))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessageStartingWith("x.bin: its pickle ");
        }

        @Test
        void areRefusedForCallingWhatTheyMade() throws IOException {
            assertRefused(new Pickle().ops("})R"), "its pickle calls an object that cannot be called");
        }

        @Test
        void areRefusedForKeysWhoseHashWouldNeverEnd() throws IOException {
            Pickle pickle = new Pickle().ops("})");
            for (int i = 0; i < 60; i++) {
                // (t, t) of the previous tuple: 2^60 leaves.
                pickle.ops("q\u0001h\u0001\u0086");
            }

            assertRefused(pickle.ops("K\u0001s"), "its pickle holds a key that is neither text nor number");
        }

        @Test
        void areRefusedForAnythingButTensors() throws IOException {
            assertRefused(new Pickle().ops("}").text("epoch").ops("K\u0003s"), "its entry epoch is not a tensor");
            assertRefused(new Pickle().ops("}").text("state\nx").ops("}s"), "its entry state?x is not a tensor");
            assertRefused(new Pickle().ops("]"), "it does not contain a dict of tensors");
        }

        @Test
        void mayBeLongButNotEndless() throws IOException {
            Path file = new TorchArchive()
                    .entry("x/data.pkl", new byte[(1 << 26) + 1])
                    .writeTo(folder.resolve("x.bin"));

            assertThatThrownBy(() -> TorchFile.entries(file))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessage("x.bin: x/data.pkl has 67108865 bytes; more than 67108864 are not read");
        }

        @Test
        void areRefusedForMakingMillionsOfObjects() throws IOException {
            assertRefused(
                    new Pickle().ops("]" + "}a".repeat(1 << 20)), "its pickle has more than 2097152 instructions");
        }
    }

    @Nested
    class Tensors {

        @Test
        void areReadWithinTheirStorage() throws IOException {
            assertThat(entries(3, 1, new long[] {2}, new long[] {1}, 3)).containsOnlyKeys("w");
        }

        @ParameterizedTest
        @CsvSource({
            "beyond the end, 2, '2', '1'",
            "with a stride beyond the end, 0, '2', '3'",
            "of more elements than there are, 0, '4', '0'",
            "of far more elements than there are, 0, '4294967296,4294967296', '0,0'",
            "farther than any file, 0, '2,2', '9223372036854775807,9223372036854775807'",
            "at an invalid offset, 9223372036854775807, '3', '1'"
        })
        void areRefusedBeyondIt(String what, long offset, String shape, String strides) {
            assertThatThrownBy(() -> entries(3, offset, longs(shape), longs(strides), 3))
                    .as(what)
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessageMatching("x.bin: a tensor (reaches beyond its storage|is larger than any file)");
        }

        @ParameterizedTest
        @CsvSource({"-1, '2', '1'", "0, '-2', '1'", "0, '2', '-1'", "0, '2', '1,1'"})
        void areRefusedWithSizesThatAreNone(long offset, String shape, String strides) {
            assertThatThrownBy(() -> entries(3, offset, longs(shape), longs(strides), 3))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessage("x.bin: its pickle makes a tensor from unsupported arguments");
        }

        @ParameterizedTest
        @ValueSource(longs = {2, 4, -3, 1L << 62, 3L << 32})
        void areRefusedWhoseStorageHasAnotherSize(long said) {
            assertThatThrownBy(() -> entries(said, 0, new long[] {1}, new long[] {1}, 3))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessage("x.bin: storage 0 has 12 bytes, which do not match %d elements of F32".formatted(said));
        }

        @Test
        void areRefusedWithoutTheirStorage() {
            Pickle pickle = new Pickle().ops("}").text("w");
            pickle.tensor(pickle.storage("FloatStorage", "../0", 3), 0, new long[] {3}, new long[] {1})
                    .ops("s");

            assertThatThrownBy(() -> TorchFile.entries(write(pickle)))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessage("x.bin: it holds x/data/../0 0 times instead of once");
        }

        private Map<String, SafeTensors.Entry> entries(
                long elements, long offset, long[] shape, long[] strides, int floats) throws IOException {
            Pickle pickle = new Pickle().ops("}").text("w");
            pickle.tensor(pickle.storage("FloatStorage", "0", elements), offset, shape, strides)
                    .ops("s");
            return TorchFile.entries(new TorchArchive()
                    .pickle(pickle)
                    .storage("0", new byte[floats * 4])
                    .writeTo(folder.resolve("x.bin")));
        }

        private static long[] longs(String list) {
            return Arrays.stream(list.split(",")).mapToLong(Long::parseLong).toArray();
        }
    }

    @Nested
    class Archives {

        @Test
        void areRefusedOfAnotherByteOrder() throws IOException {
            Path file = new TorchArchive()
                    .pickle(new Pickle().ops("}"))
                    .entry("x/byteorder", "big".getBytes(StandardCharsets.US_ASCII))
                    .writeTo(folder.resolve("x.bin"));

            assertThatThrownBy(() -> TorchFile.entries(file))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessage("x.bin: its byte order is big; only little is read");
        }

        @Test
        void areRefusedCompressed() throws IOException {
            Path file = new TorchArchive()
                    .pickle(new Pickle().ops("}"))
                    .compressed()
                    .writeTo(folder.resolve("x.bin"));

            assertThatThrownBy(() -> TorchFile.entries(file))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessage("x.bin: x/data.pkl is compressed, encrypted or cut short");
        }

        @Test
        void areRefusedWithTwoPickles() throws IOException {
            Path file = new TorchArchive()
                    .pickle(new Pickle().ops("}"))
                    .entry("y/data.pkl", new byte[0])
                    .writeTo(folder.resolve("x.bin"));

            assertThatThrownBy(() -> TorchFile.entries(file))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessage("x.bin: it holds 2 data.pkl instead of one");
        }

        @Test
        void ofOldTimesAreRefused() throws IOException {
            Path file = Files.write(
                    folder.resolve("old.bin"),
                    ByteBuffer.allocate(40)
                            .put(new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10})
                            .array());

            assertThatExceptionOfType(InvalidModelException.class)
                    .isThrownBy(() -> TorchFile.entries(file))
                    .withMessageStartingWith("old.bin is not a PyTorch zip file");
        }
    }

    private void assertRefused(Pickle pickle, String reason) throws IOException {
        Path file = write(pickle);
        assertThatThrownBy(() -> TorchFile.entries(file))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith("x.bin: " + reason);
    }

    private Path write(Pickle pickle) throws IOException {
        return new TorchArchive().pickle(pickle).writeTo(folder.resolve("x.bin"));
    }

    private static Path written() {
        try {
            return Path.of(Objects.requireNonNull(TorchFileTests.class.getResource("/torch/state_dict.bin"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
