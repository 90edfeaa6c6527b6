package dev.likeness.diffusion.family.stablediffusion;

import dev.likeness.diffusion.adapter.DenoiserNames;
import dev.likeness.diffusion.adapter.LoraSuffixes;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The names of a UNet's layers in adapter files.
 *
 * @param resnetsPerLevel residual blocks of each level
 * @param attends whether an upward level has attentions, which moves the number of its upsampling in the original blocks by one
 * @param writesOriginals whether kohya's programs write the original names, as for SDXL
 */
record UnetNames(int resnetsPerLevel, IntPredicate attends, boolean writesOriginals) implements DenoiserNames {

    private static final String UPSAMPLER = ".upsamplers.";

    @Override
    public LoraSuffixes diffusers() {
        return LoraSuffixes.UNET;
    }

    @Override
    public List<String> originals(String layer) {
        return OriginalBlocks.of(layer, resnetsPerLevel);
    }

    @Override
    public String kohya(String layer) {
        List<String> originals = originals(layer);
        return writesOriginals && !originals.isEmpty() ? originals.get(isBehindAttention(layer) ? 1 : 0) : layer;
    }

    private boolean isBehindAttention(String layer) {
        int upsampler = layer.indexOf(UPSAMPLER);
        return upsampler >= 0 && attends.test(Integer.parseInt(layer.substring("up_blocks.".length(), upsampler)));
    }
}
