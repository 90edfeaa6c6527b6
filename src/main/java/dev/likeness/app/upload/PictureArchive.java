package dev.likeness.app.upload;

import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.artifact.StorageException.Reason;
import dev.likeness.app.picture.PictureProblem;
import dev.likeness.app.picture.PictureProblem.Kind;
import dev.likeness.app.picture.RefusedPictureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/**
 * The files of a ZIP archive. Nothing is unpacked to disk: each file is inflated when it is read, and no further than
 * the archive's directory says, so that neither a small archive of huge files nor a wrong size costs memory. Names are
 * shown and never used as paths.
 */
final class PictureArchive {

    /** The first bytes of an archive with files, and of one without. */
    private static final List<byte[]> BEGINNINGS = List.of(new byte[] {'P', 'K', 3, 4}, new byte[] {'P', 'K', 5, 6});

    /** The most bytes that are read of the directory: about 10,000 names of ordinary length. */
    private static final long DIRECTORY = 1 << 20;

    private static final Set<String> OF_SYSTEMS = Set.of("__macosx", "thumbs.db", "desktop.ini");

    private final Upload upload;
    private final Path file;
    private final ZipFile zip;
    private final PictureLimits limits;
    private final List<PictureProblem> problems = new ArrayList<>();

    private PictureArchive(Upload upload, Path file, ZipFile zip, PictureLimits limits) {
        this.upload = upload;
        this.file = file;
        this.zip = zip;
        this.limits = limits;
    }

    /** Whether a file is a ZIP archive, by its first bytes. */
    static boolean isOne(Upload upload) {
        try (InputStream in = upload.content().open()) {
            byte[] first = in.readNBytes(4);
            return BEGINNINGS.stream().anyMatch(it -> Arrays.equals(it, first));
        } catch (IOException | RefusedPictureException e) {
            // The check of the picture reports it.
            return false;
        }
    }

    /**
     * The files of an archive, without folders and without what operating systems add.
     *
     * @param temporary keeps the archive open
     * @throws UnusablePicturesException naming every file that cannot be unpacked
     */
    static List<Upload> open(Upload upload, PictureLimits limits, TemporaryFiles temporary) {
        Path file = temporary.create();
        copy(upload, file, limits);
        return new PictureArchive(upload, file, zip(upload, file, temporary), limits).files();
    }

    private static ZipFile zip(Upload upload, Path file, TemporaryFiles temporary) {
        BoundedChannel channel;
        try {
            channel = temporary.closing(new BoundedChannel(Files.newByteChannel(file), DIRECTORY));
        } catch (IOException e) {
            throw new StorageException(Reason.NOT_WRITTEN, "an upload could not be read back", e);
        }
        try {
            ZipFile zip = temporary.closing(ZipFile.builder()
                    .setSeekableByteChannel(channel)
                    .setIgnoreLocalFileHeader(true)
                    .get());
            channel.release();
            return zip;
        } catch (IOException | RuntimeException e) {
            // Besides its own exceptions the library has those of broken indices.
            throw channel.isExceeded()
                    ? refused(
                            upload,
                            Kind.TOO_LARGE,
                            "The ZIP archive has too many files; put nothing else into it than pictures.")
                    : refused(
                            upload,
                            Kind.UNREADABLE,
                            "The ZIP archive is damaged, incomplete or in several parts; pack the pictures again.");
        }
    }

    private static void copy(Upload upload, Path file, PictureLimits limits) {
        long most = limits.totalSize().toBytes();
        try (InputStream in = upload.content().open();
                OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long copied = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copied += read;
                if (copied > most) {
                    throw refused(
                            upload,
                            Kind.TOO_LARGE,
                            "The ZIP archive is larger than %s.".formatted(PictureIntake.megabytes(most)));
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException | RefusedPictureException e) {
            throw refused(upload, Kind.UNREADABLE, "The ZIP archive could not be received; send it again.");
        }
    }

    private List<Upload> files() {
        List<Upload> files = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long total = 0;
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
            String name = entry.getName().replace('\\', '/');
            Optional<String> why = nameProblem(name);
            if (why.isPresent()) {
                problem(entry, Kind.ARCHIVE, why.get());
            } else if (!name.endsWith("/") && !isOfSystem(name)) {
                if (!names.add(path(name))) {
                    problem(entry, Kind.ARCHIVE, "is in the archive more than once; leave out all but one");
                } else if (isReadable(entry)) {
                    total += entry.getSize();
                    files.add(new Upload(name, entry.getSize(), () -> content(entry), upload.field()));
                }
            }
        }
        long most = limits.totalSize().toBytes();
        if (total > most) {
            problems.add(new PictureProblem(
                    null,
                    null,
                    Kind.TOO_LARGE,
                    "The files of the ZIP archive have a total size of %s; the limit is %s."
                            .formatted(PictureIntake.megabytes(total), PictureIntake.megabytes(most)),
                    upload.field()));
        }
        if (!problems.isEmpty()) {
            throw new UnusablePicturesException(problems);
        }
        return files;
    }

    /** Why a name is refused. Such names are made to write outside of the folder that an archive is unpacked to. */
    private static Optional<String> nameProblem(String name) {
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("has control characters in its name; rename it");
        }
        boolean outside = name.startsWith("/")
                || name.matches("^[A-Za-z]:.*")
                || Arrays.asList(name.split("/")).contains("..");
        return outside
                ? Optional.of("has a path that leads out of the archive; pack it with a relative path")
                : Optional.empty();
    }

    /** Whether an operating system has added it, such as {@code __MACOSX/._1.png} and {@code .DS_Store}. */
    private static boolean isOfSystem(String name) {
        return Arrays.stream(path(name).split("/"))
                .anyMatch(it -> it.startsWith(".") || OF_SYSTEMS.contains(it.toLowerCase(Locale.ROOT)));
    }

    private static String path(String name) {
        return name.replaceAll("(^|/)(\\./)+", "$1").replaceAll("/{2,}", "/");
    }

    private boolean isReadable(ZipArchiveEntry entry) {
        if (entry.isUnixSymlink()) {
            return problem(entry, Kind.ARCHIVE, "is a symbolic link; pack the file itself");
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            return problem(entry, Kind.ARCHIVE, "is encrypted; pack it without a password");
        }
        if (entry.getMethod() != ZipMethod.STORED.getCode() && entry.getMethod() != ZipMethod.DEFLATED.getCode()) {
            return problem(
                    entry,
                    Kind.ARCHIVE,
                    "is compressed with method %d; use deflate or no compression".formatted(entry.getMethod()));
        }
        try {
            if (entry.getSize() >= 0 && LocalHeader.agrees(file, entry)) {
                return true;
            }
        } catch (IOException e) {
            // The header lies outside of the file.
        }
        return problem(entry, Kind.UNREADABLE, "has contradicting headers in the archive; pack it again");
    }

    /** Inflates at most one byte more than the directory says, and compares size and checksum. */
    private InputStream content(ZipArchiveEntry entry) throws RefusedPictureException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 16, entry.getSize() + 1));
            CRC32 crc = new CRC32();
            crc.update(bytes);
            if (bytes.length == entry.getSize() && crc.getValue() == entry.getCrc()) {
                return new ByteArrayInputStream(bytes);
            }
        } catch (IOException | RuntimeException e) {
            // Falls through: it does not matter which part of it is damaged.
        }
        throw new RefusedPictureException(
                Kind.UNREADABLE, "is damaged: it has another size or checksum than the archive says; pack it again");
    }

    private boolean problem(ZipArchiveEntry entry, Kind kind, String reason) {
        String name = PictureIntake.printable(entry.getName(), problems.size());
        problems.add(new PictureProblem(null, name, kind, "%s %s.".formatted(name, reason), upload.field()));
        return false;
    }

    private static UnusablePicturesException refused(Upload upload, Kind kind, String message) {
        return new UnusablePicturesException(List.of(new PictureProblem(null, null, kind, message, upload.field())));
    }
}
