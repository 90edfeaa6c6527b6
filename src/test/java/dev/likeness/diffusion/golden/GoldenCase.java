package dev.likeness.diffusion.golden;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * One case of a family of reference values.
 *
 * @param family name of the family, which is also its folder's
 * @param folder where the family's files are
 * @param name as in {@code cases.json}
 * @param tolerances the number, or the named numbers, that stand there for the whole family
 * @param settings what stands there for this case
 */
public record GoldenCase(String family, Path folder, String name, JsonNode tolerances, JsonNode settings) {

    /** How the test of this case is displayed. */
    public String id() {
        return family + "/" + name;
    }

    /** The family's one tolerance. */
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
