package dev.likeness.app.picture;

import dev.likeness.app.picture.PictureProblem.Kind;
import dev.likeness.diffusion.wire.Wire;
import jakarta.persistence.EnumeratedValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** File formats, recognised by their first bytes. File names and declared media types are ignored. */
public enum PictureFormat implements Wire {
    JPEG,
    PNG,
    WEBP;

    @EnumeratedValue
    private final String wire = wire();

    /** Formats that users send by mistake, by their first bytes in Latin-1, for a helpful message. */
    private static final Map<String, String> OTHERS = Map.of(
            "GIF8", "a GIF",
            "BM", "a BMP",
            "II*\0", "a TIFF",
            "MM\0*", "a TIFF",
            "%PDF", "a PDF",
            "<?xml", "an SVG or other XML",
            "<svg", "an SVG",
            "8BPS", "a Photoshop file",
            "PK\3\4", "a ZIP archive among other files");

    /** For instance {@code image/png}. */
    public String mediaType() {
        return "image/" + wire();
    }

    /** Whether the format is one of these, by the first bytes. */
    public static boolean isPicture(byte[] file) {
        try {
            of(file);
            return true;
        } catch (RefusedPictureException e) {
            return false;
        }
    }

    /** @throws RefusedPictureException if the format is another one */
    static PictureFormat of(byte[] file) throws RefusedPictureException {
        if (file.length == 0) {
            throw new RefusedPictureException(Kind.TRUNCATED, "is empty; send the file again");
        }
        String start = new String(file, 0, Math.min(16, file.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return WEBP;
        }
        throw new RefusedPictureException(
                Kind.UNSUPPORTED_FORMAT, "is %s; send JPEG, PNG or WebP".formatted(otherName(start)));
    }

    private static String otherName(String start) {
        if (start.startsWith("ftyp", 4)) {
            return start.startsWith("avi", 8) ? "an AVIF" : "a HEIC picture or a video";
        }
        return OTHERS.entrySet().stream()
                .filter(e -> start.startsWith(e.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("in an unknown format");
    }
}
