package dev.likeness.app.picture;

import dev.likeness.app.picture.PictureProblem.Kind;
import dev.likeness.diffusion.data.RgbImage;
import java.util.Locale;

/** Decodes masks of pictures: gray PNG files of their picture's size, white where the subject is. */
public final class MaskDecoder {

    private static final int OPAQUE = 255;

    private MaskDecoder() {}

    /**
     * Decodes a mask and turns it upright with its picture. A mask with an orientation of its own is turned by that. One with
     * the size of the upright picture, where that differs from the stored one, is upright already.
     *
     * @return gray, of the upright picture's size
     * @throws RefusedPictureException if it is no gray PNG of the picture's size, or black everywhere
     */
    public static RgbImage decode(PictureFile mask, PictureFile picture) throws RefusedPictureException {
        if (mask.format() != PictureFormat.PNG) {
            throw new RefusedPictureException(
                    Kind.UNSUPPORTED_FORMAT,
                    "is a %s; send a mask as a gray PNG"
                            .formatted(mask.format().wire().toUpperCase(Locale.ROOT)));
        }
        Orientation turn = orientation(mask, picture);
        Samples samples = PictureDecoder.samples(mask);
        checkGray(samples);
        return turn.upright(new RgbImage(samples.width(), samples.height(), samples.rgb()));
    }

    private static Orientation orientation(PictureFile mask, PictureFile picture) throws RefusedPictureException {
        Orientation own = Orientation.of(mask.exif());
        Orientation ofPicture = Orientation.of(picture.exif());
        Orientation turn = own.isUpright() && isSize(mask, picture.width(), picture.height()) ? ofPicture : own;
        int width = ofPicture.isSideways() ? picture.height() : picture.width();
        int height = ofPicture.isSideways() ? picture.width() : picture.height();
        boolean fits = turn.isSideways() ? isSize(mask, height, width) : isSize(mask, width, height);
        if (!fits) {
            throw new RefusedPictureException(
                    Kind.WRONG_SIZE,
                    "has %dx%d pixels, but its picture has %dx%d; send a mask of the picture's size"
                            .formatted(mask.width(), mask.height(), picture.width(), picture.height()));
        }
        return turn;
    }

    private static boolean isSize(PictureFile file, int width, int height) {
        return file.width() == width && file.height() == height;
    }

    private static void checkGray(Samples samples) throws RefusedPictureException {
        byte[] rgb = samples.rgb();
        byte[] alpha = samples.alpha();
        boolean black = true;
        for (int i = 0; i < rgb.length; i += Samples.CHANNELS) {
            if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
                throw new RefusedPictureException(Kind.NOT_GRAY, "has colours; send a mask as a gray PNG");
            }
            if (alpha != null && (alpha[i / Samples.CHANNELS] & 0xff) != OPAQUE) {
                throw new RefusedPictureException(
                        Kind.NOT_GRAY, "is transparent in places; send a mask as a gray PNG without an alpha channel");
            }
            black &= rgb[i] == 0;
        }
        if (black) {
            throw new RefusedPictureException(
                    Kind.EMPTY, "is black everywhere, so its picture would not train; make the subject white");
        }
    }
}
