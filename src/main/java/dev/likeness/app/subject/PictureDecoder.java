package dev.likeness.app.subject;

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

/** Decodes checked picture files to upright sRGB. Takes up to 12 bytes of memory a pixel. */
final class PictureDecoder {

    /** Known by class: what else is registered on a machine has no say. It needs the registry to find JDK's decoder. */
    private static final ImageReaderSpi JPEG_READERS = new JPEGImageReaderSpi();

    static {
        IIORegistry.getDefaultInstance().registerServiceProvider(JPEG_READERS, ImageReaderSpi.class);
    }

    private PictureDecoder() {}

    /** @throws RefusedPictureException if the pixels cannot be decoded */
    static RgbImage decode(PictureFile file) throws RefusedPictureException {
        Samples samples = samples(file);
        if (samples.width() != file.width() || samples.height() != file.height()) {
            throw Bytes.damaged("its image has another size than it says");
        }
        return Orientation.of(file.exif()).upright(Srgb.of(samples, file.profile()));
    }

    /** As {@link #decode}, as they are stored. */
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
            // Whatever a decoder throws at bytes from outside, the file is to blame.
            throw Bytes.damaged("it cannot be decoded");
        }
        check(file.format(), warnings);
        return Samples.of(image);
    }

    /** Decoders go on where data is missing and fill up with gray. */
    private static void check(PictureFormat format, List<String> warnings) throws RefusedPictureException {
        if (format == PictureFormat.PNG && !warnings.isEmpty()) {
            throw Bytes.damaged("it cannot be decoded");
        }
        if (warnings.stream().anyMatch(w -> w.toLowerCase(Locale.ROOT).contains("premature"))) {
            throw Bytes.truncated();
        }
    }
}
