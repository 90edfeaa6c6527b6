package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.SafeTensors;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A text encoder by OpenAI. Its names in a checkpoint are already those of transformers. Some programs omit the name's
 * first part, and some save its projection, which is not used here.
 */
final class ClipPart implements Part {

    private static final String ROOT = "text_model.";
    private static final String PROJECTION = "text_projection.weight";

    private final Tensors tensors;
    private final String root;

    ClipPart(Tensors tensors) {
        this.tensors = tensors;
        root = tensors.has(ROOT + TextEncoderNames.TOKENS) ? ROOT : "";
    }

    @Override
    public Optional<List<Piece>> pieces(String name, SafeTensors.Entry tensor) {
        if (name.equals(PROJECTION)) {
            return Optional.of(List.of());
        }
        return name.startsWith(root)
                        && TextEncoderNames.LAYER
                                .matcher(name.substring(root.length()))
                                .matches()
                ? Optional.of(List.of(Piece.of(ROOT + name.substring(root.length()), tensor)))
                : Optional.empty();
    }

    @Override
    public void describe(ObjectNode config) {
        int width = tensors.size(root + TextEncoderNames.TOKENS, 1);
        config.put("projection_dim", width);
        config.put("num_hidden_layers", tensors.count(root + "encoder.layers.%d.mlp.fc1.weight"));
        TextEncoderNames.describe(
                config,
                width,
                tensors.size(root + TextEncoderNames.TOKENS, 0),
                tensors.size(root + TextEncoderNames.POSITIONS, 0),
                tensors.size(root + "encoder.layers.0.mlp.fc1.weight", 0));
    }
}
