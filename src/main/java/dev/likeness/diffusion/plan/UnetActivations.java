package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.plan.Coefficients.Kept;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Numbers that one picture leaves behind in a UNet's forward pass. Goes through the blocks as a picture does; what counts
 * is channels times places.
 */
final class UnetActivations {

    private final Kept kept;
    private final Deque<Long> skips = new ArrayDeque<>();
    private long places;
    private long channels;
    private long everything;
    private long between;
    private long largest;

    private UnetActivations(Kept kept, long places) {
        this.kept = kept;
        this.places = places;
    }

    /**
     * @param everything kept for the gradient
     * @param between kept between blocks, which is all that gradient checkpointing keeps
     * @param largest kept for the gradient by one block
     */
    record Numbers(long everything, long between, long largest) {}

    /** @param places latents of a picture */
    static Numbers of(ModelSize.Unet unet, Kept kept, long places) {
        UnetActivations pass = new UnetActivations(kept, places);
        pass.run(unet);
        return new Numbers(pass.everything, pass.between, pass.largest);
    }

    private void run(ModelSize.Unet unet) {
        int levels = unet.channels().size();
        channels = unet.channels().get(0);
        block(0, channels);
        skips.push(channels);
        for (int level = 0; level < levels; level++) {
            for (int i = 0; i < unet.layers(); i++) {
                layer(unet.channels().get(level), unet.depths().get(level));
                skips.push(channels);
            }
            if (level < levels - 1) {
                places /= 4;
                block(0, channels);
                skips.push(channels);
            }
        }
        resnet(channels);
        transformer(unet.middleDepth());
        resnet(channels);
        for (int level = levels - 1; level >= 0; level--) {
            for (int i = 0; i <= unet.layers(); i++) {
                channels += skips.pop();
                block(0, channels);
                layer(unet.channels().get(level), unet.depths().get(level));
            }
            if (level > 0) {
                places *= 4;
                block(channels, channels);
            }
        }
    }

    private void layer(long out, int depth) {
        resnet(out);
        if (depth > 0) {
            transformer(depth);
        }
    }

    private void resnet(long out) {
        block(kept.resnet * (channels + out), out);
        channels = out;
    }

    private void transformer(int depth) {
        block((kept.attention + (long) kept.transformer * depth) * channels, channels);
    }

    /**
     * @param inside channels that a block keeps
     * @param out channels of its result
     */
    private void block(long inside, long out) {
        everything += inside * places;
        between += out * places;
        largest = Math.max(largest, inside * places);
    }
}
