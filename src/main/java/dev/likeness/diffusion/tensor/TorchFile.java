package dev.likeness.diffusion.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A state dict as {@code torch.save} writes it since PyTorch 1.6: a zip of uncompressed entries, {@code NAME/data.pkl}
 * with the names and shapes of tensors, and {@code NAME/data/0} and so on with their bytes. No code in it is executed:
 * see {@link Unpickler}. Sizes in the pickle are checked against the archive before they are used.
 */
final class TorchFile {

    private static final String PICKLE = "/data.pkl";

    /** The key under which trainers keep the tensors, beside other state. */
    private static final String NESTED = "state_dict";

    /** Far more than any model's tensor names take. */
    private static final int MAX_PICKLE = 1 << 26;

    private static final int MAX_BYTE_ORDER = 16;

    private final Path file;
    private final ZipFile zip;
    private final long size;

    private TorchFile(Path file, ZipFile zip) throws IOException {
        this.file = file;
        this.zip = zip;
        this.size = Files.size(file);
    }

    /**
     * The locations of a file's tensors, by their names.
     *
     * @throws InvalidModelException if the file is missing, damaged, of another kind, or contains anything but tensors
     */
    static Map<String, SafeTensors.Entry> entries(Path file) {
        String name = file.getFileName().toString();
        try (ZipFile zip = open(file)) {
            return new TorchFile(file, zip).read();
        } catch (NoSuchFileException e) {
            throw new InvalidModelException(name + " is missing", e);
        } catch (IOException e) {
            throw new InvalidModelException(
                    name + " is not a PyTorch zip file, or is cut short: convert it to safetensors", e);
        } catch (InvalidModelException e) {
            throw new InvalidModelException("%s: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static ZipFile open(Path file) throws IOException {
        try {
            return ZipFile.builder().setPath(file).get();
        } catch (IllegalArgumentException e) {
            throw new IOException("a damaged directory", e);
        }
    }

    private Map<String, SafeTensors.Entry> read() throws IOException {
        String root = root();
        requireLittleEndian(root);
        TorchObjects objects = new TorchObjects(file, key -> {
            ZipArchiveEntry storage = entry(root + "/data/" + key);
            return new TorchObjects.Place(storage.getDataOffset(), storage.getSize());
        });
        return tensors(new Unpickler(bytes(entry(root + PICKLE), MAX_PICKLE), objects).read());
    }

    private static Map<String, SafeTensors.Entry> tensors(Object state) {
        if (!(state instanceof Map<?, ?> dict)) {
            throw new InvalidModelException("it does not contain a dict of tensors");
        }
        // Only one level is searched, because a dict may contain itself.
        Map<?, ?> named = dict.get(NESTED) instanceof Map<?, ?> nested ? nested : dict;
        Map<String, SafeTensors.Entry> entries = new LinkedHashMap<>();
        named.forEach((key, value) -> {
            if (!(key instanceof String name) || !(value instanceof SafeTensors.Entry tensor)) {
                throw new InvalidModelException(
                        "its entry %s is not a tensor".formatted(TorchObjects.printable(key.toString())));
            }
            entries.put(name, tensor);
        });
        return entries;
    }

    /** The archive's top folder. */
    private String root() {
        List<String> roots = new ArrayList<>();
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
            String path = entry.getName();
            if (path.endsWith(PICKLE) && path.indexOf('/') == path.length() - PICKLE.length()) {
                roots.add(path.substring(0, path.length() - PICKLE.length()));
            }
        }
        if (roots.size() != 1) {
            throw new InvalidModelException("it holds %d data.pkl instead of one".formatted(roots.size()));
        }
        return roots.get(0);
    }

    /**
     * Files written before PyTorch 2.1 do not state the byte order. It is their machine's, and almost always
     * little-endian.
     */
    private void requireLittleEndian(String root) throws IOException {
        String path = root + "/byteorder";
        if (zip.getEntry(path) == null) {
            return;
        }
        String order = new String(bytes(entry(path), MAX_BYTE_ORDER), StandardCharsets.US_ASCII);
        if (!order.equals("little")) {
            throw new InvalidModelException(
                    "its byte order is %s; only little is read".formatted(TorchObjects.printable(order)));
        }
    }

    /** An uncompressed entry. */
    private ZipArchiveEntry entry(String path) {
        List<ZipArchiveEntry> found = new ArrayList<>();
        zip.getEntries(path).forEach(found::add);
        if (found.size() != 1) {
            throw new InvalidModelException(
                    "it holds %s %d times instead of once".formatted(TorchObjects.printable(path), found.size()));
        }
        ZipArchiveEntry entry = found.get(0);
        long begin = entry.getDataOffset();
        if (entry.getMethod() != ZipEntry.STORED
                || entry.getGeneralPurposeBit().usesEncryption()
                || entry.getSize() != entry.getCompressedSize()
                || begin < 0
                || entry.getSize() < 0
                || entry.getSize() > size - begin) {
            throw new InvalidModelException(
                    "%s is compressed, encrypted or cut short".formatted(TorchObjects.printable(path)));
        }
        return entry;
    }

    private byte[] bytes(ZipArchiveEntry entry, int limit) throws IOException {
        if (entry.getSize() > limit) {
            throw new InvalidModelException("%s has %d bytes; more than %d are not read"
                    .formatted(TorchObjects.printable(entry.getName()), entry.getSize(), limit));
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes((int) entry.getSize());
        }
    }
}
