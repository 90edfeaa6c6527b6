package dev.likeness.diffusion.caption;

import dev.likeness.diffusion.tensor.SafeTensors;

/**
 * Names of BLIP's weights in a file. The output layer shares its weight with the word embeddings and its bias with the
 * module around it. Files differ in which of these names they contain.
 */
record BlipWeights(SafeTensors file) {

    private static final String UNTIED_BIAS = "text_decoder.cls.predictions.decoder.bias";
    private static final String BIAS = "text_decoder.cls.predictions.bias";

    /** The weight for the logits. If a file contains both, they are different weights. */
    String output() {
        return has(BlipTextTopology.WORD_EMBEDDINGS) && has(BlipTextTopology.UNTIED_OUTPUT)
                ? BlipTextTopology.UNTIED_OUTPUT
                : BlipTextTopology.WORD_EMBEDDINGS;
    }

    /** The network's name for a key of the file; empty for unused keys. */
    String name(String key) {
        // Old files also contain the positions 0, 1, 2 and so on.
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
