package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.SafeTensorsHeader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names and shapes of a published checkpoint, according to the modules of the original programs:
 * {@code openaimodel.py}, {@code model.py}, CLIP of transformers and OpenCLIP.
 */
public final class PublishedCheckpoint {

    private final Map<String, long[]> tensors = new LinkedHashMap<>();

    private PublishedCheckpoint() {}

    /** v1-5-pruned-emaonly. */
    public static PublishedCheckpoint sd15() {
        PublishedCheckpoint checkpoint = new PublishedCheckpoint();
        checkpoint.schedule();
        checkpoint.unet(List.of(1, 2, 4, 4), List.of(1, 1, 1, 0), 768, false, 0);
        checkpoint.vae();
        checkpoint.clip("cond_stage_model.transformer.text_model.", 768, 12);
        checkpoint.put("cond_stage_model.transformer.text_model.embeddings.position_ids", 1, 77);
        return checkpoint;
    }

    /** v2-1_768-ema-pruned. */
    public static PublishedCheckpoint sd21() {
        PublishedCheckpoint checkpoint = new PublishedCheckpoint();
        checkpoint.schedule();
        checkpoint.unet(List.of(1, 2, 4, 4), List.of(1, 1, 1, 0), 1024, true, 0);
        checkpoint.vae();
        checkpoint.openClip("cond_stage_model.model.", 1024, 24);
        return checkpoint;
    }

    /** sd_xl_base_1.0. */
    public static PublishedCheckpoint sdxl() {
        PublishedCheckpoint checkpoint = new PublishedCheckpoint();
        checkpoint.put("denoiser.sigmas", 1000);
        checkpoint.unet(List.of(1, 2, 4), List.of(0, 2, 10), 2048, true, 2816);
        checkpoint.vae();
        checkpoint.clip("conditioner.embedders.0.transformer.text_model.", 768, 12);
        checkpoint.openClip("conditioner.embedders.1.model.", 1280, 32);
        return checkpoint;
    }

    /** Writes a file with this header and a hole instead of data. */
    public Path write(Path file) throws IOException {
        SafeTensorsHeader header = new SafeTensorsHeader(Map.of());
        long bytes = 0;
        for (Map.Entry<String, long[]> tensor : tensors.entrySet()) {
            header.add(tensor.getKey(), Element.F16, tensor.getValue());
            bytes += Element.F16.bytes() * count(tensor.getValue());
        }
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] start = header.toBytes();
            out.write(start);
            out.setLength(start.length + bytes);
        }
        return file;
    }

    private static long count(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    private void schedule() {
        for (String name : List.of(
                "betas",
                "alphas_cumprod",
                "alphas_cumprod_prev",
                "sqrt_alphas_cumprod",
                "sqrt_one_minus_alphas_cumprod",
                "log_one_minus_alphas_cumprod",
                "sqrt_recip_alphas_cumprod",
                "sqrt_recipm1_alphas_cumprod",
                "posterior_variance",
                "posterior_log_variance_clipped",
                "posterior_mean_coef1",
                "posterior_mean_coef2")) {
            put(name, 1000);
        }
        put("model_ema.decay");
        put("model_ema.num_updates");
    }

    private void unet(List<Integer> multipliers, List<Integer> depths, int context, boolean linear, int added) {
        String root = "model.diffusion_model.";
        int base = 320;
        int levels = multipliers.size();
        linear(root + "time_embed.0", base, 4 * base);
        linear(root + "time_embed.2", 4 * base, 4 * base);
        if (added > 0) {
            linear(root + "label_emb.0.0", added, 4 * base);
            linear(root + "label_emb.0.2", 4 * base, 4 * base);
        }
        conv(root + "input_blocks.0.0", 4, base, 3);
        Deque<Integer> skips = new ArrayDeque<>(List.of(base));
        int channels = base;
        int block = 1;
        for (int level = 0; level < levels; level++) {
            for (int i = 0; i < 2; i++, block++) {
                String prefix = root + "input_blocks." + block;
                resnet(prefix + ".0", channels, base * multipliers.get(level));
                channels = base * multipliers.get(level);
                transformer(prefix + ".1", channels, depths.get(level), context, linear);
                skips.push(channels);
            }
            if (level < levels - 1) {
                conv(root + "input_blocks." + block++ + ".0.op", channels, channels, 3);
                skips.push(channels);
            }
        }
        resnet(root + "middle_block.0", channels, channels);
        transformer(root + "middle_block.1", channels, Math.max(1, depths.get(levels - 1)), context, linear);
        resnet(root + "middle_block.2", channels, channels);
        block = 0;
        for (int level = levels - 1; level >= 0; level--) {
            for (int i = 0; i < 3; i++, block++) {
                String prefix = root + "output_blocks." + block;
                resnet(prefix + ".0", channels + skips.pop(), base * multipliers.get(level));
                channels = base * multipliers.get(level);
                transformer(prefix + ".1", channels, depths.get(level), context, linear);
                if (level > 0 && i == 2) {
                    conv(prefix + (depths.get(level) > 0 ? ".2" : ".1") + ".conv", channels, channels, 3);
                }
            }
        }
        norm(root + "out.0", base);
        conv(root + "out.2", base, 4, 3);
    }

    private void resnet(String prefix, int in, int out) {
        norm(prefix + ".in_layers.0", in);
        conv(prefix + ".in_layers.2", in, out, 3);
        linear(prefix + ".emb_layers.1", 1280, out);
        norm(prefix + ".out_layers.0", out);
        conv(prefix + ".out_layers.3", out, out, 3);
        if (in != out) {
            conv(prefix + ".skip_connection", in, out, 1);
        }
    }

    private void transformer(String prefix, int channels, int depth, int context, boolean linear) {
        if (depth == 0) {
            return;
        }
        norm(prefix + ".norm", channels);
        for (String projection : List.of(".proj_in", ".proj_out")) {
            if (linear) {
                linear(prefix + projection, channels, channels);
            } else {
                conv(prefix + projection, channels, channels, 1);
            }
        }
        for (int i = 0; i < depth; i++) {
            String block = prefix + ".transformer_blocks." + i;
            for (String attention : List.of(".attn1", ".attn2")) {
                int states = attention.equals(".attn1") ? channels : context;
                put(block + attention + ".to_q.weight", channels, channels);
                put(block + attention + ".to_k.weight", channels, states);
                put(block + attention + ".to_v.weight", channels, states);
                linear(block + attention + ".to_out.0", channels, channels);
            }
            linear(block + ".ff.net.0.proj", channels, 8 * channels);
            linear(block + ".ff.net.2", 4 * channels, channels);
            for (int norm = 1; norm <= 3; norm++) {
                norm(block + ".norm" + norm, channels);
            }
        }
    }

    private void vae() {
        String root = "first_stage_model.";
        int[] widths = {128, 256, 512, 512};
        conv(root + "encoder.conv_in", 3, 128, 3);
        int channels = 128;
        for (int level = 0; level < widths.length; level++) {
            String prefix = root + "encoder.down." + level;
            for (int i = 0; i < 2; i++) {
                vaeResnet(prefix + ".block." + i, channels, widths[level]);
                channels = widths[level];
            }
            if (level < widths.length - 1) {
                conv(prefix + ".downsample.conv", channels, channels, 3);
            }
        }
        vaeMiddle(root + "encoder");
        norm(root + "encoder.norm_out", 512);
        conv(root + "encoder.conv_out", 512, 8, 3);
        conv(root + "decoder.conv_in", 4, 512, 3);
        vaeMiddle(root + "decoder");
        for (int level = widths.length - 1; level >= 0; level--) {
            String prefix = root + "decoder.up." + level;
            for (int i = 0; i < 3; i++) {
                vaeResnet(prefix + ".block." + i, channels, widths[level]);
                channels = widths[level];
            }
            if (level > 0) {
                conv(prefix + ".upsample.conv", channels, channels, 3);
            }
        }
        norm(root + "decoder.norm_out", 128);
        conv(root + "decoder.conv_out", 128, 3, 3);
        conv(root + "quant_conv", 8, 8, 1);
        conv(root + "post_quant_conv", 4, 4, 1);
    }

    private void vaeMiddle(String prefix) {
        vaeResnet(prefix + ".mid.block_1", 512, 512);
        vaeResnet(prefix + ".mid.block_2", 512, 512);
        norm(prefix + ".mid.attn_1.norm", 512);
        for (String layer : List.of("q", "k", "v", "proj_out")) {
            conv(prefix + ".mid.attn_1." + layer, 512, 512, 1);
        }
    }

    private void vaeResnet(String prefix, int in, int out) {
        norm(prefix + ".norm1", in);
        conv(prefix + ".conv1", in, out, 3);
        norm(prefix + ".norm2", out);
        conv(prefix + ".conv2", out, out, 3);
        if (in != out) {
            conv(prefix + ".nin_shortcut", in, out, 1);
        }
    }

    private void clip(String root, int width, int layers) {
        put(root + "embeddings.token_embedding.weight", 49408, width);
        put(root + "embeddings.position_embedding.weight", 77, width);
        for (int i = 0; i < layers; i++) {
            String prefix = root + "encoder.layers." + i;
            for (String projection : List.of("q", "k", "v", "out")) {
                linear(prefix + ".self_attn." + projection + "_proj", width, width);
            }
            linear(prefix + ".mlp.fc1", width, 4 * width);
            linear(prefix + ".mlp.fc2", 4 * width, width);
            norm(prefix + ".layer_norm1", width);
            norm(prefix + ".layer_norm2", width);
        }
        norm(root + "final_layer_norm", width);
    }

    private void openClip(String root, int width, int layers) {
        put(root + "positional_embedding", 77, width);
        put(root + "text_projection", width, width);
        put(root + "logit_scale");
        for (int i = 0; i < layers; i++) {
            String prefix = root + "transformer.resblocks." + i;
            norm(prefix + ".ln_1", width);
            put(prefix + ".attn.in_proj_weight", 3L * width, width);
            put(prefix + ".attn.in_proj_bias", 3L * width);
            linear(prefix + ".attn.out_proj", width, width);
            norm(prefix + ".ln_2", width);
            linear(prefix + ".mlp.c_fc", width, 4 * width);
            linear(prefix + ".mlp.c_proj", 4 * width, width);
        }
        put(root + "token_embedding.weight", 49408, width);
        norm(root + "ln_final", width);
    }

    private void linear(String prefix, int in, int out) {
        put(prefix + ".weight", out, in);
        put(prefix + ".bias", out);
    }

    private void conv(String prefix, int in, int out, int kernel) {
        put(prefix + ".weight", out, in, kernel, kernel);
        put(prefix + ".bias", out);
    }

    private void norm(String prefix, int features) {
        put(prefix + ".weight", features);
        put(prefix + ".bias", features);
    }

    private void put(String name, long... shape) {
        tensors.put(name, shape);
    }
}
