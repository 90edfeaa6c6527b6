package dev.likeness.diffusion.data;

import dev.likeness.diffusion.data.PillowResize.Filter;
import dev.likeness.diffusion.tensor.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Converts pictures to the input of an image encoder, as transformers' CLIPImageProcessor and BlipImageProcessor do
 * with an encoder's {@code preprocessor_config.json}.
 */
public final class Preprocessor {

    private static final int CHANNELS = 3;
    private static final int PILLOW_BILINEAR = 2;
    private static final int PILLOW_BICUBIC = 3;

    private final UnaryOperator<RgbImage> resize;
    private final int width;
    private final int height;
    private final double rescale;
    private final double[] mean;
    private final double[] deviation;

    private Preprocessor(JsonNode config) {
        require(config, "do_resize", "do_rescale", "do_normalize");
        Filter filter = filter(config.path("resample").intValue(PILLOW_BICUBIC));
        if (crops(config)) {
            int shortSide = side(config, "size", "shortest_edge");
            width = side(config, "crop_size", "width");
            height = side(config, "crop_size", "height");
            if (Math.max(width, height) > shortSide) {
                throw new IllegalArgumentException("crop_size: larger than the shortest edge, " + shortSide);
            }
            resize = image -> PillowResize.shortSide(image, shortSide, filter);
        } else if (!config.path("size").isObject()) {
            throw new IllegalArgumentException("size: " + config.path("size") + " is not a height and a width");
        } else {
            width = side(config, "size", "width");
            height = side(config, "size", "height");
            resize = image -> PillowResize.resize(image, width, height, filter);
        }
        rescale = config.path("rescale_factor").doubleValue(1 / 255.0);
        mean = channels(config, "image_mean");
        deviation = channels(config, "image_std");
    }

    private static Filter filter(int resample) {
        return switch (resample) {
            case PILLOW_BILINEAR -> Filter.BILINEAR;
            case PILLOW_BICUBIC -> Filter.BICUBIC;
            default ->
                throw new IllegalArgumentException(
                        "resample: %d is neither 2, bilinear, nor 3, bicubic".formatted(resample));
        };
    }

    /**
     * Whether the middle is cropped. Without that setting, other settings distinguish CLIP's configuration from BLIP's.
     */
    private static boolean crops(JsonNode config) {
        boolean likeClip = config.path("size").has("shortest_edge") || config.has("crop_size");
        return config.path("do_center_crop").booleanValue(likeClip);
    }

    /**
     * Reads a {@code preprocessor_config.json}.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException naming the field, if it asks for a step that CLIP, BLIP and DINO do not have
     */
    public static Preprocessor read(Path file) throws IOException {
        try {
            return new Preprocessor(ModelConfig.parse(Files.readString(file)));
        } catch (JacksonException e) {
            throw new IOException(file.getFileName() + " is not JSON", e);
        }
    }

    /** Width of the result in pixels. */
    public int width() {
        return width;
    }

    /** Height of the result in pixels. */
    public int height() {
        return height;
    }

    /**
     * Resizes the short side and crops the middle, or resizes both sides. Then it normalises each channel.
     *
     * @return [3, height, width], row-major
     */
    public float[] apply(RgbImage image) {
        RgbImage resized = resize.apply(image);
        // Half a pixel goes to the right and to the bottom, unlike in torchvision.
        int left = (resized.width() - width) / 2;
        int top = (resized.height() - height) / 2;
        byte[] rgb = Crop.of(resized, left, top, width, height).rgb();
        int plane = width * height;
        float[] values = new float[CHANNELS * plane];
        for (int c = 0; c < CHANNELS; c++) {
            for (int i = 0; i < plane; i++) {
                values[c * plane + i] = (float) (((rgb[i * CHANNELS + c] & 0xff) * rescale - mean[c]) / deviation[c]);
            }
        }
        return values;
    }

    private static void require(JsonNode config, String... steps) {
        for (String step : steps) {
            if (!config.path(step).booleanValue(true)) {
                throw new IllegalArgumentException(step + ": false is not supported");
            }
        }
    }

    /** A size is a number, or an object with this field. */
    private static int side(JsonNode config, String name, String field) {
        JsonNode size = config.path(name);
        int side = size.isObject() ? size.path(field).intValue(0) : size.intValue(0);
        if (side < 1) {
            throw new IllegalArgumentException(name + ": " + size + " has no positive " + field);
        }
        return side;
    }

    private static double[] channels(JsonNode config, String name) {
        JsonNode values = config.path(name);
        if (values.size() != CHANNELS) {
            throw new IllegalArgumentException(name + ": " + values + " is not three numbers");
        }
        return new double[] {
            values.get(0).doubleValue(),
            values.get(1).doubleValue(),
            values.get(2).doubleValue()
        };
    }
}
