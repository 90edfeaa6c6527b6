package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The byte-pair encoding of the tokenizer, which is not in a checkpoint.
 *
 * @param folder holds its files; null for CLIP's own, which every published model has
 */
record Vocabulary(@Nullable Path folder) {

    static final String TOKENS = "vocab.json";
    static final List<String> FILES = List.of(TOKENS, "merges.txt");

    private static final String BUNDLED = "/models/clip-tokenizer/";

    byte[] read(String file) throws IOException {
        if (folder != null) {
            return Files.readAllBytes(folder.resolve(file));
        }
        try (InputStream in = Vocabulary.class.getResourceAsStream(BUNDLED + file)) {
            if (in == null) {
                throw new IllegalStateException("%s%s is missing on the class path".formatted(BUNDLED, file));
            }
            return in.readAllBytes();
        }
    }

    /**
     * How many tokens it has.
     *
     * @throws InvalidModelException if its files cannot be read
     */
    int size() {
        try {
            for (String file : FILES) {
                read(file);
            }
            return JsonMapper.shared().readTree(read(TOKENS)).size();
        } catch (IOException | JacksonException e) {
            throw new InvalidModelException(
                    "the tokenizer's %s cannot be read".formatted(String.join(" and ", FILES)), e);
        }
    }
}
