package dev.likeness.app.picture;

import java.io.ByteArrayOutputStream;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The markers of a JPEG file (ITU-T T.81, annex B). Data after the end-of-image marker, where cameras store previews
 * and films, is dropped.
 */
final class JpegFile {

    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;
    private static final int CMYK = 4;

    /** The last Huffman-coded process after baseline and extended. Cameras and programs write these three. */
    private static final int PROGRESSIVE = 0xc2;

    /** A progressive picture needs a dozen. Thousands of scans of a few bytes each would keep a decoder busy. */
    private static final int MAX_SCANS = 100;

    private static final String EXIF = "Exif\0\0";
    private static final String ICC = "ICC_PROFILE\0";

    private final Bytes bytes;
    private final ByteArrayOutputStream essence = new ByteArrayOutputStream();
    private final ByteArrayOutputStream profileSegments = new ByteArrayOutputStream();
    private final TreeMap<Integer, byte[]> profileParts = new TreeMap<>();
    private byte @Nullable [] exif;
    private int width;
    private int height;
    private int components;
    private int scans;

    JpegFile(byte[] file) {
        this.bytes = new Bytes(file);
    }

    PictureFile open() throws RefusedPictureException {
        int at = 2;
        keep(0, 2);
        for (int marker = markerAt(at); marker != END; marker = markerAt(at)) {
            while (bytes.at(at + 1) == 0xff) {
                at++;
            }
            int length = bytes.bigEndian16(at + 2);
            if (length < 2) {
                throw Bytes.damaged("a segment has no length");
            }
            bytes.need(at, 2L + length);
            segment(marker, at, length);
            at += 2 + length;
            if (marker == SCAN) {
                at = scan(at);
            }
        }
        if (width == 0 || scans == 0) {
            throw Bytes.damaged("it has no image");
        }
        essence.write(0xff);
        essence.write(END);
        byte[] profile = profile();
        return components == CMYK
                ? new PictureFile(PictureFormat.JPEG, width, height, false, withProfileSegments(), null, exif)
                : new PictureFile(PictureFormat.JPEG, width, height, false, essence.toByteArray(), profile, exif);
    }

    private int markerAt(int at) throws RefusedPictureException {
        if (bytes.at(at) != 0xff) {
            throw Bytes.damaged("a marker is missing");
        }
        int next = at + 1;
        while (bytes.at(next) == 0xff) {
            next++;
        }
        return bytes.at(next);
    }

    private void segment(int marker, int at, int length) throws RefusedPictureException {
        if (isFrame(marker)) {
            if (marker > PROGRESSIVE) {
                throw Bytes.damaged("it uses lossless, hierarchical or arithmetic coding, which is not supported");
            }
            frame(at);
        }
        if (marker == SCAN && ++scans > MAX_SCANS) {
            throw Bytes.damaged("it has more than " + MAX_SCANS + " scans");
        }
        if (marker == APP1 && startsWith(at, length, EXIF)) {
            exif = bytes.copy(at + 4 + EXIF.length(), length - 2 - EXIF.length());
        } else if (marker == APP2 && startsWith(at, length, ICC) && length > ICC.length() + 4) {
            int head = ICC.length() + 2;
            profileParts.put(bytes.at(at + 4 + ICC.length()), bytes.copy(at + 4 + head, length - 2 - head));
            profileSegments.writeBytes(bytes.copy(at, 2 + length));
        } else if (marker == APP0 || marker == APP14 || !isMetadata(marker)) {
            keep(at, 2 + length);
        }
    }

    private void frame(int at) throws RefusedPictureException {
        if (width != 0) {
            throw Bytes.damaged("it has two frames");
        }
        if (bytes.at(at + 4) != 8) {
            throw Bytes.damaged("its samples do not have 8 bits");
        }
        height = bytes.bigEndian16(at + 5);
        width = bytes.bigEndian16(at + 7);
        components = bytes.at(at + 9);
        if (width == 0 || height == 0) {
            throw Bytes.damaged("it has no size");
        }
        if (components != 1 && components != 3 && components != CMYK) {
            throw Bytes.damaged("it has %d colour components".formatted(components));
        }
    }

    /** Skips entropy-coded data, in which 0xff is followed by 0 or a restart marker. */
    private int scan(int from) throws RefusedPictureException {
        int at = from;
        while (true) {
            if (bytes.at(at) == 0xff) {
                int next = bytes.at(at + 1);
                if (next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
                    keep(from, at - from);
                    return at;
                }
            }
            at++;
        }
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static boolean isMetadata(int marker) {
        return marker >= APP0 && marker <= APP15 || marker == COMMENT;
    }

    private boolean startsWith(int at, int length, String text) throws RefusedPictureException {
        return length >= 2 + text.length()
                && bytes.latin1(at + 4, text.length()).equals(text);
    }

    private void keep(int offset, int length) {
        essence.write(bytes.all(), offset, length);
    }

    private byte @Nullable [] profile() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        profileParts.values().forEach(whole::writeBytes);
        return whole.size() == 0 ? null : whole.toByteArray();
    }

    /** CMYK needs its profile, so the decoder receives it. */
    private byte[] withProfileSegments() {
        byte[] rest = essence.toByteArray();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(rest, 0, 2);
        all.writeBytes(profileSegments.toByteArray());
        all.write(rest, 2, rest.length - 2);
        return all.toByteArray();
    }
}
