package dev.likeness.app.picture;

import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;

/** Encodes images as JPEG with the JDK's encoder, without chroma subsampling. */
final class JpegEncoder {

    private static final String JDK = "com.sun.imageio.";
    private static final String METADATA = "javax_imageio_jpeg_image_1.0";
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] XMP = "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] APP1 = {(byte) 0xff, (byte) 0xe1};

    /** The most bytes of a segment, with its length and without its marker. */
    private static final int SEGMENT = 0xffff;

    /** The first segment, JFIF, begins after the start of the image, and its length after its marker. */
    private static final int JFIF = 2;

    private JpegEncoder() {}

    /**
     * @param quality 1 to 100
     * @param texts those that are too long for a segment of 64 KiB are left out
     */
    static byte[] encode(RgbImage image, int quality, ImageTexts texts) {
        try {
            byte[] file = encode(Png.buffered(image), quality);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            int rest = JFIF + 2 + ByteBuffer.wrap(file).getShort(JFIF + 2);
            all.write(file, 0, rest);
            segment(all, EXIF, Exif.withComment(texts.parameters()));
            segment(all, XMP, Xmp.withRecipe(texts.recipe()));
            all.write(file, rest, file.length - rest);
            return all.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void segment(ByteArrayOutputStream out, byte[] prefix, byte[] content) {
        int length = 2 + prefix.length + content.length;
        if (length <= SEGMENT) {
            out.writeBytes(APP1);
            out.write(length >> 8);
            out.write(length);
            out.writeBytes(prefix);
            out.writeBytes(content);
        }
    }

    private static byte[] encode(BufferedImage image, int quality) throws IOException {
        ImageWriter writer = writer();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            JPEGImageWriteParam param = new JPEGImageWriteParam(null);
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality / 100f);
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
            sampleAllColours(metadata);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, metadata), param);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    /** That of the JDK, whatever else is registered. */
    private static ImageWriter writer() {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
        while (writers.hasNext()) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getPackageName().startsWith(JDK)) {
                return writer;
            }
            writer.dispose();
        }
        throw new IllegalStateException("the JDK has no encoder for JPEG; install its module java.desktop");
    }

    /** Halved colours blur red edges even at a quality of 100. */
    private static void sampleAllColours(IIOMetadata metadata) throws IIOInvalidTreeException {
        Element tree = (Element) metadata.getAsTree(METADATA);
        Element luma = (Element) tree.getElementsByTagName("componentSpec").item(0);
        luma.setAttribute("HsamplingFactor", "1");
        luma.setAttribute("VsamplingFactor", "1");
        metadata.setFromTree(METADATA, tree);
    }
}
