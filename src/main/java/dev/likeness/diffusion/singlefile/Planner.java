package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Plans a folder from a checkpoint's header. */
final class Planner {

    private static final String SCHEDULER = "scheduler/scheduler_config.json";
    private static final String TOKENIZER_CONFIG = "/tokenizer_config.json";
    private static final String FIRST_TOKENIZER = "tokenizer" + TOKENIZER_CONFIG;
    private static final String PREDICTION_TYPE = "prediction_type";
    private static final String SAMPLE_SIZE = "sample_size";
    private static final List<String> SPECIAL_TOKENS = List.of("bos_token", "eos_token", "pad_token", "unk_token");

    private final Path file;
    private final SafeTensors checkpoint;
    private final SingleFile.Options options;
    private final Family family;
    private final Map<String, ObjectNode> documents;
    private final Map<Network, Part> parts = new LinkedHashMap<>();

    Planner(Path file, SingleFile.Options options) {
        this.file = file;
        this.options = options;
        checkpoint = SafeTensors.open(file);
        family = Family.of(checkpoint.entries().keySet());
        documents = Templates.of(family, options.config());
        for (Network network : family.networks()) {
            Tensors tensors = Tensors.below(network.prefix(), checkpoint.entries());
            parts.put(network, network.part().apply(tensors, document(network.configFile())));
        }
    }

    /** @throws InvalidModelException if the checkpoint is incomplete, or has tensors that its family does not have */
    FolderPlan plan() {
        Map<String, List<Piece>> weights = weights();
        parts.forEach((network, part) -> part.describe(document(network.configFile())));
        ObjectNode unet = document(Network.UNET.configFile());
        ObjectNode vae = document(Network.VAE.configFile());
        List<ObjectNode> textEncoders = family.networks().stream()
                .filter(network -> network != Network.UNET && network != Network.VAE)
                .map(network -> document(network.configFile()))
                .toList();
        Agreement.require(unet, vae, textEncoders);
        schedule(unet, vae);
        Vocabulary vocabulary = new Vocabulary(options.tokenizer());
        Agreement.require(vocabulary, textEncoders);
        return new FolderPlan(file, documents, weights, vocabulary, tokenizers(vocabulary.config()));
    }

    private ObjectNode document(String path) {
        return Objects.requireNonNull(documents.get(path), path);
    }

    private Map<String, List<Piece>> weights() {
        Map<String, List<Piece>> weights = new LinkedHashMap<>();
        Set<String> targets = new HashSet<>();
        List<String> unknown = new ArrayList<>();
        checkpoint.entries().forEach((name, tensor) -> {
            if (Leftovers.harmless(name)) {
                return;
            }
            Optional<Network> network = family.networks().stream()
                    .filter(it -> name.startsWith(it.prefix()))
                    .findFirst();
            Optional<List<Piece>> pieces = network.flatMap(it -> Objects.requireNonNull(parts.get(it))
                    .pieces(name.substring(it.prefix().length()), tensor));
            if (network.isEmpty() || pieces.isEmpty()) {
                unknown.add(name);
                return;
            }
            String target = network.get().weightFile();
            for (Piece piece : pieces.get()) {
                if (!targets.add(target + piece.name())) {
                    throw new InvalidModelException("the checkpoint has %s twice".formatted(name));
                }
                weights.computeIfAbsent(target, path -> new ArrayList<>()).add(piece);
            }
        });
        if (!unknown.isEmpty()) {
            throw Leftovers.unknown(family, unknown);
        }
        return weights;
    }

    /** Sets the UNet's prediction type, and the size of pictures that belongs to it. */
    private void schedule(ObjectNode unet, ObjectNode vae) {
        ObjectNode scheduler = document(SCHEDULER);
        if (options.predictionType() != null) {
            scheduler.put(PREDICTION_TYPE, options.predictionType());
        } else if (scheduler.hasNonNull(PREDICTION_TYPE)) {
            PredictionType.requireNoOther(
                    checkpoint, scheduler.path(PREDICTION_TYPE).asString());
        } else {
            scheduler.put(PREDICTION_TYPE, PredictionType.of(family, checkpoint));
        }
        Path config = options.config();
        TerminalSnr.describe(checkpoint, scheduler, config != null && Files.isRegularFile(config.resolve(SCHEDULER)));
        int resolution = family.resolution(scheduler.path(PREDICTION_TYPE).asString());
        if (!vae.hasNonNull(SAMPLE_SIZE)) {
            vae.put(SAMPLE_SIZE, resolution);
        }
        if (!unet.hasNonNull(SAMPLE_SIZE)) {
            int levels = vae.path("block_out_channels").size();
            unet.put(SAMPLE_SIZE, resolution >> (levels - 1));
        }
    }

    private Set<String> tokenizers(ObjectNode told) {
        Set<String> folders = new TreeSet<>();
        for (String path : List.copyOf(documents.keySet())) {
            if (path.endsWith(TOKENIZER_CONFIG)) {
                String folder = path.substring(0, path.length() - TOKENIZER_CONFIG.length());
                folders.add(folder);
                tell(path, told);
                documents.put(folder + "/special_tokens_map.json", specialTokens(document(path)));
            }
        }
        return folders;
    }

    /**
     * Replaces the published settings by those in the tokenizer's own files. The second tokenizer keeps its own special
     * tokens, in which the two differ. A given configuration file takes precedence over both.
     */
    private void tell(String path, ObjectNode told) {
        ObjectNode config = document(path);
        boolean isGiven =
                options.config() != null && Files.isRegularFile(options.config().resolve(path));
        told.properties().forEach(field -> {
            boolean isKept = isGiven || SPECIAL_TOKENS.contains(field.getKey()) && !path.equals(FIRST_TOKENIZER);
            if (!isKept || !config.has(field.getKey())) {
                config.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }

    private static ObjectNode specialTokens(ObjectNode config) {
        ObjectNode map = JsonMapper.shared().createObjectNode();
        for (String token : SPECIAL_TOKENS) {
            JsonNode value = config.path(token);
            if (!value.isMissingNode()) {
                map.set(token, value);
            }
        }
        return map;
    }
}
