package dev.likeness.app.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.FileSystemUtils;

/**
 * The models inside the application, below {@code models} on the class path. The engine reads weights from files, so
 * each model is unpacked once into a folder that is named by its content. Another version of the application unpacks
 * its own models, and a running version keeps its files.
 */
final class BundledModels {

    private static final Logger log = LoggerFactory.getLogger(BundledModels.class);
    private static final String MARKER = "model_index.json";
    private static final String ROOT = "models/";

    private final Path home;

    /** @param home folder to unpack into */
    BundledModels(Path home) {
        this.home = home.toAbsolutePath().normalize();
    }

    /** Folders of the unpacked models by id. */
    Map<String, Path> unpack() {
        try {
            Map<String, Path> folders = new TreeMap<>();
            for (Map.Entry<String, SortedMap<String, Resource>> model : find().entrySet()) {
                folders.put(model.getKey(), unpack(model.getKey(), model.getValue()));
            }
            return folders;
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled models cannot be unpacked below " + home, e);
        }
    }

    private Path unpack(String id, SortedMap<String, Resource> files) throws IOException {
        Path parent = home.resolve(id);
        Path target = parent.resolve(hash(files).substring(0, 16));
        if (Files.isDirectory(target)) {
            return target;
        }
        Files.createDirectories(parent);
        Path draft = parent.resolve(".unpacking-" + UUID.randomUUID());
        try {
            for (Map.Entry<String, Resource> file : files.entrySet()) {
                copy(file.getValue(), draft.resolve(file.getKey()));
            }
            moveUnlessThere(draft, target);
            log.info("unpacked model {}", id);
            return target;
        } finally {
            FileSystemUtils.deleteRecursively(draft);
        }
    }

    /** Another process may have been faster. A folder with the final name is always complete. */
    private static void moveUnlessThere(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
        }
    }

    private static void copy(Resource from, Path to) throws IOException {
        Files.createDirectories(to.resolveSibling("."));
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                InputStream in = from.getInputStream()) {
            in.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
    }

    /** Files by their path inside the model, of every model by its id. */
    private static Map<String, SortedMap<String, Resource>> find() throws IOException {
        PathMatchingResourcePatternResolver resources = new PathMatchingResourcePatternResolver();
        Map<String, SortedMap<String, Resource>> models = new TreeMap<>();
        for (Resource marker : resources.getResources("classpath*:" + ROOT + "**/" + MARKER)) {
            String at = marker.getURL().toString();
            String base = at.substring(0, at.length() - MARKER.length());
            String id = base.substring(base.lastIndexOf(ROOT) + ROOT.length(), base.length() - 1);
            SortedMap<String, Resource> files = new TreeMap<>();
            for (Resource file : resources.getResources("classpath*:" + ROOT + id + "/**")) {
                String url = file.getURL().toString();
                if (url.startsWith(base) && !url.endsWith("/")) {
                    files.put(url.substring(base.length()), file);
                }
            }
            models.put(id, files);
        }
        return models;
    }

    private static String hash(SortedMap<String, Resource> files) throws IOException {
        MessageDigest digest = sha256();
        for (Map.Entry<String, Resource> file : files.entrySet()) {
            digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            try (InputStream in = file.getValue().getInputStream();
                    OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                digest.update(Long.toString(in.transferTo(out)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
