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
 * A checkpoint in one safetensors file, with the key names of the programs that Stable Diffusion 1, 2 and XL were
 * published with, and the folder in the diffusers layout that it becomes. Tensors keep their type; averages of training
 * ({@code model_ema}) are left out.
 */
public final class SingleFile {

    private final FolderPlan plan;

    private SingleFile(FolderPlan plan) {
        this.plan = plan;
    }

    /**
     * What a checkpoint does not tell.
     *
     * @param predictionType {@code epsilon} or {@code v_prediction}, whatever checkpoint and configuration say; null to go
     *     by these, which must not contradict each other, and where none says it by the family: velocity for Stable
     *     Diffusion 2, noise for the others
     * @param tokenizer folder with {@code vocab.json} and {@code merges.txt}; null for CLIP's own
     * @param config folder in the diffusers layout whose configuration files stand in for the published ones; what the
     *     shapes of tensors tell is not taken from it. Null for none
     */
    public record Options(
            @Nullable String predictionType,
            @Nullable Path tokenizer,
            @Nullable Path config) {

        private static final Set<String> PREDICTION_TYPES = Set.of(PredictionType.EPSILON, PredictionType.V_PREDICTION);

        public Options {
            if (predictionType != null && !PREDICTION_TYPES.contains(predictionType)) {
                throw new IllegalArgumentException(
                        "prediction type %s is neither of %s".formatted(predictionType, PREDICTION_TYPES));
            }
        }

        /** As the published models are. */
        public static Options none() {
            return new Options(null, null, null);
        }
    }

    /**
     * Looks at a checkpoint. Only its header is read, but all of that is checked.
     *
     * @throws InvalidModelException if it is of no supported family, is not whole, or holds tensors that nobody knows
     */
    public static SingleFile open(Path file, Options options) {
        Pickles.refuse(file);
        return new SingleFile(new Planner(file, options).plan());
    }

    /**
     * Converts a checkpoint of a published size.
     *
     * @param folder to make
     * @throws InvalidModelException as {@link #open}
     * @throws IOException if the folder cannot be written
     */
    public static void convert(Path file, Path folder) throws IOException {
        open(file, Options.none()).convert(folder);
    }

    /**
     * Makes the folder, under another name first, so that nobody ever sees a part of one. Several processes may call
     * this at once: one converts, the others wait for it. A folder that is there already stays as it is.
     *
     * @throws IOException if it cannot be written
     */
    public void convert(Path folder) throws IOException {
        new WholeFolder(folder).makeOnce(draft -> new FolderWriter(draft).write(plan));
    }

    /** What a JSON file of the folder will hold. */
    public Optional<JsonNode> document(String path) {
        return Optional.ofNullable(plan.documents().get(path)).map(JsonNode::deepCopy);
    }

    /** Whether the folder will hold a part. */
    public boolean hasPart(String part) {
        return plan.documents().keySet().stream().anyMatch(path -> path.startsWith(part + "/"));
    }

    /** The shapes of the tensors that a part of the folder will hold, by their names; empty without such a part. */
    public Map<String, long[]> shapes(String part) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        pieces(part).forEach(piece -> shapes.put(piece.name(), piece.shape().clone()));
        return shapes;
    }

    /** Their element types in the same way. */
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
     * A hash, hexadecimal, of all that the folder depends on but the values of the tensors, for which size and time of
     * the file stand.
     *
     * @throws IOException if the file or the tokenizer cannot be read
     */
    public String fingerprint() throws IOException {
        return Fingerprint.of(plan);
    }
}
