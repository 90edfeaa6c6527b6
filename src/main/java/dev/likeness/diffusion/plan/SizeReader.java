package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.plan.ModelSize.Parameters;
import dev.likeness.diffusion.plan.ModelSize.TextEncoder;
import dev.likeness.diffusion.plan.ModelSize.Unet;
import dev.likeness.diffusion.plan.ModelSize.Vae;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads sizes from configurations and shapes. */
final class SizeReader {

    /** Positions are counted, not learned. */
    private static final String POSITION_IDS = "position_ids";

    private static final Pattern ATTENTION =
            Pattern.compile(".*\\.(?:attn[12]\\.to_(?:[qkv]|out\\.0)|self_attn\\.(?:[qkv]|out)_proj)\\.weight");

    /** For instance {@code up_blocks.1.attentions.2}, or {@code conv_in}. */
    private static final Pattern BLOCK =
            Pattern.compile("^(?:(?:(?:down|up)_blocks\\.\\d+|mid_block)\\.[a-z]+\\.\\d+|[a-z_]+)");

    private static final Pattern EMBEDDING = Pattern.compile(".*_embedding\\.weight");

    private SizeReader() {}

    static Unet unet(JsonNode config, Map<String, long[]> shapes) {
        List<Integer> channels = numbers(config, "block_out_channels");
        JsonNode types = config.path("down_block_types");
        JsonNode transformers = config.path("transformer_layers_per_block");
        List<Integer> depths = new ArrayList<>();
        int deepest = 1;
        for (int level = 0; level < channels.size(); level++) {
            deepest = transformers.isArray() ? transformers.path(level).asInt(1) : transformers.asInt(1);
            boolean attends = types.path(level).asString("").startsWith("CrossAttn");
            depths.add(attends ? deepest : 0);
        }
        return new Unet(
                parameters(shapes), blocks(shapes), channels, depths, deepest, number(config, "layers_per_block"));
    }

    private static Map<String, Long> blocks(Map<String, long[]> shapes) {
        Map<String, Long> blocks = new HashMap<>();
        shapes.forEach((name, shape) -> {
            Matcher block = BLOCK.matcher(name);
            if (block.find()) {
                blocks.merge(block.group(), count(shape), Long::sum);
            }
        });
        return blocks;
    }

    private static long count(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    static TextEncoder textEncoder(JsonNode config, Map<String, long[]> shapes) {
        return new TextEncoder(
                parameters(shapes),
                number(config, "num_hidden_layers"),
                number(config, "hidden_size"),
                number(config, "intermediate_size"),
                number(config, "max_position_embeddings"));
    }

    static Vae vae(JsonNode config, Map<String, long[]> shapes) {
        return new Vae(parameters(shapes), numbers(config, "block_out_channels"));
    }

    static Parameters parameters(Map<String, long[]> shapes) {
        long all = 0;
        long attention = 0;
        long attentionWeights = 0;
        long full = 0;
        long tables = 0;
        for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
            String name = tensor.getKey();
            if (name.endsWith(POSITION_IDS)) {
                continue;
            }
            long[] shape = tensor.getValue();
            long count = count(shape);
            all += count;
            if (EMBEDDING.matcher(name).matches()) {
                tables += count;
            } else if (shape.length > 1) {
                // Down has the layer's inputs, taps of a convolution included, up its outputs.
                long adapter = count / shape[0] + shape[0];
                full += adapter;
                if (ATTENTION.matcher(name).matches()) {
                    attention += adapter;
                    attentionWeights += count;
                }
            }
        }
        return new Parameters(all, attention, full, tables, attentionWeights);
    }

    private static int number(JsonNode config, String field) {
        if (!config.path(field).isInt()) {
            throw new InvalidModelException("config.json has no number " + field);
        }
        return config.path(field).asInt();
    }

    private static List<Integer> numbers(JsonNode config, String field) {
        if (config.path(field).isEmpty()) {
            throw new InvalidModelException("config.json has no list " + field);
        }
        return config.path(field).values().stream().map(JsonNode::asInt).toList();
    }
}
