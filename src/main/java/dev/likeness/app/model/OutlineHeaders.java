package dev.likeness.app.model;

import dev.likeness.app.hub.Snapshot;
import dev.likeness.diffusion.plan.ModelHeaders;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sizes of networks whose weights are still to be downloaded. Those of PyTorch's own files are not known before. */
record OutlineHeaders(Path folder) implements ModelHeaders {

    private static final String NOTES = "__metadata__";

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
        Map<String, long[]> shapes = new LinkedHashMap<>();
        try {
            for (Path header : headers(folder.resolve(part))) {
                JsonMapper.shared().readTree(Files.readAllBytes(header)).properties().stream()
                        .filter(tensor -> !tensor.getKey().equals(NOTES))
                        .forEach(tensor -> shapes.put(tensor.getKey(), shape(tensor.getValue())));
            }
        } catch (IOException | JacksonException e) {
            throw new InvalidModelException("the headers of %s cannot be read".formatted(part), e);
        }
        if (shapes.isEmpty()) {
            throw new InvalidModelException("the weights of %s have not been downloaded yet".formatted(part));
        }
        return shapes;
    }

    private static List<Path> headers(Path part) throws IOException {
        try (Stream<Path> files = Files.list(part)) {
            return files.filter(file -> file.toString().endsWith(Snapshot.HEADER))
                    .sorted()
                    .toList();
        }
    }

    private static long[] shape(JsonNode tensor) {
        return tensor.path("shape").valueStream().mapToLong(JsonNode::asLong).toArray();
    }
}
