package dev.likeness.diffusion.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A handwritten TorchScript archive: one module {@code M} without parameters, whose attribute {@code w} holds the
 * weights, and whose attribute {@code kept} holds lists of tensors between calls. It gives DJL every ATen operator, with
 * autograd.
 *
 * <p>The archive is a zip of stored entries: {@code data.pkl} (the module object, pickled), {@code constants.pkl} (an
 * empty tuple) and the code. See PyTorch's torch/csrc/jit/docs/serialization.md.
 */
final class ScriptArchive {

    private static final String ROOT = "k/";
    private static final String FORMAT_VERSION = "10\n";

    private ScriptArchive() {}

    /**
     * @param functions free functions in the module's file
     * @param methods methods of the module, indented by two blanks
     */
    static byte[] of(String functions, String methods) {
        String code = functions + """
                class M(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  w : Dict[str, Tensor]
                  kept : Dict[str, List[Tensor]]
                """ + methods;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            put(zip, "version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
            put(zip, "data.pkl", module());
            put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            put(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * A pickle of protocol 2: {@code M.__new__()} with the state {@code {training: True, w: {}, kept: {}}}, whose empty maps
     * have the types of the attributes.
     */
    private static byte[] module() throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {(byte) 0x80, 2});
        ascii(pickle, "c__torch__\nM\n");
        ascii(pickle, ")");
        pickle.write(0x81);
        ascii(pickle, "}(");
        text(pickle, "training");
        pickle.write(0x88);
        emptyMap(pickle, "w", "Dict[str, Tensor]");
        emptyMap(pickle, "kept", "Dict[str, List[Tensor]]");
        ascii(pickle, "ub.");
        return pickle.toByteArray();
    }

    private static void emptyMap(ByteArrayOutputStream pickle, String attribute, String type) throws IOException {
        text(pickle, attribute);
        ascii(pickle, "ctorch.jit._pickle\nrestore_type_tag\n(}");
        text(pickle, type);
        ascii(pickle, "tR");
    }

    private static void ascii(ByteArrayOutputStream pickle, String opcodes) throws IOException {
        pickle.write(opcodes.getBytes(StandardCharsets.US_ASCII));
    }

    private static void text(ByteArrayOutputStream pickle, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        pickle.write('X');
        pickle.write(new byte[] {(byte) utf8.length, 0, 0, 0});
        pickle.write(utf8);
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(ROOT + name);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setCrc(crc.getValue());
        entry.setSize(bytes.length);
        entry.setCompressedSize(bytes.length);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
