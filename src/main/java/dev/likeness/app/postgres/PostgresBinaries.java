package dev.likeness.app.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked once from the archive on the class path. */
final class PostgresBinaries {

    private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);

    private PostgresBinaries() {}

    /** Unpacks the archive of this platform if necessary, and returns the folder of the programs. */
    static Path unpackInto(Path directory) throws IOException {
        String archive = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
        URLConnection connection = locate(archive).openConnection();
        // The archive's length identifies its version, so an upgrade unpacks into another folder.
        Path target = directory.resolve("binaries-" + connection.getContentLengthLong());
        if (!Files.isDirectory(target)) {
            log.info("Unpacking the binaries of PostgreSQL, once");
            Path unfinished = directory.resolve("binaries.unfinished");
            FileSystemUtils.deleteRecursively(unfinished);
            try (InputStream in = connection.getInputStream()) {
                unpack(in, unfinished);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return target.resolve("bin");
    }

    static URL locate(String archive) {
        @Nullable URL url = PostgresBinaries.class.getResource(archive);
        if (url == null) {
            throw new EmbeddedPostgresException(
                    "there is no embedded PostgreSQL for this platform: " + archive + " is not on the class path",
                    "add the artifact of io.zonky.test.postgres for it, or " + EmbeddedPostgresException.USE_A_SERVER);
        }
        return url;
    }

    static String archiveName(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : osName.toLowerCase(Locale.ROOT);
        String arch = switch (osArch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> osArch;
        };
        return "/postgres-" + os.replace(' ', '_') + "-" + arch + ".txz";
    }

    private static void unpack(InputStream in, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
            for (@Nullable TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("the archive has a path outside of its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    boolean executable = (entry.getMode() & 0100) != 0;
                    if (executable && !path.toFile().setExecutable(true, false)) {
                        throw new IOException("cannot make " + path + " executable");
                    }
                }
            }
        }
    }
}
