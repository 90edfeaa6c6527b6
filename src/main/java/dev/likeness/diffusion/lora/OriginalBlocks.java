package dev.likeness.diffusion.lora;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that the original implementation gives the UNet's attention: its blocks are numbered in one row. */
final class OriginalBlocks {

    private static final Pattern DOWN = Pattern.compile("down_blocks\\.(\\d+)\\.attentions\\.(\\d+)\\.(.*)");
    private static final Pattern UP = Pattern.compile("up_blocks\\.(\\d+)\\.attentions\\.(\\d+)\\.(.*)");
    private static final Pattern MIDDLE = Pattern.compile("mid_block\\.attentions\\.0\\.(.*)");

    private OriginalBlocks() {}

    /** The original name of a layer of an attention block. */
    static Optional<String> of(String layer, int resnetsPerLevel) {
        Matcher down = DOWN.matcher(layer);
        if (down.matches()) {
            // Block 0 is the first convolution; every level ends with a downsampling.
            int block = 1 + number(down, 1) * (resnetsPerLevel + 1) + number(down, 2);
            return Optional.of("input_blocks.%d.1.%s".formatted(block, down.group(3)));
        }
        Matcher up = UP.matcher(layer);
        if (up.matches()) {
            int block = number(up, 1) * (resnetsPerLevel + 1) + number(up, 2);
            return Optional.of("output_blocks.%d.1.%s".formatted(block, up.group(3)));
        }
        Matcher middle = MIDDLE.matcher(layer);
        return middle.matches() ? Optional.of("middle_block.1." + middle.group(1)) : Optional.empty();
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
