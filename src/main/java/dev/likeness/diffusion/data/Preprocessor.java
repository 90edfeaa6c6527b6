package dev.likeness.diffusion.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pictures as CLIP's vision tower takes them: what transformers' CLIPImageProcessor does with an encoder's
 * {@code preprocessor_config.json}.
 */
public final class Preprocessor {

    private static final int CHANNELS = 3;
    private static final int PILLOW_BICUBIC = 3;

    private final int shortSide;
    private final int cropWidth;
    private final int cropHeight;
    private final double rescale;
    private final double[] mean;
    private final double[] deviation;

    private Preprocessor(JsonNode config) {
        require(config, "do_resize", "do_center_crop", "do_rescale", "do_normalize");
        if (config.path("resample").intValue(PILLOW_BICUBIC) != PILLOW_BICUBIC) {
            throw new IllegalArgumentException("resample: " + config.get("resample") + " is not 3, bicubic");
        }
        this.shortSide = side(config, "size", "shortest_edge");
        this.cropWidth = side(config, "crop_size", "width");
        this.cropHeight = side(config, "crop_size", "height");
        if (Math.max(cropWidth, cropHeight) > shortSide) {
            throw new IllegalArgumentException("crop_size: larger than the shortest edge, " + shortSide);
        }
        this.rescale = config.path("rescale_factor").doubleValue(1 / 255.0);
        this.mean = channels(config, "image_mean");
        this.deviation = channels(config, "image_std");
    }

    /**
     * Reads a {@code preprocessor_config.json}.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException naming the field, if it asks for something else than what CLIP does
     */
    public static Preprocessor read(Path file) throws IOException {
        try {
            return new Preprocessor(JsonMapper.shared().readTree(Files.readAllBytes(file)));
        } catch (JacksonException e) {
            throw new IOException(file.getFileName() + " is not JSON", e);
        }
    }

    /**
     * Resizes the short side, crops the middle out, and normalises each channel.
     *
     * @return [3, crop height, crop width], row-major
     */
    public float[] apply(RgbImage image) {
        RgbImage resized = PillowResize.shortSide(image, shortSide);
        // Half a pixel goes to the right and to the bottom, unlike in torchvision.
        int left = (resized.width() - cropWidth) / 2;
        int top = (resized.height() - cropHeight) / 2;
        byte[] rgb = Crop.of(resized, left, top, cropWidth, cropHeight).rgb();
        int plane = cropWidth * cropHeight;
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

    /** A size stands there as a number, or as an object with this field. */
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
