package dev.likeness.diffusion.model;

import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensorsWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Writes a model's folder with the weights in use as a zip file. The file is not compressed, because weights do not compress. */
public final class ModelArchive {

    private static final int BUFFER = 1 << 20;

    private final ModelFolder folder;
    private final ModelParts parts;
    private final boolean zeroTerminalSnr;

    /** @param zeroTerminalSnr whether the scheduler's file says that the weights were trained with zero terminal SNR */
    public ModelArchive(ModelFolder folder, ModelParts parts, boolean zeroTerminalSnr) {
        this.folder = folder;
        this.parts = parts;
        this.zeroTerminalSnr = zeroTerminalSnr;
    }

    public void write(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.NO_COMPRESSION);
        for (Map.Entry<String, Path> file : others().entrySet()) {
            zip.putNextEntry(new ZipEntry(file.getKey()));
            if (zeroTerminalSnr && file.getKey().equals(SchedulerFile.NAME)) {
                zip.write(SchedulerFile.withZeroTerminalSnr(file.getValue()));
            } else {
                Files.copy(file.getValue(), zip);
            }
            zip.closeEntry();
        }
        for (Map.Entry<String, Network> network : networks().entrySet()) {
            zip.putNextEntry(new ZipEntry(network.getKey()));
            weights(network.getValue(), zip);
            zip.closeEntry();
        }
        zip.finish();
    }

    private static void weights(Network network, OutputStream out) throws IOException {
        network.read(weights -> {
            SafeTensorsWriter.write(out, weights, Map.of("format", "pt"));
            return out;
        });
    }

    /** @throws InvalidModelException if its contents differ from the weights in use */
    public void verify(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (String name : others().keySet()) {
                if (zip.getEntry(name) == null) {
                    throw new InvalidModelException("the exported model has no " + name);
                }
            }
            for (Map.Entry<String, Network> network : networks().entrySet()) {
                ZipEntry entry = zip.getEntry(network.getKey());
                if (entry == null || !Arrays.equals(digest(zip, entry), digest(network.getValue()))) {
                    throw new InvalidModelException(
                            "the exported model's %s differs from what was written".formatted(network.getKey()));
                }
            }
        } catch (IOException e) {
            throw new InvalidModelException("the exported model cannot be read back", e);
        }
    }

    private static byte[] digest(ZipFile zip, ZipEntry entry) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return digest.digest();
    }

    private static byte[] digest(Network network) throws IOException {
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            weights(network, out);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing", e);
        }
    }

    /** The networks that training can change, by the names of their files. */
    private Map<String, Network> networks() {
        Map<String, Network> networks = new LinkedHashMap<>();
        parts.trainable().forEach((prefix, network) -> {
            String part = prefix.substring(0, prefix.length() - 1);
            networks.put(part + "/" + folder.weightFiles(part).file(), network);
        });
        return networks;
    }

    /** The other files of the folder: configurations, tokenizers, the autoencoder. */
    private Map<String, Path> others() throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(folder.root())) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.root().relativize(file).toString().replace('\\', '/');
                boolean replaced = name.endsWith(".safetensors") || name.endsWith(".safetensors.index.json");
                boolean trained = parts.trainable().keySet().stream()
                        .anyMatch(prefix -> name.startsWith(prefix.replace('.', '/')));
                if (folder.owns(name) && !(trained && replaced)) {
                    files.put(name, file);
                }
            }
        }
        return files;
    }
}
