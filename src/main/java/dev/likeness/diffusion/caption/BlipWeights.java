package dev.likeness.diffusion.caption;

import dev.likeness.diffusion.tensor.SafeTensors;

/**
 * Names of BLIP's weights in a file. Its output layer shares its weight with the word embeddings and its bias with the
 * head around it, and files differ in which of the names they hold.
 */
record BlipWeights(SafeTensors file) {

    private static final String UNTIED_BIAS = "text_decoder.cls.predictions.decoder.bias";
    private static final String BIAS = "text_decoder.cls.predictions.bias";

    /** The weight that gives the logits: where a file holds two, they are not the same one. */
    String output() {
        return has(BlipTextTopology.WORD_EMBEDDINGS) && has(BlipTextTopology.UNTIED_OUTPUT)
                ? BlipTextTopology.UNTIED_OUTPUT
                : BlipTextTopology.WORD_EMBEDDINGS;
    }

    /** The network's name for a key of the file; empty for what it does not need. */
    String name(String key) {
        // Old files hold the positions 0, 1, 2 too.
        if (key.endsWith("embeddings.position_ids")) {
            return "";
        }
        if (key.equals(UNTIED_BIAS)) {
            return has(BIAS) ? "" : BIAS;
        }
        if (key.equals(BlipTextTopology.UNTIED_OUTPUT)) {
            return output();
        }
        return key;
    }

    private boolean has(String key) {
        return file.entries().containsKey(key);
    }
}
