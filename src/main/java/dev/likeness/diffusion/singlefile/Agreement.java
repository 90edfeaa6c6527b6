package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.wire.Quantity;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks that the networks of a checkpoint belong together. */
final class Agreement {

    /** Picture sizes in the input of SDXL's UNet: original, crop corner and target, two numbers each. */
    private static final int SIZES = 6;

    private Agreement() {}

    /**
     * Compares each network's outputs with the inputs of the others.
     *
     * @param textEncoders configurations of the text encoders
     * @throws InvalidModelException naming the mismatch
     */
    static void require(ObjectNode unet, ObjectNode vae, List<ObjectNode> textEncoders) {
        int channels = unet.path("in_channels").asInt();
        int latents = vae.path("latent_channels").asInt();
        if (channels != latents) {
            throw new InvalidModelException(
                    "the UNet takes %s where latents have %d: inpainting and editing models are not supported"
                            .formatted(Quantity.of(channels, "channel"), latents));
        }
        int context = unet.path("cross_attention_dim").asInt();
        int states = textEncoders.stream()
                .mapToInt(it -> it.path("hidden_size").asInt())
                .sum();
        if (context != states) {
            throw new InvalidModelException("the UNet attends to %d features of text, but the text encoders give %d"
                    .formatted(context, states));
        }
        JsonNode added = unet.path("projection_class_embeddings_input_dim");
        boolean takesSizes = added.asInt(0) > 0;
        if (takesSizes != textEncoders.size() > 1) {
            throw new InvalidModelException("the UNet and the text encoders are not of the same family");
        }
        if (takesSizes) {
            int pooled = textEncoders
                    .get(textEncoders.size() - 1)
                    .path("projection_dim")
                    .asInt();
            unet.put("addition_time_embed_dim", sizeFeatures(added.asInt(), pooled));
        }
    }

    /** Features of one embedded size. The UNet takes the pooled text state and six of these. */
    private static int sizeFeatures(int added, int pooled) {
        int features = (added - pooled) / SIZES;
        if (features <= 0 || features * SIZES + pooled != added) {
            throw new InvalidModelException("the UNet takes %d added features, which do not match a pooled text of %d"
                    .formatted(added, pooled));
        }
        return features;
    }

    /** @throws InvalidModelException if the tokenizer has tokens that an encoder does not have */
    static void require(Vocabulary vocabulary, List<ObjectNode> textEncoders) {
        int tokens = vocabulary.size();
        for (ObjectNode textEncoder : textEncoders) {
            int rows = textEncoder.path("vocab_size").asInt();
            if (tokens > rows) {
                throw new InvalidModelException(
                        "the tokenizer has %d tokens, but the text encoder has %d".formatted(tokens, rows));
            }
        }
    }
}
