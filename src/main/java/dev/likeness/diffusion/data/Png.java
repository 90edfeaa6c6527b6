package dev.likeness.diffusion.data;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Likeness's own picture files: 8-bit RGB PNG, with texts under keywords. Uploaded pictures are read elsewhere. */
public final class Png {

    private static final String METADATA = "javax_imageio_png_1.0";
    private static final String LATIN_TEXT = "tEXt";
    private static final String UNICODE_TEXT = "iTXt";
    private static final int CHANNELS = 3;
    private static final int[] RGB_ORDER = {0, 1, 2};

    private Png() {}

    /**
     * Writes a picture.
     *
     * @param texts any texts by keyword; a keyword is 1 to 79 Latin-1 characters
     */
    public static void write(RgbImage image, Map<String, String> texts, OutputStream out) throws IOException {
        BufferedImage buffered = buffered(image);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        // Closing the image stream leaves the stream behind it open.
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(buffered), null);
            metadata.mergeTree(METADATA, textNodes(texts));
            writer.setOutput(stream);
            writer.write(new IIOImage(buffered, null, metadata));
        } finally {
            writer.dispose();
        }
    }

    /**
     * Reads the pixels of a picture that {@link #write} wrote.
     *
     * @throws IOException if it is not such a picture
     */
    public static RgbImage read(InputStream in) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream stream = new MemoryCacheImageInputStream(in)) {
            reader.setInput(stream, true, false);
            Raster raster = reader.read(0).getRaster();
            if (raster.getNumBands() != CHANNELS || raster.getTransferType() != DataBuffer.TYPE_BYTE) {
                throw new IOException("not an 8-bit RGB picture");
            }
            byte[] rgb = new byte[raster.getWidth() * raster.getHeight() * CHANNELS];
            raster.getDataElements(0, 0, raster.getWidth(), raster.getHeight(), rgb);
            return new RgbImage(raster.getWidth(), raster.getHeight(), rgb);
        } finally {
            reader.dispose();
        }
    }

    /** Wraps the bytes without copying them. */
    public static BufferedImage buffered(RgbImage image) {
        int stride = image.width() * CHANNELS;
        DataBufferByte bytes = new DataBufferByte(image.rgb(), image.rgb().length);
        WritableRaster raster =
                Raster.createInterleavedRaster(bytes, image.width(), image.height(), stride, CHANNELS, RGB_ORDER, null);
        ComponentColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        return new BufferedImage(colors, raster, false, null);
    }

    /** Latin-1 texts have chunks that every reader knows. Others need Unicode. */
    private static IIOMetadataNode textNodes(Map<String, String> texts) {
        IIOMetadataNode latin = new IIOMetadataNode(LATIN_TEXT);
        IIOMetadataNode unicode = new IIOMetadataNode(UNICODE_TEXT);
        // In a fixed order, so that equal images are equal files.
        new TreeMap<>(texts).forEach((keyword, text) -> {
            if (StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
                latin.appendChild(entry(LATIN_TEXT, Map.of("keyword", keyword, "value", text)));
            } else {
                unicode.appendChild(entry(
                        UNICODE_TEXT,
                        Map.of(
                                "keyword", keyword,
                                "compressionFlag", "FALSE",
                                "compressionMethod", "0",
                                "languageTag", "",
                                "translatedKeyword", "",
                                "text", text)));
            }
        });
        IIOMetadataNode root = new IIOMetadataNode(METADATA);
        Stream.of(latin, unicode).filter(IIOMetadataNode::hasChildNodes).forEach(root::appendChild);
        return root;
    }

    private static IIOMetadataNode entry(String chunk, Map<String, String> attributes) {
        IIOMetadataNode entry = new IIOMetadataNode(chunk + "Entry");
        attributes.forEach(entry::setAttribute);
        return entry;
    }
}
