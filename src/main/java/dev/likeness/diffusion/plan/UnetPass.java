package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.plan.Coefficients.Kept;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Goes through the blocks of a UNet as a picture does; what counts is channels times places. */
final class UnetPass {

    private final ModelSize.Unet unet;
    private final Kept kept;
    private final List<UnetBlock> blocks = new ArrayList<>();
    private final Deque<Long> skips = new ArrayDeque<>();
    private long places;
    private long channels;

    private UnetPass(ModelSize.Unet unet, Kept kept, long places) {
        this.unet = unet;
        this.kept = kept;
        this.places = places;
    }

    /**
     * The blocks in order.
     *
     * @param places latents of a picture
     */
    static List<UnetBlock> of(ModelSize.Unet unet, Kept kept, long places) {
        UnetPass pass = new UnetPass(unet, kept, places);
        pass.run();
        return List.copyOf(pass.blocks);
    }

    private void run() {
        int levels = unet.channels().size();
        channels = unet.channels().get(0);
        convolution("conv_in", channels, true);
        for (int level = 0; level < levels; level++) {
            down(level, level == levels - 1);
        }
        resnet("mid_block.resnets.0", channels, false);
        transformer("mid_block.attentions.0", unet.middleDepth(), false);
        resnet("mid_block.resnets.1", channels, false);
        for (int level = levels - 1; level >= 0; level--) {
            up("up_blocks." + (levels - 1 - level), level);
        }
        long last = channels * places;
        add(2 * last, last, false, 0, 2 * last, unet.weights("conv_out"));
    }

    private void down(int level, boolean last) {
        String block = "down_blocks." + level;
        for (int i = 0; i < unet.layers(); i++) {
            int depth = unet.depths().get(level);
            resnet(block + ".resnets." + i, unet.channels().get(level), depth == 0);
            if (depth > 0) {
                transformer(block + ".attentions." + i, depth, true);
            }
        }
        if (!last) {
            places /= 4;
            convolution(block + ".downsamplers.0", channels, true);
        }
    }

    private void up(String block, int level) {
        for (int i = 0; i <= unet.layers(); i++) {
            long skip = skips.pop();
            channels += skip;
            add(0, channels * places, false, skip * places, channels * places, 0);
            resnet(block + ".resnets." + i, unet.channels().get(level), false);
            if (unet.depths().get(level) > 0) {
                transformer(block + ".attentions." + i, unet.depths().get(level), false);
            }
        }
        if (level > 0) {
            places *= 4;
            convolution(block + ".upsamplers.0", channels, false);
        }
    }

    private void convolution(String name, long out, boolean skip) {
        // Going up, the picture that the convolution gets is larger than the one the block gets, and is kept instead.
        long upsampled = name.contains("upsamplers") ? channels * places : 0;
        add(upsampled, out * places, skip, 0, 2 * out * places, unet.weights(name));
    }

    private void resnet(String name, long out, boolean skip) {
        long numbers = (channels + out) * places;
        add(kept.resnet * numbers, out * places, skip, 0, Coefficients.RESNET_WORK * numbers, unet.weights(name));
        channels = out;
    }

    private void transformer(String name, int depth, boolean skip) {
        long numbers = channels * places;
        add(
                (kept.attention + (long) kept.transformer * depth) * numbers,
                numbers,
                skip,
                0,
                Coefficients.TRANSFORMER_WORK * numbers,
                unet.weights(name));
    }

    private void add(long kept, long out, boolean skip, long joined, long work, long weights) {
        if (skip) {
            skips.push(channelsOf(out));
        }
        blocks.add(new UnetBlock(kept, out, skip ? out : 0, joined, work, weights));
    }

    private long channelsOf(long numbers) {
        return numbers / places;
    }
}
