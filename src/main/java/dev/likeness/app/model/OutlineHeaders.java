package dev.likeness.app.model;

import dev.likeness.app.hub.Snapshot;
import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.FolderHeaders;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The sizes of networks before their weights are downloaded. Sizes of PyTorch's own files are unknown until then. */
final class OutlineHeaders extends FolderHeaders {

    OutlineHeaders(Path folder) {
        super(folder);
    }

    @Override
    public boolean hasShapes(String part) {
        try {
            return !headers(folder(part)).isEmpty();
        } catch (IOException e) {
            throw new InvalidModelException("the headers of %s cannot be read".formatted(part), e);
        }
    }

    @Override
    public Map<String, long[]> shapes(String part) {
        return read(part, SafeTensors::shapes);
    }

    @Override
    public Map<String, Element> elements(String part) {
        return read(part, SafeTensors::elements);
    }

    private <T> Map<String, T> read(String part, BiFunction<String, byte[], Map<String, T>> tensors) {
        Map<String, T> all = new LinkedHashMap<>();
        try {
            for (Path header : headers(folder(part))) {
                all.putAll(tensors.apply(part + ", " + header.getFileName(), Files.readAllBytes(header)));
            }
        } catch (IOException e) {
            throw new InvalidModelException("the headers of %s cannot be read".formatted(part), e);
        }
        if (all.isEmpty()) {
            throw new InvalidModelException("the weights of %s have not been downloaded yet".formatted(part));
        }
        return all;
    }

    private static List<Path> headers(Path part) throws IOException {
        try (Stream<Path> files = Files.list(part)) {
            return files.filter(file -> file.toString().endsWith(Snapshot.HEADER))
                    .sorted()
                    .toList();
        }
    }
}
