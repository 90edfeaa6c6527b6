package dev.likeness.diffusion.adapter;

import java.util.List;

/** How adapter files name the layers of a denoiser. Names of layers are without the denoiser's part. */
public interface DenoiserNames {

    /** The names of an adapter's tensors in files of diffusers. */
    LoraSuffixes diffusers();

    /** The original implementation's names of a layer, with dots; several where files differ, and none for a layer that it names as diffusers does. */
    List<String> originals(String layer);

    /** The name that kohya's programs write for a layer, before underscores replace its dots. */
    String kohya(String layer);
}
