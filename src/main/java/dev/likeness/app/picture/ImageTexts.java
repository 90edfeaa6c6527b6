package dev.likeness.app.picture;

import java.util.Map;

/**
 * Texts inside the file of a generated image.
 *
 * @param recipe everything that the image was generated with, as JSON
 * @param parameters the same as people and other programs read it, see {@code Infotext}
 */
public record ImageTexts(String recipe, String parameters) {

    private static final String RECIPE = "likeness";
    private static final String PARAMETERS = "parameters";

    /** Text chunks of a PNG file, by keyword. */
    Map<String, String> chunks() {
        return Map.of(RECIPE, recipe, PARAMETERS, parameters);
    }
}
