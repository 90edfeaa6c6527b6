package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.graph.WeightSpec;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.tensor.WeightFiles;
import dev.likeness.diffusion.text.ClipTextConfig;
import dev.likeness.diffusion.unet.UnetConfig;
import dev.likeness.diffusion.vae.VaeConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a model folder with random fp16 weights, scaled so that activations stay of order one. */
public final class RandomModel {

    private static final String CONFIGS = "/real-size";
    private static final int BYTES = 2;

    private RandomModel() {}

    /** The configuration of Stable Diffusion 1.5. */
    public static void stableDiffusion15(Path folder) throws Exception {
        copyConfigs(folder);
        write(folder);
    }

    /** The same with half the channels, and so a quarter of the weights. */
    public static void halfAsWide(Path folder) throws Exception {
        copyConfigs(folder);
        change(folder.resolve("unet/config.json"), config -> {
            ArrayNode channels = config.putArray("block_out_channels");
            List.of(160, 320, 640, 640).forEach(channels::add);
            config.put("cross_attention_dim", 384);
        });
        change(folder.resolve("vae/config.json"), config -> {
            ArrayNode channels = config.putArray("block_out_channels");
            List.of(64, 128, 256, 256).forEach(channels::add);
        });
        change(
                folder.resolve("text_encoder/config.json"),
                config -> config.put("hidden_size", 384).put("intermediate_size", 1536));
        write(folder);
    }

    /** The configuration of Stable Diffusion XL: that of the small reference model, with the numbers of the large one. */
    public static void stableDiffusionXl(Path folder) throws Exception {
        copy(
                Path.of(Objects.requireNonNull(RandomModel.class.getResource("/goldens/tiny-sdxl/model"))
                        .toURI()),
                folder);
        for (String tokenizer : List.of("tokenizer", "tokenizer_2")) {
            for (String file : List.of("vocab.json", "merges.txt")) {
                Files.copy(
                        Path.of(Objects.requireNonNull(RandomModel.class.getResource("/goldens/clip-tokenizer/" + file))
                                .toURI()),
                        folder.resolve(tokenizer).resolve(file),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        change(folder.resolve("unet/config.json"), config -> {
            put(config, "block_out_channels", 320, 640, 1280);
            put(config, "attention_head_dim", 5, 10, 20);
            put(config, "transformer_layers_per_block", 1, 2, 10);
            config.put("cross_attention_dim", 2048)
                    .put("addition_time_embed_dim", 256)
                    .put("projection_class_embeddings_input_dim", 2816)
                    .put("norm_num_groups", 32)
                    .put("sample_size", 128);
        });
        change(folder.resolve("vae/config.json"), config -> {
            put(config, "block_out_channels", 128, 256, 512, 512);
            ArrayNode down = config.putArray("down_block_types");
            ArrayNode up = config.putArray("up_block_types");
            for (int i = 0; i < 4; i++) {
                down.add("DownEncoderBlock2D");
                up.add("UpDecoderBlock2D");
            }
            config.put("layers_per_block", 2).put("norm_num_groups", 32).put("sample_size", 1024);
        });
        text(folder.resolve("text_encoder/config.json"), 768, 12, 12);
        text(folder.resolve("text_encoder_2/config.json"), 1280, 32, 20);
        write(folder);
        writeTextEncoder(folder, "text_encoder_2");
    }

    private static void text(Path file, int width, int layers, int heads) throws IOException {
        change(
                file,
                config -> config.put("hidden_size", width)
                        .put("intermediate_size", 4 * width)
                        .put("num_hidden_layers", layers)
                        .put("num_attention_heads", heads)
                        .put("projection_dim", width)
                        .put("vocab_size", 49408)
                        .put("bos_token_id", 49406)
                        .put("eos_token_id", 49407));
    }

    private static void put(ObjectNode config, String name, int... values) {
        ArrayNode array = config.putArray(name);
        Arrays.stream(values).forEach(array::add);
    }

    private static void change(Path file, Consumer<ObjectNode> change) throws IOException {
        ObjectNode config = (ObjectNode) JsonMapper.shared().readTree(Files.readString(file));
        change.accept(config);
        Files.writeString(file, JsonMapper.shared().writeValueAsString(config));
    }

    private static void copyConfigs(Path folder) throws Exception {
        copy(
                Path.of(Objects.requireNonNull(RandomModel.class.getResource(CONFIGS))
                        .toURI()),
                folder);
        copy(
                Path.of(Objects.requireNonNull(RandomModel.class.getResource("/goldens/clip-tokenizer"))
                        .toURI()),
                folder.resolve("tokenizer"));
    }

    private static void write(Path folder) throws IOException {
        write(
                folder.resolve("unet").resolve(WeightFiles.DIFFUSERS.file()),
                UnetConfig.of(ModelConfig.tree(folder.resolve("unet/config.json")))
                        .weights());
        write(
                folder.resolve("vae").resolve(WeightFiles.DIFFUSERS.file()),
                VaeConfig.read(folder.resolve("vae/config.json")).weights());
        writeTextEncoder(folder, "text_encoder");
    }

    private static void writeTextEncoder(Path folder, String part) throws IOException {
        write(
                folder.resolve(part).resolve(WeightFiles.TRANSFORMERS.file()),
                ModelConfig.read(folder.resolve(part).resolve("config.json"), ClipTextConfig.class, Map.of())
                        .weights());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void write(Path file, Map<String, WeightSpec> weights) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        long offset = 0;
        for (WeightSpec spec : weights.values()) {
            long end = offset + count(spec) * BYTES;
            header.put(
                    spec.name(),
                    Map.of("dtype", "F16", "shape", spec.shape(), "data_offsets", new long[] {offset, end}));
            offset = end;
        }
        byte[] json = JsonMapper.shared().writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(json.length)
                    .array());
            out.write(json);
            SplittableRandom random = new SplittableRandom(1);
            for (WeightSpec spec : weights.values()) {
                fill(out, spec, random);
            }
        }
    }

    private static void fill(OutputStream out, WeightSpec spec, SplittableRandom random) throws IOException {
        boolean norm = spec.name().contains("norm") && spec.name().endsWith("weight");
        double fanIn = (double) count(spec) / spec.shape()[0];
        double scale = spec.shape().length == 1 ? 0 : 1 / Math.sqrt(fanIn);
        ByteBuffer halves =
                ByteBuffer.allocate(Math.toIntExact(count(spec) * BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        while (halves.hasRemaining()) {
            halves.putShort(half(norm ? 1 : scale * (random.nextDouble() * 2 - 1)));
        }
        out.write(halves.array());
    }

    private static long count(WeightSpec spec) {
        return Arrays.stream(spec.shape()).reduce(1, (a, b) -> a * b);
    }

    /** The nearest fp16 number towards zero, for normal magnitudes; smaller ones become zero. */
    private static short half(double value) {
        int bits = Float.floatToIntBits((float) value);
        int exponent = (bits >>> 23 & 0xff) - 127 + 15;
        return exponent <= 0 ? 0 : (short) (bits >>> 16 & 0x8000 | exponent << 10 | bits >>> 13 & 0x3ff);
    }
}
