package dev.likeness.diffusion.caption;

import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * BLIP's text decoder, a BERT with cross-attention. Inputs: token ids [B, L] and for each layer the keys and values [1,
 * M, E] of one picture. Outputs: logits [B, V] of the next token and their log-probabilities [B, V].
 *
 * @param output name of the weight [V, E] for the logits: that of the word embeddings, if the two are tied
 */
record BlipTextTopology(BlipTextConfig config, String output) implements Topology {

    private static final String BERT = "text_decoder.bert.";
    private static final String PREDICTIONS = "text_decoder.cls.predictions";

    /** The word embeddings [V, E]. */
    static final String WORD_EMBEDDINGS = BERT + "embeddings.word_embeddings.weight";

    /** The name of the weight for the logits in models without tied weights. */
    static final String UNTIED_OUTPUT = PREDICTIONS + ".decoder.weight";

    /** The prefix of a layer's weights. */
    static String layer(int index) {
        return BERT + "encoder.layer." + index;
    }

    @Override
    public String name() {
        return "next_token";
    }

    @Override
    public List<String> inputs() {
        List<String> inputs = new ArrayList<>(List.of("ids"));
        for (int i = 0; i < config.numHiddenLayers(); i++) {
            inputs.add("key" + i);
            inputs.add("value" + i);
        }
        return inputs;
    }

    @Override
    public <T> List<T> build(Ops<T> ops, List<T> inputs) {
        T h = ops.apply(embedding(), inputs.get(0));
        for (int i = 0; i < config.numHiddenLayers(); i++) {
            h = ops.apply(layerBlock(layer(i)), List.of(h, inputs.get(1 + 2 * i), inputs.get(2 + 2 * i)));
        }
        T logits = ops.apply(Blocks.toFloat(), ops.apply(head(), h));
        return List.of(logits, ops.apply(new Block("log_softmax", "", List.of(), List.of()), logits));
    }

    private Block embedding() {
        String prefix = BERT + "embeddings";
        int features = config.hiddenSize();
        return new Block(
                "bert_embedding",
                prefix,
                List.of(config.layerNormEps()),
                Blocks.all(
                        List.of(
                                new WeightSpec(WORD_EMBEDDINGS, config.tokens().vocabSize(), features),
                                new WeightSpec(
                                        prefix + ".position_embeddings.weight",
                                        config.tokens().maxPositionEmbeddings(),
                                        features)),
                        Blocks.affine(prefix + ".LayerNorm", features)));
    }

    /** The keys and values of the cross-attention are outputs of the image encoder, which has their weights. */
    private Block layerBlock(String prefix) {
        int features = config.hiddenSize();
        return new Block(
                "bert_layer",
                prefix,
                List.of(config.numAttentionHeads(), config.hiddenAct(), config.layerNormEps()),
                Blocks.all(
                        square(prefix + ".attention.self.query"),
                        square(prefix + ".attention.self.key"),
                        square(prefix + ".attention.self.value"),
                        residual(prefix + ".attention.output", features),
                        square(prefix + ".crossattention.self.query"),
                        residual(prefix + ".crossattention.output", features),
                        Blocks.linear(prefix + ".intermediate.dense", features, config.intermediateSize(), true),
                        residual(prefix + ".output", config.intermediateSize())));
    }

    private Block head() {
        int features = config.hiddenSize();
        return new Block(
                "bert_next_token",
                PREDICTIONS,
                List.of(output, config.hiddenAct(), config.layerNormEps()),
                Blocks.all(
                        square(PREDICTIONS + ".transform.dense"),
                        Blocks.affine(PREDICTIONS + ".transform.LayerNorm", features),
                        List.of(
                                new WeightSpec(output, config.tokens().vocabSize(), features),
                                new WeightSpec(
                                        PREDICTIONS + ".bias", config.tokens().vocabSize()))));
    }

    private List<WeightSpec> square(String prefix) {
        return Blocks.linear(prefix, config.hiddenSize(), config.hiddenSize(), true);
    }

    private List<WeightSpec> residual(String prefix, int in) {
        return Blocks.all(
                Blocks.linear(prefix + ".dense", in, config.hiddenSize(), true),
                Blocks.affine(prefix + ".LayerNorm", config.hiddenSize()));
    }
}
