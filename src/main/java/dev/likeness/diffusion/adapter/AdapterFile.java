package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.tensor.SafeTensors;
import java.nio.file.Path;

/** An adapter file that fits a base model. */
public sealed interface AdapterFile permits LoraFile, EmbeddingFile {

    /** Those of SDXL at all of its layers take half a million bytes; the notes of some trainers a few more. */
    int MAX_HEADER = 16 << 20;

    /** Whose names its tensors have. */
    AdapterFormat format();

    /**
     * Checks a file, tensor by tensor.
     *
     * @throws UnusableAdapterException naming every tensor that is not understood or does not fit the model
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if it is not a safetensors file, or is cut short
     */
    static AdapterFile read(Path file, BaseLayers base) {
        SafeTensors tensors = SafeTensors.open(file, MAX_HEADER);
        if (EmbeddingFile.isOne(tensors)) {
            return EmbeddingFile.read(tensors, base);
        }
        LoraFile lora = LoraFile.read(tensors, base);
        return lora.layers().isEmpty() && lora.embeddings().size() == 1
                ? lora.embeddings().get(0)
                : lora;
    }
}
