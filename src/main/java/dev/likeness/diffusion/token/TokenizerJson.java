package dev.likeness.diffusion.token;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds a {@code tokenizer.json} for Hugging Face's tokenizers library from a CLIP tokenizer's files, as transformers
 * converts them.
 */
final class TokenizerJson {

    private static final String SPECIAL_OR_WORD =
            "%s|%s|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

    private final JsonMapper mapper = JsonMapper.shared();
    private final TokenizerFiles files;
    private final SpecialTokens special;

    TokenizerJson(TokenizerFiles files) {
        this.files = files;
        this.special = files.special();
    }

    /**
     * @param further tokens after those of the files. The library numbers all tokens that are not in the vocabulary
     *     from its size on, in this order, and ignores their ids
     */
    String build(List<String> further) {
        ObjectNode root = mapper.createObjectNode().put("version", "1.0");
        root.set("added_tokens", addedTokens(further));
        root.set("normalizer", normalizer());
        root.set("pre_tokenizer", preTokenizer());
        root.set("decoder", byteLevel(true));
        root.set("model", model());
        return mapper.writeValueAsString(root);
    }

    private ArrayNode addedTokens(List<String> further) {
        ArrayNode tokens = mapper.createArrayNode();
        for (AddedTokens.AddedToken token : files.known()) {
            tokens.add(token.fields().deepCopy().put("id", token.id()));
        }
        int id = files.vocabulary().size();
        for (AddedTokens.AddedToken token : files.added()) {
            tokens.add(token.fields().deepCopy().put("id", id++));
        }
        for (String token : further) {
            tokens.add(AddedTokens.fields(token, false).put("id", id++));
        }
        return tokens;
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

    private ObjectNode model() {
        ObjectNode model = mapper.createObjectNode()
                .put("type", "BPE")
                .put("unk_token", special.unk())
                .put("continuing_subword_prefix", "")
                .put("end_of_word_suffix", "</w>")
                .put("fuse_unk", false)
                .put("byte_fallback", false);
        model.set("vocab", files.vocabulary());
        model.set("merges", files.merges());
        return model;
    }

    /** Escapes a text for the library's regular expressions, which do not support {@code \Q}. */
    private static String quote(String text) {
        return text.replaceAll("[\\\\^$.|?*+()\\[\\]{}]", "\\\\$0");
    }
}
