package dev.likeness.diffusion.model;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.family.ClipPromptEncoder;
import dev.likeness.diffusion.family.ModelOutline.TextEncoderOutline;
import dev.likeness.diffusion.family.TextEncoder;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.tensor.FileFaults;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.text.ClipTextEncoder;
import dev.likeness.diffusion.token.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Loads text encoders of each kind. Their networks are kept until closed, and their tokenizers are loaded each time. */
final class TextEncoderLoader implements AutoCloseable {

    private final NDManager manager;
    private final ModelFolder folder;
    private final Map<String, ClipTextEncoder> networks = new LinkedHashMap<>();

    TextEncoderLoader(NDManager manager, ModelFolder folder) {
        this.manager = manager;
        this.folder = folder;
    }

    /**
     * Loads encoders.
     *
     * @param spellings of new tokens
     * @throws InvalidModelException if its files are missing or not supported
     */
    List<TextEncoder> load(List<TextEncoderOutline> outlines, List<String> spellings) {
        return all(outlines, outline -> load(outline, spellings));
    }

    /** Loads each encoder. If one fails, the tokenizers of those before it are closed. */
    static <T> List<TextEncoder> all(List<T> outlines, Function<T, TextEncoder> load) {
        List<TextEncoder> loaded = new ArrayList<>();
        boolean complete = false;
        try {
            outlines.forEach(outline -> loaded.add(load.apply(outline)));
            complete = true;
        } finally {
            if (!complete) {
                loaded.forEach(TextEncoder::closeTokenizer);
            }
        }
        return loaded;
    }

    private TextEncoder load(TextEncoderOutline outline, List<String> spellings) {
        String name = outline.network().part();
        return switch (outline.kind()) {
            case CLIP -> {
                // The network is first: if it fails, there is no tokenizer to close.
                ClipTextEncoder network =
                        networks.computeIfAbsent(name, key -> ClipTextEncoder.load(manager, folder.part(key)));
                yield new ClipPromptEncoder(name, tokenizer(outline, spellings), network);
            }
        };
    }

    private ClipTokenizer tokenizer(TextEncoderOutline outline, List<String> spellings) {
        String name = outline.tokenizer();
        Path files = folder.part(name);
        ClipTokenizer tokenizer;
        try {
            tokenizer = ClipTokenizer.load(files, spellings);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidModelException("%s: %s".formatted(name, FileFaults.reason(e)), e);
        }
        if (tokenizer.vocabularySize() > outline.vocabulary()) {
            tokenizer.close();
            throw new InvalidModelException("%s has ids up to %d, but its text encoder has %d rows"
                    .formatted(name, tokenizer.vocabularySize() - 1, outline.vocabulary()));
        }
        return tokenizer;
    }

    /** The networks that were opened so far. */
    List<Network> networks() {
        return networks.values().stream().map(ClipTextEncoder::network).toList();
    }

    /** Frees the networks. The next use loads them again. */
    @Override
    public void close() {
        networks.values().forEach(ClipTextEncoder::close);
        networks.clear();
    }
}
