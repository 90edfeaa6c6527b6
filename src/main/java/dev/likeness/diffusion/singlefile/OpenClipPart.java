package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.wire.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A text encoder by OpenCLIP. It has query, key and value in one matrix, and its projection is transposed compared with
 * a linear layer.
 */
final class OpenClipPart implements Part {

    private static final String TOKENS = "token_embedding.weight";
    private static final String POSITIONS = "positional_embedding";
    private static final String PROJECTION = "text_projection";
    private static final String BLOCK = "transformer.resblocks.%d.mlp.c_fc.weight";
    private static final Pattern LAYER = Pattern.compile("transformer\\.resblocks\\.(\\d+)\\.(.+)");
    private static final Pattern TOGETHER = Pattern.compile("(.+)\\.in_proj_(weight|bias)");

    private static final Renaming OUTER = new Renaming()
            .rule("token_embedding\\.weight", "text_model.embeddings.token_embedding.weight")
            .rule(POSITIONS, "text_model.embeddings.position_embedding.weight")
            .rule("ln_final\\.(weight|bias)", "text_model.final_layer_norm.$1");

    private static final Renaming INNER = new Renaming()
            .rule("ln_([12])\\.(weight|bias)", "layer_norm$1.$2")
            .rule("mlp\\.c_fc\\.(weight|bias)", "mlp.fc1.$1")
            .rule("mlp\\.c_proj\\.(weight|bias)", "mlp.fc2.$1")
            .rule("attn\\.out_proj\\.(weight|bias)", "self_attn.out_proj.$1")
            .rule("attn\\.(in_proj_weight|in_proj_bias)", "self_attn.$1");

    private final Tensors tensors;
    private final int layers;
    private final boolean projected;

    private OpenClipPart(Tensors tensors, int layers, boolean projected) {
        this.tensors = tensors;
        this.layers = layers;
        this.projected = projected;
    }

    /** An encoder with all of its layers and its projection, whose pooled state is used: the second one of SDXL. */
    static OpenClipPart whole(Tensors tensors) {
        return new OpenClipPart(tensors, tensors.count(BLOCK), true);
    }

    /**
     * An encoder whose second last states are used, without its last layer and projection: that of Stable Diffusion 2.
     *
     * @param layers number of used layers
     * @throws InvalidModelException unless the checkpoint has this number of layers or one more
     */
    static OpenClipPart withoutLastLayer(Tensors tensors, int layers) {
        int found = tensors.count(BLOCK);
        if (found != layers && found != layers + 1) {
            throw new InvalidModelException("the text encoder has %s instead of %d or %d"
                    .formatted(Quantity.of(found, "layer"), layers, layers + 1));
        }
        return new OpenClipPart(tensors, layers, false);
    }

    @Override
    public Optional<List<Piece>> pieces(String name, SafeTensors.Entry tensor) {
        if (name.equals(PROJECTION)) {
            return Optional.of(projected ? List.of(Piece.transposed("text_projection.weight", tensor)) : List.of());
        }
        Matcher layer = LAYER.matcher(name);
        if (!layer.matches()) {
            return OUTER.apply(name).map(renamed -> List.of(Piece.of(renamed, tensor)));
        }
        int number = Integer.parseInt(layer.group(1));
        Optional<String> inner = INNER.apply(layer.group(2));
        if (number >= layers) {
            return inner.map(dropped -> List.of());
        }
        return inner.map(renamed -> split("text_model.encoder.layers.%d.%s".formatted(number, renamed), tensor));
    }

    private static List<Piece> split(String name, SafeTensors.Entry tensor) {
        Matcher together = TOGETHER.matcher(name);
        if (!together.matches()) {
            return List.of(Piece.of(name, tensor));
        }
        return Piece.split(
                Stream.of("q", "k", "v")
                        .map(one -> "%s.%s_proj.%s".formatted(together.group(1), one, together.group(2)))
                        .toList(),
                tensor);
    }

    @Override
    public void describe(ObjectNode config) {
        int width = tensors.size(TOKENS, 1);
        config.put("projection_dim", projected ? tensors.size(PROJECTION, 1) : width);
        config.put("num_hidden_layers", layers);
        TextEncoderNames.describe(
                config,
                width,
                tensors.size(TOKENS, 0),
                tensors.size(POSITIONS, 0),
                tensors.size(BLOCK.formatted(0), 0));
    }
}
