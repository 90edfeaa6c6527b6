package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.tensor.SafeTensors;
import java.nio.file.Path;

/** An adapter file that fits a base model. */
public sealed interface AdapterFile permits LoraFile, EmbeddingFile {

    /** The header of an adapter at all layers of SDXL has half a million bytes. The metadata of some trainers adds a few more. */
    int MAX_HEADER = 16 << 20;

    /** The program whose naming scheme the file has. */
    AdapterFormat format();

    /**
     * Checks a file, tensor by tensor.
     *
     * @throws UnusableAdapterException naming every tensor that is unknown or does not fit the model
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if it is not a safetensors file, or is truncated
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
