package dev.likeness.app.picture;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import dev.likeness.diffusion.data.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/** Decodes checked picture files to upright sRGB. Needs up to 12 bytes of memory per pixel. */
public final class PictureDecoder {

    /**
     * Selected by class, so that other registered decoders are not used. It needs the registry to find the JDK's
     * decoder.
     */
    private static final ImageReaderSpi JPEG_READERS = new JPEGImageReaderSpi();

    static {
        IIORegistry.getDefaultInstance().registerServiceProvider(JPEG_READERS, ImageReaderSpi.class);
    }

    private PictureDecoder() {}

    /**
     * An upright picture.
     *
     * @param opacity gray, of the same size, white where the picture is opaque; null if it is opaque everywhere, or nowhere
     */
    public record Decoded(RgbImage image, @Nullable RgbImage opacity) {}

    /** @throws RefusedPictureException if the pixels cannot be decoded */
    public static RgbImage decode(PictureFile file) throws RefusedPictureException {
        return decodeWithOpacity(file).image();
    }

    /** @throws RefusedPictureException if the pixels cannot be decoded */
    public static Decoded decodeWithOpacity(PictureFile file) throws RefusedPictureException {
        Samples samples = samples(file);
        if (samples.width() != file.width() || samples.height() != file.height()) {
            throw Bytes.damaged("its image does not have the size in its header");
        }
        Orientation orientation = Orientation.of(file.exif());
        RgbImage opacity = samples.opacity();
        return new Decoded(
                orientation.upright(Srgb.of(samples, file.profile())),
                opacity == null ? null : orientation.upright(opacity));
    }

    /** As {@link #decode}, without turning the picture upright. */
    static Samples samples(PictureFile file) throws RefusedPictureException {
        return file.format() == PictureFormat.WEBP ? WebpDecoder.decode(file.essence()) : read(file);
    }

    private static Samples read(PictureFile file) throws RefusedPictureException {
        List<String> warnings = new ArrayList<>();
        BufferedImage image;
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file.essence()))) {
            ImageReader reader = file.format() == PictureFormat.JPEG
                    ? JPEG_READERS.createReaderInstance(null)
                    : ImageIO.getImageReadersByFormatName("png").next();
            try {
                reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
                reader.setInput(in, true, true);
                image = reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // Any exception of a decoder on uploaded bytes means a damaged file.
            throw Bytes.damaged("it cannot be decoded");
        }
        check(file.format(), warnings);
        return Samples.of(image);
    }

    /** Decoders continue after missing data and fill with gray. */
    private static void check(PictureFormat format, List<String> warnings) throws RefusedPictureException {
        if (format == PictureFormat.PNG && !warnings.isEmpty()) {
            throw Bytes.damaged("it cannot be decoded");
        }
        if (warnings.stream().anyMatch(w -> w.toLowerCase(Locale.ROOT).contains("premature"))) {
            throw Bytes.truncated();
        }
    }
}
