package dev.likeness.diffusion.unet;

import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * UNet2DConditionModel of diffusers. Inputs: noisy latents [B, C, H, W], timesteps [B], text states [B, L, D] and, for
 * SDXL, a pooled text state [B, P] and six sizes in pixels [B, 6]. Output: the predicted noise [B, C, H, W].
 */
record UnetTopology(UnetConfig config) implements Topology {

    private static final int FEED_FORWARD_FACTOR = 4;

    /** Ratio of the timestep embedding's length to the first level's channels. */
    private static final int EMBEDDING_FACTOR = 4;

    @Override
    public String name() {
        return "unet";
    }

    @Override
    public List<String> inputs() {
        return config.takesSizes()
                ? List.of("sample", "timestep", "context", "pooled", "sizes")
                : List.of("sample", "timestep", "context");
    }

    @Override
    public <T> List<T> build(Ops<T> ops, List<T> inputs) {
        return List.of(new Pass<>(ops, inputs).run());
    }

    /** One pass through the blocks: the current value, its channels, and the skip connections. */
    private final class Pass<T> {

        private record Skip<T>(T value, int channels) {}

        private final Ops<T> ops;
        private final T time;
        private final T context;
        private final Deque<Skip<T>> skips = new ArrayDeque<>();
        private T h;
        private int channels;

        Pass(Ops<T> ops, List<T> inputs) {
            this.ops = ops;
            context = inputs.get(2);
            T timestep = ops.apply(timeEmbedding(), inputs.get(1));
            time = config.takesSizes()
                    ? ops.apply(Blocks.sum(), timestep, ops.apply(addedEmbedding(), inputs.get(3), inputs.get(4)))
                    : timestep;
            channels = config.channels(0);
            h = ops.apply(Blocks.conv3("conv_in", config.inChannels(), channels, 1), inputs.get(0));
            skips.push(new Skip<>(h, channels));
        }

        T run() {
            for (int level = 0; level < config.levels(); level++) {
                down(level);
            }
            middle();
            for (int i = 0; i < config.levels(); i++) {
                up(i);
            }
            h = ops.apply(Blocks.normSilu("conv_norm_out", channels, config.normNumGroups(), config.normEps()), h);
            h = ops.apply(Blocks.conv3("conv_out", channels, config.outChannels(), 1), h);
            return ops.apply(Blocks.toFloat(), h);
        }

        private void down(int level) {
            String block = "down_blocks." + level;
            boolean attends = config.downBlockTypes().get(level).startsWith("CrossAttn");
            for (int i = 0; i < config.layersPerBlock(); i++) {
                resnet(block + ".resnets." + i, config.channels(level));
                if (attends) {
                    transformer(block + ".attentions." + i, level);
                }
                skips.push(new Skip<>(h, channels));
            }
            if (level < config.levels() - 1) {
                h = ops.apply(Blocks.conv3(block + ".downsamplers.0.conv", channels, channels, 2), h);
                skips.push(new Skip<>(h, channels));
            }
        }

        private void middle() {
            resnet("mid_block.resnets.0", channels);
            transformer("mid_block.attentions.0", config.levels() - 1);
            resnet("mid_block.resnets.1", channels);
        }

        private void up(int i) {
            String block = "up_blocks." + i;
            int level = config.levels() - 1 - i;
            boolean attends = config.upBlockTypes().get(i).startsWith("CrossAttn");
            for (int j = 0; j <= config.layersPerBlock(); j++) {
                Skip<T> skip = skips.pop();
                h = ops.apply(Blocks.concatenate(), h, skip.value);
                channels += skip.channels;
                resnet(block + ".resnets." + j, config.channels(level));
                if (attends) {
                    transformer(block + ".attentions." + j, level);
                }
            }
            if (i < config.levels() - 1) {
                h = ops.apply(Blocks.upsample(block + ".upsamplers.0.conv", channels), h);
            }
        }

        private void resnet(String prefix, int out) {
            h = ops.apply(UnetTopology.this.resnet(prefix, channels, out), h, time);
            channels = out;
        }

        private void transformer(String prefix, int level) {
            h = ops.apply(UnetTopology.this.transformer(prefix, channels, level), h, context);
        }
    }

    private int embedding() {
        return EMBEDDING_FACTOR * config.channels(0);
    }

    private Block timeEmbedding() {
        int channels = config.channels(0);
        String prefix = "time_embedding";
        return new Block(
                "time_embedding",
                prefix,
                List.of(channels),
                Blocks.all(
                        Blocks.linear(prefix + ".linear_1", channels, embedding(), true),
                        Blocks.linear(prefix + ".linear_2", embedding(), embedding(), true)));
    }

    private Block addedEmbedding() {
        int in = Objects.requireNonNull(config.projectionClassEmbeddingsInputDim());
        String prefix = "add_embedding";
        return new Block(
                "added_embedding",
                prefix,
                List.of(Objects.requireNonNull(config.additionTimeEmbedDim())),
                Blocks.all(
                        Blocks.linear(prefix + ".linear_1", in, embedding(), true),
                        Blocks.linear(prefix + ".linear_2", embedding(), embedding(), true)));
    }

    private Block resnet(String prefix, int in, int out) {
        List<WeightSpec> weights = new ArrayList<>(Blocks.all(
                Blocks.affine(prefix + ".norm1", in),
                Blocks.conv(prefix + ".conv1", in, out, 3),
                Blocks.linear(prefix + ".time_emb_proj", embedding(), out, true),
                Blocks.affine(prefix + ".norm2", out),
                Blocks.conv(prefix + ".conv2", out, out, 3)));
        if (in != out) {
            weights.addAll(Blocks.conv(prefix + ".conv_shortcut", in, out, 1));
        }
        return new Block("resnet", prefix, List.of(config.normNumGroups(), config.normEps()), weights);
    }

    private Block transformer(String prefix, int channels, int level) {
        boolean linear = config.useLinearProjection();
        List<WeightSpec> weights = new ArrayList<>(Blocks.affine(prefix + ".norm", channels));
        weights.addAll(projection(prefix + ".proj_in", channels, linear));
        for (int i = 0; i < config.depth(level); i++) {
            weights.addAll(transformerBlock(prefix + ".transformer_blocks." + i, channels));
        }
        weights.addAll(projection(prefix + ".proj_out", channels, linear));
        return new Block(
                "transformer",
                prefix,
                List.of(config.heads(level), config.depth(level), linear, config.normNumGroups()),
                weights);
    }

    private static List<WeightSpec> projection(String prefix, int channels, boolean linear) {
        return linear ? Blocks.linear(prefix, channels, channels, true) : Blocks.conv(prefix, channels, channels, 1);
    }

    private List<WeightSpec> transformerBlock(String prefix, int channels) {
        int hidden = FEED_FORWARD_FACTOR * channels;
        return Blocks.all(
                Blocks.affine(prefix + ".norm1", channels),
                attention(prefix + ".attn1", channels, channels),
                Blocks.affine(prefix + ".norm2", channels),
                attention(prefix + ".attn2", channels, config.crossAttentionDim()),
                Blocks.affine(prefix + ".norm3", channels),
                Blocks.linear(prefix + ".ff.net.0.proj", channels, 2 * hidden, true),
                Blocks.linear(prefix + ".ff.net.2", hidden, channels, true));
    }

    private static List<WeightSpec> attention(String prefix, int channels, int context) {
        return Blocks.all(
                Blocks.linear(prefix + ".to_q", channels, channels, false),
                Blocks.linear(prefix + ".to_k", context, channels, false),
                Blocks.linear(prefix + ".to_v", context, channels, false),
                Blocks.linear(prefix + ".to_out.0", channels, channels, true));
    }
}
