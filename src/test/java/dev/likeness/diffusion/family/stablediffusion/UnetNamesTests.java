package dev.likeness.diffusion.family.stablediffusion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.adapter.LoraSuffixes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One residual block per level, and attentions in the first upward level alone. */
class UnetNamesTests {

    private static final UnetNames SDXL = new UnetNames(1, level -> level == 0, true);
    private static final UnetNames OTHERS = new UnetNames(1, level -> level == 0, false);

    /** Names of the original implementation for the layers outside of attention. In files of kohya underscores replace the dots. */
    @ParameterizedTest
    @CsvSource({
        "input_blocks_0_0, conv_in",
        "input_blocks_1_0_in_layers_2, down_blocks.0.resnets.0.conv1",
        "input_blocks_2_0_op, down_blocks.0.downsamplers.0.conv",
        "input_blocks_3_0_skip_connection, down_blocks.1.resnets.0.conv_shortcut",
        "middle_block_0_emb_layers_1, mid_block.resnets.0.time_emb_proj",
        "middle_block_2_out_layers_3, mid_block.resnets.1.conv2",
        "middle_block_1_proj_in, mid_block.attentions.0.proj_in",
        "output_blocks_1_2_conv, up_blocks.0.upsamplers.0.conv",
        "output_blocks_3_1_conv, up_blocks.1.upsamplers.0.conv",
        "output_blocks_3_0_in_layers_2, up_blocks.1.resnets.1.conv1",
        "time_embed_2, time_embedding.linear_2",
        "label_emb_0_0, add_embedding.linear_1",
        "out_2, conv_out"
    })
    void knowsTheOriginalNames(String flat, String layer) {
        assertThat(SDXL.originals(layer).stream().map(name -> name.replace('.', '_')))
                .contains(flat);
        assertThat(OTHERS.originals(layer)).isEqualTo(SDXL.originals(layer));
    }

    @ParameterizedTest
    @CsvSource({
        "up_blocks.0.upsamplers.0.conv, output_blocks.1.2.conv",
        "up_blocks.1.upsamplers.0.conv, output_blocks.3.1.conv",
        "down_blocks.1.resnets.0.conv1, input_blocks.3.0.in_layers.2"
    })
    void writesTheOriginalNamesForSdxlAlone(String layer, String original) {
        assertThat(SDXL.kohya(layer)).isEqualTo(original);
        assertThat(OTHERS.kohya(layer)).isEqualTo(layer);
    }

    @Test
    void keepsTheNameOfALayerThatTheOriginalLacks() {
        assertThat(SDXL.originals("down_blocks.0.resnets.0.norm1")).isEqualTo(List.of());
        assertThat(SDXL.kohya("down_blocks.0.resnets.0.norm1")).isEqualTo("down_blocks.0.resnets.0.norm1");
    }

    @Test
    void namesTensorsAsDiffusersDoesForUnets() {
        assertThat(SDXL.diffusers()).isEqualTo(LoraSuffixes.UNET);
    }
}
