package dev.likeness.app.upload;

import dev.likeness.app.picture.FaceSearch;
import dev.likeness.app.picture.MaskDecoder;
import dev.likeness.app.picture.Orientation;
import dev.likeness.app.picture.PictureDecoder;
import dev.likeness.app.picture.PictureFile;
import dev.likeness.app.picture.PictureFormat;
import dev.likeness.app.picture.PictureProblem;
import dev.likeness.app.picture.PictureProblem.Kind;
import dev.likeness.app.picture.RefusedPictureException;
import dev.likeness.app.picture.Traits;
import dev.likeness.app.security.Owners;
import dev.likeness.diffusion.data.PillowResize;
import dev.likeness.diffusion.data.PillowResize.Filter;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.face.FaceBox;
import java.io.IOException;
import java.io.InputStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks every file of an upload before any of them is stored. One large and one smaller file are decoded at a time, so
 * the limits of bytes and pixels bound the memory. Owners take turns: an upload waits for at most one file of each
 * other owner, and for large files only if it has one itself.
 */
@Component
public class PictureIntake {

    private static final int NAME_LENGTH = 100;

    /** Share of the most pixels below which a file is not large: 13 million by default. Telephones send 12 million. */
    private static final int ORDINARY = 3;

    private final UploadSettings settings;
    private final FaceSearch faces;
    private final PixelBudget budget;
    private final DecodingMemory memory;
    private final Turns ordinary = new Turns(1, 1);
    private final Turns large = new Turns(1, 1);

    PictureIntake(UploadSettings settings, FaceSearch faces, PixelBudget budget, DecodingMemory memory) {
        this.settings = settings;
        this.faces = faces;
        this.budget = budget;
        this.memory = memory;
    }

    /**
     * Decodes and measures all files.
     *
     * @param ofPerson whether to look for faces, which takes longer than all other measures together
     * @throws UnusablePicturesException naming every file that cannot be used
     * @throws TooManyPixelsException if the current owner has exceeded the limit of decoded pixels; then none of these
     *     is decoded
     */
    public List<CheckedPicture> check(List<Upload> uploads, boolean ofPerson) {
        checkCountAndSizes(uploads, settings.ofSubject());
        SortedMap<Integer, PictureProblem> problems = new TreeMap<>();
        SortedMap<Integer, Long> costs = costs(uploads, problems);
        // All or nothing: a partly decoded subject is useless.
        budget.take(costs.values().stream().mapToLong(it -> it).sum());
        List<CheckedPicture> checked = new ArrayList<>();
        costs.forEach((i, cost) -> {
            String name = name(uploads, i);
            try {
                checked.add(check(name, uploads.get(i), turns(cost), ofPerson));
            } catch (RefusedPictureException e) {
                problems.put(i, problem(uploads, i, e));
            }
        });
        requireNone(problems);
        return checked;
    }

    /**
     * Decodes all files, one after the other, so that one picture is in memory at a time.
     *
     * @param decoded takes each picture, until one is refused
     * @throws UnusablePicturesException naming every file that cannot be used
     * @throws TooManyPixelsException if the current owner has exceeded the limit of decoded pixels; then none of these
     *     is decoded
     */
    public void decode(List<Upload> uploads, PictureLimits limits, Consumer<DecodedPicture> decoded) {
        checkCountAndSizes(uploads, limits);
        SortedMap<Integer, PictureProblem> problems = new TreeMap<>();
        SortedMap<Integer, Long> costs = costs(uploads, problems);
        requireNone(problems);
        budget.take(costs.values().stream().mapToLong(it -> it).sum());
        costs.forEach((i, cost) -> {
            try {
                Decoded picture = inTurn(turns(cost), () -> decoded(open(uploads.get(i)), null));
                if (problems.isEmpty()) {
                    decoded.accept(new DecodedPicture(
                            i, name(uploads, i), picture.format().wire(), picture.image()));
                }
            } catch (RefusedPictureException e) {
                problems.put(i, problem(uploads, i, e));
            }
        });
        requireNone(problems);
    }

    private static void requireNone(SortedMap<Integer, PictureProblem> problems) {
        if (!problems.isEmpty()) {
            throw new UnusablePicturesException(List.copyOf(problems.values()));
        }
    }

    private Turns turns(long cost) {
        return cost <= settings.maxPixels() / ORDINARY ? ordinary : large;
    }

    /** Pixels of the files that passed the checks before decoding. */
    private SortedMap<Integer, Long> costs(List<Upload> uploads, Map<Integer, PictureProblem> problems) {
        SortedMap<Integer, Long> costs = new TreeMap<>();
        for (int i = 0; i < uploads.size(); i++) {
            Upload upload = uploads.get(i);
            try {
                costs.put(i, inTurn(ordinary, () -> cost(upload)));
            } catch (RefusedPictureException e) {
                problems.put(i, problem(uploads, i, e));
            }
        }
        return costs;
    }

    private long cost(Upload upload) throws RefusedPictureException {
        long cost = open(upload).cost();
        Upload.Mask mask = upload.mask();
        return mask == null ? cost : cost + open(mask).cost();
    }

    private static PictureProblem problem(List<Upload> uploads, int index, RefusedPictureException why) {
        Upload.Mask mask = why.isOfMask() ? uploads.get(index).mask() : null;
        if (mask != null) {
            String name = printable(mask.file().fileName(), mask.index());
            return problem(mask.index(), name, why, mask.file().field());
        }
        String field = uploads.get(index).field();
        long before = uploads.subList(0, index).stream()
                .filter(it -> it.field().equals(field))
                .count();
        return problem((int) before, name(uploads, index), why, field);
    }

    private static PictureProblem problem(int index, String name, RefusedPictureException why, String field) {
        return new PictureProblem(index, name, why.kind(), "%s %s.".formatted(name, why.reason()), field);
    }

    private static String name(List<Upload> uploads, int index) {
        return printable(uploads.get(index).fileName(), index);
    }

    private static void checkCountAndSizes(List<Upload> uploads, PictureLimits limits) {
        int count = uploads.size();
        if (count < limits.min() || count > limits.max()) {
            throw PictureSources.wrongCount(count, limits);
        }
        long total = uploads.stream().mapToLong(Upload::totalSize).sum();
        if (total > limits.totalSize().toBytes()) {
            String message = "The pictures have a total size of %s; the limit is %s."
                    .formatted(megabytes(total), megabytes(limits.totalSize().toBytes()));
            throw new UnusablePicturesException(List.of(new PictureProblem(null, null, Kind.TOO_LARGE, message)));
        }
    }

    private CheckedPicture check(String name, Upload upload, Turns turns, boolean ofPerson)
            throws RefusedPictureException {
        return inTurn(turns, () -> decoded(open(upload), upload.mask()))
                .measured(name, ofPerson ? faces::in : it -> null);
    }

    private Decoded decoded(PictureFile file, Upload.@Nullable Mask mask) throws RefusedPictureException {
        try {
            PictureDecoder.Decoded found = PictureDecoder.decodeWithOpacity(file);
            RgbImage image = reduced(found.image());
            // A mask file says more than transparency.
            RgbImage marked = mask == null ? found.opacity() : maskOf(open(mask), file);
            return new Decoded(
                    file.format(),
                    Orientation.of(file.exif()),
                    image,
                    marked == null
                            ? null
                            : PillowResize.resize(marked, image.width(), image.height(), Filter.BILINEAR));
        } finally {
            memory.took(file.cost());
        }
    }

    private static RgbImage maskOf(PictureFile mask, PictureFile picture) throws RefusedPictureException {
        try {
            return MaskDecoder.decode(mask, picture);
        } catch (RefusedPictureException e) {
            throw e.ofMask();
        }
    }

    private PictureFile open(Upload.Mask mask) throws RefusedPictureException {
        try {
            return open(mask.file());
        } catch (RefusedPictureException e) {
            throw e.ofMask();
        }
    }

    /** A step that has a file in memory. */
    private static <T> T inTurn(Turns turns, Step<T> step) throws RefusedPictureException {
        String owner = Owners.present();
        turns.enter(owner);
        try {
            return step.run();
        } finally {
            turns.leave(owner);
        }
    }

    private PictureFile open(Upload upload) throws RefusedPictureException {
        PictureFile file = PictureFile.open(read(upload));
        checkSize(file);
        return file;
    }

    private void checkSize(PictureFile file) throws RefusedPictureException {
        if (file.cost() > settings.maxPixels()) {
            throw new RefusedPictureException(
                    Kind.TOO_LARGE,
                    file.wide()
                            ? "has %dx%d pixels of 16 bits; the limit is %s million pixels of 16 bits. Reduce the picture, or save it with 8 bits"
                                    .formatted(file.width(), file.height(), millions(settings.maxPixels() / 2))
                            : "has %dx%d pixels; the limit is %s million pixels. Reduce the picture"
                                    .formatted(file.width(), file.height(), millions(settings.maxPixels())));
        }
        int side = Math.min(file.width(), file.height());
        if (side < settings.minSide()) {
            throw new RefusedPictureException(
                    Kind.TOO_SMALL,
                    "has %dx%d pixels; send a picture whose short side has at least %d"
                            .formatted(file.width(), file.height(), settings.minSide()));
        }
    }

    /** Reads at most one byte more than is allowed, whatever size the upload declares. */
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

    private static String millions(long pixels) {
        return new DecimalFormat("0.#", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(pixels / 1e6);
    }

    static String megabytes(long bytes) {
        return "%.1f MB".formatted(bytes / (1024.0 * 1024));
    }

    /** The name without folders and without characters that could break a line of a log or a terminal. */
    public static String printable(String name, int index) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String clean = oneLine(last);
        return clean.isEmpty() ? "picture " + (index + 1) : clean;
    }

    /** A text from outside without characters that could break a line, cut to the length of a name. */
    static String oneLine(String text) {
        String clean = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "").strip();
        return clean.codePointCount(0, clean.length()) <= NAME_LENGTH
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, NAME_LENGTH)) + "…";
    }

    private record Decoded(
            PictureFormat format,
            Orientation orientation,
            RgbImage image,
            @Nullable RgbImage mask) {

        CheckedPicture measured(String name, Function<RgbImage, @Nullable List<FaceBox>> faces) {
            return new CheckedPicture(name, format.wire(), image, Traits.of(image, orientation, faces), mask);
        }
    }

    @FunctionalInterface
    private interface Step<T> {
        T run() throws RefusedPictureException;
    }
}
