package dev.likeness.diffusion.golden;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * One case of a family of reference values.
 *
 * @param family name of the family and of its folder
 * @param folder with the family's files
 * @param name as in {@code cases.json}
 * @param tolerances of the whole family: a number, or named numbers
 * @param settings of this case
 */
public record GoldenCase(String family, Path folder, String name, JsonNode tolerances, JsonNode settings) {

    /** The displayed name of this case's test. */
    public String id() {
        return family + "/" + name;
    }

    /** The family's only tolerance. */
    public double tolerance() {
        if (!tolerances.isNumber()) {
            throw new IllegalStateException(family + " has several tolerances: " + tolerances);
        }
        return tolerances.doubleValue();
    }

    /** One of the family's tolerances by name, for instance {@code forward_fp32}. */
    public double tolerance(String kind) {
        return tolerances.required(kind).doubleValue();
    }

    public Path path(String relative) {
        return folder.resolve(relative);
    }

    /** The family's tensors. */
    public GoldenTensors tensors() throws IOException {
        return GoldenTensors.read(folder.resolve("tensors.safetensors"));
    }
}
