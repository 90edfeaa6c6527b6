package dev.likeness.app.subject;

import dev.likeness.app.subject.PictureProblem.Kind;
import dev.likeness.diffusion.data.PillowResize;
import dev.likeness.diffusion.data.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/**
 * Looks at every file of an upload before any of them is kept. Files are read and decoded one at a time, whoever sends
 * them, so the limits of bytes and pixels bound the memory that takes.
 */
@Component
class PictureIntake {

    private static final int NAME_LENGTH = 100;

    private final UploadSettings settings;
    private final FaceSearch faces;
    private final ReentrantLock taking = new ReentrantLock();

    PictureIntake(UploadSettings settings, FaceSearch faces) {
        this.settings = settings;
        this.faces = faces;
    }

    /**
     * Decodes and measures all of them.
     *
     * @param ofPerson whether to look for faces, which takes longer than all other measures together
     * @throws UnusablePicturesException naming every file that cannot be used
     */
    List<CheckedPicture> check(List<Upload> uploads, boolean ofPerson) {
        checkCountAndSizes(uploads);
        List<CheckedPicture> checked = new ArrayList<>();
        List<PictureProblem> problems = new ArrayList<>();
        for (int i = 0; i < uploads.size(); i++) {
            String name = printable(uploads.get(i).fileName(), i);
            try {
                checked.add(check(name, uploads.get(i), ofPerson));
            } catch (RefusedPictureException e) {
                problems.add(new PictureProblem(i, name, e.kind(), "%s %s.".formatted(name, e.reason())));
            }
        }
        if (!problems.isEmpty()) {
            throw new UnusablePicturesException(problems);
        }
        return checked;
    }

    private void checkCountAndSizes(List<Upload> uploads) {
        int count = uploads.size();
        if (count < settings.minPictures() || count > settings.maxPictures()) {
            String message = "%s sent; send %d to %d."
                    .formatted(
                            count == 1 ? "1 picture was" : count + " pictures were",
                            settings.minPictures(),
                            settings.maxPictures());
            throw new UnusablePicturesException(List.of(new PictureProblem(null, null, Kind.COUNT, message)));
        }
        long total = uploads.stream().mapToLong(Upload::size).sum();
        if (total > settings.maxTotalSize().toBytes()) {
            String message = "The pictures have %s together; send at most %s."
                    .formatted(
                            megabytes(total), megabytes(settings.maxTotalSize().toBytes()));
            throw new UnusablePicturesException(List.of(new PictureProblem(null, null, Kind.TOO_LARGE, message)));
        }
    }

    private CheckedPicture check(String name, Upload upload, boolean ofPerson) throws RefusedPictureException {
        PictureFile file;
        RgbImage image;
        taking.lock();
        try {
            file = PictureFile.open(read(upload));
            checkSize(file);
            image = reduced(PictureDecoder.decode(file));
        } finally {
            taking.unlock();
        }
        Orientation orientation = Orientation.of(file.exif());
        Traits traits = Traits.of(image, orientation, ofPerson ? faces::in : it -> null);
        return new CheckedPicture(name, file.format().wire(), image, traits);
    }

    private void checkSize(PictureFile file) throws RefusedPictureException {
        if (file.pixels() > settings.maxPixels()) {
            throw new RefusedPictureException(
                    Kind.TOO_LARGE,
                    "has %dx%d pixels; send at most %d million, reduced if need be"
                            .formatted(file.width(), file.height(), settings.maxPixels() / 1_000_000));
        }
        int side = Math.min(file.width(), file.height());
        if (side < settings.minSide()) {
            throw new RefusedPictureException(
                    Kind.TOO_SMALL,
                    "has %dx%d pixels; send a picture whose short side has at least %d"
                            .formatted(file.width(), file.height(), settings.minSide()));
        }
    }

    /** Reads one byte more than is allowed at most, whatever the upload says of its size. */
    private byte[] read(Upload upload) throws RefusedPictureException {
        int limit =
                (int) Math.min(Integer.MAX_VALUE - 16, settings.maxFileSize().toBytes());
        if (upload.size() > limit) {
            throw tooLarge(upload.size());
        }
        try (InputStream in = upload.content().open()) {
            byte[] file = in.readNBytes(limit + 1);
            if (file.length > limit) {
                throw tooLarge(file.length);
            }
            return file;
        } catch (IOException e) {
            throw new RefusedPictureException(Kind.UNREADABLE, "could not be received; send it again");
        }
    }

    private RefusedPictureException tooLarge(long size) {
        return new RefusedPictureException(
                Kind.TOO_LARGE,
                "has %s; send at most %s"
                        .formatted(
                                megabytes(size),
                                megabytes(settings.maxFileSize().toBytes())));
    }

    private RgbImage reduced(RgbImage image) {
        int longSide = Math.max(image.width(), image.height());
        int limit = settings.maxKeptSide();
        if (longSide <= limit) {
            return image;
        }
        return PillowResize.bicubic(
                image, Math.max(1, (int) ((long) image.width() * limit / longSide)), Math.max(1, (int)
                        ((long) image.height() * limit / longSide)));
    }

    private static String megabytes(long bytes) {
        return "%.1f MB".formatted(bytes / (1024.0 * 1024));
    }

    /** The name without folders and without anything that could break a line of a log or of a terminal. */
    private static String printable(String name, int index) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String clean = last.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "").strip();
        if (clean.isEmpty()) {
            return "picture " + (index + 1);
        }
        return clean.length() <= NAME_LENGTH ? clean : clean.substring(0, NAME_LENGTH) + "…";
    }
}
