package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A checkpoint in one safetensors file, with the key names of the original programs of Stable Diffusion 1, 2 and XL,
 * and its conversion to a folder in the diffusers layout. Tensors keep their type; averages of training
 * ({@code model_ema}) are left out.
 */
public final class SingleFile {

    private final FolderPlan plan;

    private SingleFile(FolderPlan plan) {
        this.plan = plan;
    }

    /**
     * Settings that a checkpoint does not contain.
     *
     * @param predictionType {@code epsilon} or {@code v_prediction}, and overrides checkpoint and configuration. If it
     *     is null, checkpoint and configuration determine the type and must not contradict each other. Without any
     *     statement, the family determines it: velocity for Stable Diffusion 2, noise for the others
     * @param tokenizer folder with {@code vocab.json} and {@code merges.txt}; null for CLIP's vocabulary
     * @param config folder in the diffusers layout whose configuration files replace the published ones, except for
     *     values that the shapes of tensors determine; null for none
     */
    public record Options(
            @Nullable String predictionType,
            @Nullable Path tokenizer,
            @Nullable Path config) {

        private static final Set<String> PREDICTION_TYPES = Set.of(PredictionType.EPSILON, PredictionType.V_PREDICTION);

        public Options {
            if (predictionType != null && !PREDICTION_TYPES.contains(predictionType)) {
                throw new IllegalArgumentException(
                        "prediction type %s is not one of %s".formatted(predictionType, PREDICTION_TYPES));
            }
        }

        /** The settings of the published models. */
        public static Options none() {
            return new Options(null, null, null);
        }
    }

    /**
     * Opens a checkpoint. It reads only the header, but checks all of it.
     *
     * @throws InvalidModelException if the family is not supported, or the checkpoint is incomplete or has unknown
     *     tensors
     */
    public static SingleFile open(Path file, Options options) {
        Pickles.refuse(file);
        return new SingleFile(new Planner(file, options).plan());
    }

    /**
     * Converts a checkpoint of a published size.
     *
     * @param folder to create
     * @throws InvalidModelException as {@link #open}
     * @throws IOException if the folder cannot be written
     */
    public static void convert(Path file, Path folder) throws IOException {
        open(file, Options.none()).convert(folder);
    }

    /**
     * Creates the folder, under a temporary name first, so that an incomplete folder is never visible. If several
     * processes call this at once, one converts and the others wait. An existing folder stays unchanged.
     *
     * @throws IOException if it cannot be written
     */
    public void convert(Path folder) throws IOException {
        new WholeFolder(folder).makeOnce(draft -> new FolderWriter(draft).write(plan));
    }

    /** The content of a JSON file of the folder. */
    public Optional<JsonNode> document(String path) {
        return Optional.ofNullable(plan.documents().get(path)).map(JsonNode::deepCopy);
    }

    /** Whether the folder will have a part. */
    public boolean hasPart(String part) {
        return plan.documents().keySet().stream().anyMatch(path -> path.startsWith(part + "/"));
    }

    /** The shapes of the tensors in a part of the folder, by their names; empty without such a part. */
    public Map<String, long[]> shapes(String part) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        pieces(part).forEach(piece -> shapes.put(piece.name(), piece.shape().clone()));
        return shapes;
    }

    /** Their element types, by their names. */
    public Map<String, Element> elements(String part) {
        Map<String, Element> elements = new LinkedHashMap<>();
        pieces(part).forEach(piece -> elements.put(piece.name(), piece.element()));
        return elements;
    }

    private List<Piece> pieces(String part) {
        return plan.weights().entrySet().stream()
                .filter(weights -> weights.getKey().startsWith(part + "/"))
                .flatMap(weights -> weights.getValue().stream())
                .toList();
    }

    /**
     * A hexadecimal hash of everything that determines the folder. The file's size and time stand for the values of its
     * tensors.
     *
     * @throws IOException if the file or the tokenizer cannot be read
     */
    public String fingerprint() throws IOException {
        return Fingerprint.of(plan);
    }
}
