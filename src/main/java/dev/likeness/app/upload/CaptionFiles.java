package dev.likeness.app.upload;

import dev.likeness.app.picture.PictureFormat;
import dev.likeness.app.picture.PictureProblem;
import dev.likeness.app.picture.PictureProblem.Kind;
import dev.likeness.app.picture.RefusedPictureException;
import dev.likeness.app.spec.CaptionRules;
import dev.likeness.app.spec.OneLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Separates captions from pictures. As in kohya's scripts and AUTOMATIC1111, the caption of {@code a/1.png} is the text
 * of {@code a/1.txt}. A file is a caption by its name, unless its bytes are a picture's.
 */
final class CaptionFiles {

    private static final String ENDING = ".txt";

    /** In bytes. A larger file is no caption. */
    private static final int LARGEST = 64 * 1024;

    private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final byte[] UTF_16_LE_MARK = {(byte) 0xff, (byte) 0xfe};
    private static final byte[] UTF_16_BE_MARK = {(byte) 0xfe, (byte) 0xff};

    private final List<PictureProblem> problems = new ArrayList<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Upload> files = new HashMap<>();

    private CaptionFiles() {}

    /**
     * Pictures with their captions. An empty text is no caption.
     *
     * @param temporary closed with the result
     * @throws UnusablePicturesException naming every caption that is not a text, or belongs to no picture
     */
    static SentPictures sort(List<Upload> files, TemporaryFiles temporary) {
        CaptionFiles captions = new CaptionFiles();
        List<Upload> pictures =
                files.stream().filter(it -> !captions.isCaption(it)).toList();
        return captions.with(pictures, temporary);
    }

    private SentPictures with(List<Upload> pictures, TemporaryFiles temporary) {
        Set<String> unused = new HashSet<>(texts.keySet());
        List<@Nullable String> captions = new ArrayList<>();
        for (Upload picture : pictures) {
            String stem = stem(picture.fileName());
            unused.remove(stem);
            String text = texts.getOrDefault(stem, "");
            captions.add(text.isEmpty() ? null : text);
        }
        unused.stream().sorted().map(files::get).filter(Objects::nonNull).forEach(file -> problem(file, """
                is a caption, but there is no picture of the same name; rename it like its picture, or leave it out"""));
        if (!problems.isEmpty()) {
            throw new UnusablePicturesException(problems);
        }
        return new SentPictures(pictures, captions, temporary);
    }

    private boolean isCaption(Upload file) {
        String name = file.fileName();
        if (!name.toLowerCase(Locale.ROOT).endsWith(ENDING) || file.size() > LARGEST) {
            return false;
        }
        byte[] bytes;
        try (InputStream in = file.content().open()) {
            bytes = in.readNBytes(LARGEST);
        } catch (IOException e) {
            problem(file, "could not be received; send it again");
            return true;
        } catch (RefusedPictureException e) {
            problem(file, e.reason());
            return true;
        }
        if (PictureFormat.isPicture(bytes)) {
            return false;
        }
        if (files.putIfAbsent(stem(name), file) != null) {
            problem(file, "is the second caption of its picture; leave out all but one");
        } else {
            read(file, bytes);
        }
        return true;
    }

    private void read(Upload file, byte[] bytes) {
        try {
            String text = OneLine.required(decoded(bytes)).strip();
            texts.put(stem(file.fileName()), text);
            CaptionRules.check(text).ifPresent(why -> problem(file, "is a caption that " + why));
        } catch (CharacterCodingException e) {
            texts.put(stem(file.fileName()), "");
            problem(file, "is not a text in UTF-8; save it with that encoding");
        }
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        if (startsWith(bytes, UTF_16_LE_MARK)) {
            return decoded(bytes, UTF_16_LE_MARK.length, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, UTF_16_BE_MARK)) {
            return decoded(bytes, UTF_16_BE_MARK.length, StandardCharsets.UTF_16BE);
        }
        int mark = startsWith(bytes, UTF_8_MARK) ? UTF_8_MARK.length : 0;
        return decoded(bytes, mark, StandardCharsets.UTF_8);
    }

    private static String decoded(byte[] bytes, int from, Charset charset) throws CharacterCodingException {
        return charset.newDecoder()
                .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                .toString();
    }

    private static boolean startsWith(byte[] bytes, byte[] mark) {
        return Arrays.equals(mark, Arrays.copyOf(bytes, Math.min(bytes.length, mark.length)));
    }

    /** The name without its ending, with its folders. */
    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) ? name.substring(0, dot) : name;
    }

    private void problem(Upload file, String reason) {
        String name = PictureIntake.printable(file.fileName(), problems.size());
        problems.add(new PictureProblem(null, name, Kind.CAPTION, "%s %s.".formatted(name, reason), file.field()));
    }
}
