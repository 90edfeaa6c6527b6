package dev.likeness.diffusion.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes archives as {@code torch.save} does, and invalid variants. */
public final class TorchArchive {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private int method = ZipEntry.STORED;

    /** The tensors of a safetensors file, as type F32. */
    public static TorchArchive of(SafeTensors tensors) {
        TorchArchive archive = new TorchArchive();
        Pickle pickle = new Pickle().ops("}(");
        tensors.entries().forEach((name, tensor) -> {
            if (tensor.element() != Element.F32) {
                throw new IllegalArgumentException(name + " is " + tensor.element());
            }
            String key = Integer.toString(archive.entries.size());
            byte[] bytes = new byte[(int) tensor.length()];
            tensor.map().get(bytes);
            archive.storage(key, bytes);
            pickle.text(name)
                    .tensor(
                            pickle.storage("FloatStorage", key, bytes.length / 4),
                            0,
                            tensor.shape(),
                            rowMajor(tensor.shape()));
        });
        return archive.pickle(pickle.ops("u"));
    }

    private static long[] rowMajor(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    TorchArchive pickle(Pickle pickle) {
        return entry("x/data.pkl", pickle.bytes());
    }

    TorchArchive storage(String key, byte[] bytes) {
        return entry("x/data/" + key, bytes);
    }

    TorchArchive entry(String path, byte[] bytes) {
        entries.put(path, bytes);
        return this;
    }

    TorchArchive compressed() {
        method = ZipEntry.DEFLATED;
        return this;
    }

    /** Writes the archive and returns the file. */
    public Path writeTo(Path file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                CRC32 crc = new CRC32();
                crc.update(each.getValue());
                entry.setMethod(method);
                entry.setSize(each.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    /** A pickle of protocol 2, instruction by instruction. */
    static final class Pickle {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Pickle() {
            out.write(0x80);
            out.write(2);
        }

        /** Appends instructions without arguments, or any other bytes. */
        Pickle ops(String bytes) {
            out.writeBytes(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        }

        Pickle text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return ops("X").number(bytes.length).raw(bytes);
        }

        Pickle global(String module, String name) {
            return ops("c" + module + "\n" + name + "\n");
        }

        Pickle integer(long value) {
            return ops("\u008a\u0008")
                    .raw(ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(value)
                            .array());
        }

        /** A storage for use in {@link #tensor}. */
        Runnable storage(String type, String key, long elements) {
            return () -> ops("(").text("storage")
                    .global("torch", type)
                    .text(key)
                    .text("cpu")
                    .integer(elements)
                    .ops("tQ");
        }

        Pickle tensor(Runnable storage, long offset, long[] shape, long[] strides) {
            global("torch._utils", "_rebuild_tensor_v2").ops("(");
            storage.run();
            return integer(offset)
                    .tuple(shape)
                    .tuple(strides)
                    .ops("\u0089")
                    .global("collections", "OrderedDict")
                    .ops(")RtR");
        }

        private Pickle tuple(long[] values) {
            ops("(");
            for (long value : values) {
                integer(value);
            }
            return ops("t");
        }

        private Pickle number(int value) {
            return raw(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
        }

        private Pickle raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        /** The pickle so far, with its end. */
        byte[] bytes() {
            byte[] begun = out.toByteArray();
            byte[] whole = java.util.Arrays.copyOf(begun, begun.length + 1);
            whole[begun.length] = '.';
            return whole;
        }
    }
}
