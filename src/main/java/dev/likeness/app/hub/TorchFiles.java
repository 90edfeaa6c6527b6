package dev.likeness.app.hub;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.TorchConversion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Converts weights of {@code torch.save} to safetensors, so that no other code reads pickles. */
final class TorchFiles {

    static final String ENDING = ".bin";

    private static final String INDEX = ".bin.index";

    private TorchFiles() {}

    /** Whether a file has such weights, or is the list of their shards. */
    static boolean is(String path) {
        return path.endsWith(ENDING) || name(path).contains(INDEX);
    }

    /** The path of the converted file; any other file keeps its path. */
    static String converted(String path) {
        if (!is(path)) {
            return path;
        }
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        return folder + convertedName(name(path));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String convertedName(String name) {
        String plain = name.replaceFirst("^pytorch_model", "model");
        return plain.endsWith(ENDING)
                ? plain.substring(0, plain.length() - ENDING.length()) + ".safetensors"
                : plain.replace(INDEX, ".safetensors.index");
    }

    /**
     * Converts a file and deletes it.
     *
     * @throws HubException if it has anything but tensors
     */
    static void convert(Repository repository, Path folder, String path) throws IOException {
        Path from = folder.resolve(path);
        Path to = folder.resolve(converted(path));
        Path draft = to.resolveSibling(to.getFileName() + ".incomplete");
        Files.deleteIfExists(draft);
        try {
            if (path.endsWith(ENDING)) {
                TorchConversion.convert(from, draft);
            } else {
                Files.write(draft, convertIndex(Files.readAllBytes(from)));
            }
        } catch (InvalidModelException | JacksonException e) {
            throw new HubException("the weights of %s cannot be used: %s".formatted(repository, e.getMessage()), e);
        }
        Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(from);
    }

    private static byte[] convertIndex(byte[] json) {
        JsonNode index = JsonMapper.shared().readTree(json);
        if (index.path("weight_map") instanceof ObjectNode names) {
            names.properties()
                    .forEach(name -> name.setValue(
                            names.stringNode(convertedName(name.getValue().asString()))));
        }
        return JsonMapper.shared().writeValueAsBytes(index);
    }
}
