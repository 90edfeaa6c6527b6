package dev.likeness.diffusion.singlefile;

import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Names and fields that both kinds of text encoders have in transformers. */
final class TextEncoderNames {

    static final String TOKENS = "embeddings.token_embedding.weight";
    static final String POSITIONS = "embeddings.position_embedding.weight";

    /** Every name in an encoder of transformers, without its root. */
    static final Pattern LAYER = Pattern.compile("embeddings\\.(?:token|position)_embedding\\.weight"
            + "|encoder\\.layers\\.\\d+\\.(?:layer_norm[12]|mlp\\.fc[12]|self_attn\\.(?:[qkv]|out)_proj)\\.(?:weight|bias)"
            + "|final_layer_norm\\.(?:weight|bias)");

    private static final int HEAD_WIDTH = 64;

    private TextEncoderNames() {}

    static void describe(ObjectNode config, int width, int vocabulary, int positions, int hidden) {
        config.put("hidden_size", width);
        config.put("vocab_size", vocabulary);
        config.put("max_position_embeddings", positions);
        config.put("intermediate_size", hidden);
        if (!config.hasNonNull("num_attention_heads")) {
            config.put("num_attention_heads", Heads.of("text_encoder", width, HEAD_WIDTH));
        }
    }
}
