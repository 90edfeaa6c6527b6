package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.text.ClipTextEncoder;
import dev.likeness.diffusion.token.ClipTokenizer;
import dev.likeness.diffusion.unet.Unet;
import dev.likeness.diffusion.vae.Vae;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A base model's networks, each loaded when it is first needed and kept until closed. */
final class ModelParts implements AutoCloseable {

    private final NDManager manager;
    private final ModelFolder folder;
    private @Nullable ClipTokenizer tokenizer;
    private @Nullable ClipTextEncoder textEncoder;
    private @Nullable Unet unet;
    private @Nullable Vae vae;

    ModelParts(NDManager manager, ModelFolder folder) {
        this.manager = manager;
        this.folder = folder;
    }

    ClipTokenizer tokenizer() {
        if (tokenizer == null) {
            try {
                tokenizer = ClipTokenizer.load(folder.part("tokenizer"));
            } catch (IOException | IllegalArgumentException e) {
                throw new InvalidModelException("tokenizer: cannot be read", e);
            }
        }
        return tokenizer;
    }

    ClipTextEncoder textEncoder() {
        if (textEncoder == null) {
            textEncoder = ClipTextEncoder.load(manager, folder.part("text_encoder"));
        }
        return textEncoder;
    }

    Unet unet() {
        if (unet == null) {
            unet = Unet.load(manager, folder.part("unet"));
        }
        return unet;
    }

    Vae vae() {
        if (vae == null) {
            vae = Vae.load(manager, folder.part("vae"));
        }
        return vae;
    }

    /** Drops the networks that training changes; they come back as the base has them. */
    void dropTrained() {
        if (unet != null) {
            unet.close();
            unet = null;
        }
        if (textEncoder != null) {
            textEncoder.close();
            textEncoder = null;
        }
    }

    @Override
    public void close() {
        dropTrained();
        if (vae != null) {
            vae.close();
            vae = null;
        }
        if (tokenizer != null) {
            tokenizer.close();
            tokenizer = null;
        }
    }
}
