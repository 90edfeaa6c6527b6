package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a model says of itself without its weights being read, wherever it is. */
public interface ModelHeaders {

    /** Whether the model has a part, for instance {@code text_encoder_2}. */
    boolean has(String part);

    /**
     * A part's config.json.
     *
     * @throws InvalidModelException if it is missing or cannot be read
     */
    JsonNode config(String part);

    /**
     * The shapes of a part's tensors by their names.
     *
     * @throws InvalidModelException if its weight files are missing or cannot be read
     */
    Map<String, long[]> shapes(String part);

    /** Those of a folder in the diffusers layout. */
    static ModelHeaders of(Path folder) {
        return new ModelHeaders() {
            @Override
            public boolean has(String part) {
                return Files.isDirectory(folder.resolve(part));
            }

            @Override
            public JsonNode config(String part) {
                return ModelConfig.tree(folder.resolve(part).resolve("config.json"));
            }

            @Override
            public Map<String, long[]> shapes(String part) {
                boolean ofDiffusers = part.equals("unet") || part.equals("vae");
                String stem = ofDiffusers ? "diffusion_pytorch_model" : "model";
                Map<String, long[]> shapes = new LinkedHashMap<>();
                SafeTensors.openModel(folder.resolve(part), stem)
                        .entries()
                        .forEach((name, entry) -> shapes.put(name, entry.shape()));
                return shapes;
            }
        };
    }
}
