package dev.likeness.app.picture;

import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The chunks of a PNG file (W3C PNG specification, third edition). Data after IEND is dropped. */
final class PngFile {

    private static final int SIGNATURE = 8;
    private static final int AROUND_DATA = 12;

    /** The chunks that decoding needs. */
    private static final Set<String> ESSENTIAL = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    /** Real profiles are smaller. A compressed profile may inflate to any size. */
    private static final int MAX_PROFILE = 4 << 20;

    private final Bytes bytes;
    private final ByteArrayOutputStream essence = new ByteArrayOutputStream();
    private byte @Nullable [] profile;
    private byte @Nullable [] exif;
    private long width;
    private long height;
    private boolean wide;
    private boolean hasProfile;
    private boolean hasData;

    PngFile(byte[] file) {
        this.bytes = new Bytes(file);
    }

    PictureFile open() throws RefusedPictureException {
        essence.writeBytes(bytes.copy(0, SIGNATURE));
        int at = SIGNATURE;
        String type;
        do {
            long length = bytes.bigEndian32(at);
            type = bytes.latin1(at + 4, 4);
            bytes.need(at, length + AROUND_DATA);
            checkSum(at, (int) length);
            chunk(type, at, (int) length);
            at += (int) length + AROUND_DATA;
        } while (!type.equals("IEND"));
        if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw Bytes.damaged("it has no size");
        }
        if (!hasData) {
            throw Bytes.damaged("it has no image");
        }
        return new PictureFile(
                PictureFormat.PNG, (int) width, (int) height, wide, essence.toByteArray(), profile, exif);
    }

    private void chunk(String type, int at, int length) throws RefusedPictureException {
        if ((at == SIGNATURE) != type.equals("IHDR")) {
            throw Bytes.damaged("its header is not at the beginning");
        }
        switch (type) {
            case "IHDR" -> {
                width = bytes.bigEndian32(at + 8);
                height = bytes.bigEndian32(at + 12);
                wide = bytes.at(at + 16) == 16;
            }
            case "IDAT" -> hasData = true;
            case "acTL", "fcTL", "fdAT" -> throw Bytes.animated();
            case "iCCP" -> {
                if (hasProfile) {
                    throw Bytes.damaged("it has two profiles");
                }
                hasProfile = true;
                profile = inflated(at + 8, length);
            }
            case "eXIf" -> exif = bytes.copy(at + 8, length);
            default -> {}
        }
        if (ESSENTIAL.contains(type)) {
            essence.write(bytes.all(), at, length + AROUND_DATA);
        }
    }

    private void checkSum(int at, int length) throws RefusedPictureException {
        CRC32 sum = new CRC32();
        sum.update(bytes.all(), at + 4, length + 4);
        if (sum.getValue() != bytes.bigEndian32(at + 8 + length)) {
            throw Bytes.damaged("a checksum is wrong");
        }
    }

    /** The profile after its name; null if it is damaged, because the picture can be shown without it. */
    private byte @Nullable [] inflated(int from, int length) throws RefusedPictureException {
        int name = 0;
        while (name < length && bytes.at(from + name) != 0) {
            name++;
        }
        int start = from + name + 2;
        if (start > from + length) {
            return null;
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes.all(), start, from + length - start);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = inflater.inflate(buffer); n > 0; n = inflater.inflate(buffer)) {
                out.write(buffer, 0, n);
                if (out.size() > MAX_PROFILE) {
                    return null;
                }
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
    }
}
