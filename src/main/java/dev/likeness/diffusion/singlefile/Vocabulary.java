package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.FileFaults;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.token.TokenizerFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokenizer's byte-pair encoding, which is not in a checkpoint.
 *
 * @param folder with its files; null for CLIP's vocabulary, which every published model has
 */
record Vocabulary(@Nullable Path folder) {

    private static final String BUNDLED = "/models/clip-tokenizer/";
    private static final List<String> BUNDLED_FILES = List.of("vocab.json", "merges.txt");

    /** The names of its files. */
    List<String> files() {
        return folder == null
                ? BUNDLED_FILES
                : TokenizerFiles.NAMES.stream()
                        .filter(file -> Files.isRegularFile(folder.resolve(file)))
                        .toList();
    }

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
     * Number of ids, including those of added tokens.
     *
     * @throws InvalidModelException if its files cannot be read
     */
    int size() {
        try {
            return folder == null
                    ? JsonMapper.shared().readTree(read(BUNDLED_FILES.get(0))).size()
                    : TokenizerFiles.read(folder).size();
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    /**
     * The settings for special and added tokens in the folder's files, as fields of {@code tokenizer_config.json};
     * empty for CLIP's vocabulary.
     *
     * @throws InvalidModelException if its files cannot be read
     */
    ObjectNode config() {
        try {
            return folder == null ? JsonMapper.shared().createObjectNode() : TokenizerFiles.config(folder);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private static InvalidModelException unreadable(Exception e) {
        return new InvalidModelException("the tokenizer cannot be read: " + FileFaults.reason(e), e);
    }
}
