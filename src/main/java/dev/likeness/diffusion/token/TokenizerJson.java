package dev.likeness.diffusion.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code tokenizer.json} that says to Hugging Face's tokenizers library what CLIP's {@code vocab.json} and
 * {@code merges.txt} say, as transformers converts them.
 */
final class TokenizerJson {

    private static final String SPECIAL_OR_WORD =
            "%s|%s|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

    private final JsonMapper mapper = JsonMapper.shared();
    private final JsonNode vocabulary;
    private final SpecialTokens special;

    TokenizerJson(JsonNode vocabulary, SpecialTokens special) {
        this.vocabulary = vocabulary;
        this.special = special;
    }

    /**
     * @param merges {@code merges.txt}
     * @param added tokens beyond the vocabulary; they get the ids that follow it
     */
    String build(Path merges, List<String> added) throws IOException {
        ObjectNode root = mapper.createObjectNode().put("version", "1.0");
        root.set("added_tokens", addedTokens(added));
        root.set("normalizer", normalizer());
        root.set("pre_tokenizer", preTokenizer());
        root.set("decoder", byteLevel(true));
        root.set("model", model(merges));
        return mapper.writeValueAsString(root);
    }

    private ArrayNode addedTokens(List<String> added) {
        ArrayNode tokens = mapper.createArrayNode();
        tokens.add(token(special.id(vocabulary, special.bos()), special.bos(), true));
        tokens.add(token(special.id(vocabulary, special.eos()), special.eos(), true));
        for (int i = 0; i < added.size(); i++) {
            tokens.add(token(vocabulary.size() + i, added.get(i), false));
        }
        return tokens;
    }

    /** Special tokens are found as they are written, added ones in any case: they are compared after normalisation. */
    private ObjectNode token(int id, String content, boolean isSpecial) {
        return mapper.createObjectNode()
                .put("id", id)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", !isSpecial)
                .put("special", isSpecial);
    }

    private ObjectNode normalizer() {
        ObjectNode spaces = mapper.createObjectNode().put("type", "Replace").put("content", " ");
        spaces.set("pattern", mapper.createObjectNode().put("Regex", "\\s+"));
        ObjectNode sequence = mapper.createObjectNode().put("type", "Sequence");
        sequence.set(
                "normalizers",
                mapper.createArrayNode()
                        .add(mapper.createObjectNode().put("type", "NFC"))
                        .add(spaces)
                        .add(mapper.createObjectNode().put("type", "Lowercase")));
        return sequence;
    }

    private ObjectNode preTokenizer() {
        String pattern = SPECIAL_OR_WORD.formatted(quote(special.bos()), quote(special.eos()));
        ObjectNode split = mapper.createObjectNode()
                .put("type", "Split")
                .put("behavior", "Removed")
                .put("invert", true);
        split.set("pattern", mapper.createObjectNode().put("Regex", pattern));
        ObjectNode sequence = mapper.createObjectNode().put("type", "Sequence");
        sequence.set("pretokenizers", mapper.createArrayNode().add(split).add(byteLevel(false)));
        return sequence;
    }

    private ObjectNode byteLevel(boolean addPrefixSpace) {
        return mapper.createObjectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", addPrefixSpace)
                .put("trim_offsets", true)
                .put("use_regex", true);
    }

    private ObjectNode model(Path merges) throws IOException {
        ObjectNode model = mapper.createObjectNode()
                .put("type", "BPE")
                .put("unk_token", special.unk())
                .put("continuing_subword_prefix", "")
                .put("end_of_word_suffix", "</w>")
                .put("fuse_unk", false)
                .put("byte_fallback", false);
        model.set("vocab", vocabulary);
        ArrayNode pairs = model.putArray("merges");
        for (String line : Files.readAllLines(merges)) {
            int space = line.indexOf(' ');
            if (space > 0 && !line.startsWith("#version")) {
                pairs.addArray()
                        .add(line.substring(0, space))
                        .add(line.substring(space + 1).strip());
            }
        }
        return model;
    }

    /** For the library's regular expressions, which do not know {@code \Q}. */
    private static String quote(String text) {
        return text.replaceAll("[\\\\^$.|?*+()\\[\\]{}]", "\\\\$0");
    }
}
