package dev.likeness.diffusion.method;

import java.util.List;

/** The kind of result of a training, and its export formats. */
public enum TrainedKind {
    /** Weights that replace the base model's own. */
    WEIGHTS(ExportFormat.MODEL_DIFFUSERS),
    /** An adapter beside the base model's weights. */
    ADAPTER(ExportFormat.LORA_DIFFUSERS, ExportFormat.LORA_KOHYA),
    /** An adapter beside the base model's weights, and embeddings of a placeholder token. */
    ADAPTER_WITH_EMBEDDINGS(ExportFormat.LORA_DIFFUSERS, ExportFormat.EMBEDDING_BESIDE_LORA, ExportFormat.LORA_KOHYA),
    /** Embeddings of a placeholder token. */
    EMBEDDINGS(ExportFormat.EMBEDDING_DIFFUSERS, ExportFormat.EMBEDDING_A1111);

    private final List<ExportFormat> formats;

    TrainedKind(ExportFormat... formats) {
        this.formats = List.of(formats);
    }

    /** The formats that other programs load. */
    public List<ExportFormat> formats() {
        return formats;
    }

    /** Whether the base model's own weights change. Otherwise they are frozen in training, and the result can be merged with others. */
    public boolean changesBase() {
        return this == WEIGHTS;
    }

    /** Whether there is an adapter beside the base model's weights. */
    public boolean hasAdapter() {
        return this == ADAPTER || this == ADAPTER_WITH_EMBEDDINGS;
    }

    /** Whether there are embeddings of a placeholder token. */
    public boolean hasEmbeddings() {
        return this == EMBEDDINGS || this == ADAPTER_WITH_EMBEDDINGS;
    }
}
