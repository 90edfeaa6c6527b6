package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.adapter.AdapterFile;
import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.adapter.EmbeddingFile;
import dev.likeness.diffusion.adapter.LoraFile;
import dev.likeness.diffusion.families.ModelFamilies;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.family.LatentCodec;
import dev.likeness.diffusion.graph.Adapters;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.lora.LoraAdapter;
import dev.likeness.diffusion.sampling.GuidedSampling;
import dev.likeness.diffusion.schedule.NoNoise;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.ModelHeaders;
import dev.likeness.diffusion.text.EmbeddingFormat;
import dev.likeness.diffusion.text.EmbeddingFormat.Embedding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several adapters and embeddings at once, compared with diffusers and peft. */
class AdapterGoldenTests {

    private static final Path FILES = Path.of("src/test/resources/adapters");
    private static final Path FAMILY = Path.of("src/test/resources/goldens/tiny-sd1");
    private static final Shape LATENT = new Shape(4, 16, 16);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void drawsWhatDiffusersDraws(boolean fused) throws Exception {
        GoldenCase golden = golden();
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                BaseLayers layers = ModelFamilies.layers(ModelHeaders.of(FAMILY.resolve("model")));
                Embedding toy = toy(manager, layers);
                try (GoldenModel model = GoldenModel.forTraining(
                        golden, manager, toy.placeholder().tokens())) {
                    attach(model, merged(golden, manager, layers), manager, fused);

                    float[] image = draw(golden, manager, model, toy);

                    golden("image").at(0).assertClose(new long[] {3, 64, 64}, image, golden.tolerance("forward_fp32"));
                }
            }
        });
    }

    /** The same adapter as trained, and as saved again by diffusers and peft, with metadata for ranks and scales. */
    @Test
    void mixedRanksDrawTheSameWithAndWithoutNotes() throws Exception {
        GoldenCase golden = golden();
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                BaseLayers layers = ModelFamilies.layers(ModelHeaders.of(FAMILY.resolve("model")));
                Embedding toy = toy(manager, layers);
                List<float[]> images = new ArrayList<>();
                for (String name : List.of("mixed-ranks", "mixed-ranks-saved-by-diffusers", "style")) {
                    try (GoldenModel model = GoldenModel.forTraining(
                            golden, manager, toy.placeholder().tokens())) {
                        LoraAdapter adapter = LoraAdapter.read(manager, file(name, layers));
                        attach(
                                model,
                                LoraAdapter.merge(manager, List.of(new LoraAdapter.Scaled(adapter, 1, 1))),
                                manager,
                                false);
                        images.add(draw(golden, manager, model, toy));
                    }
                }

                assertThat(images.get(1)).isEqualTo(images.get(0)).isNotEqualTo(images.get(2));
            }
        });
    }

    private static GoldenCase golden() throws IOException {
        JsonNode root = JsonMapper.shared().readTree(Files.readAllBytes(FILES.resolve("cases.json")));
        JsonNode only = root.required("cases").get(0);
        return new GoldenCase(
                "adapters",
                FAMILY,
                only.required("name").stringValue(),
                root.required("tolerance"),
                only.required("settings"));
    }

    private static GoldenTensor golden(String name) throws IOException {
        return GoldenTensors.read(FILES.resolve("tensors.safetensors")).get(name);
    }

    private static LoraFile file(String name, BaseLayers layers) {
        return (LoraFile) AdapterFile.read(FILES.resolve(name + ".safetensors"), layers);
    }

    private static Embedding toy(NDManager manager, BaseLayers layers) {
        return EmbeddingFormat.read(
                manager, (EmbeddingFile) AdapterFile.read(FILES.resolve("toy.safetensors"), layers), "<toy>");
    }

    private static LoraAdapter merged(GoldenCase golden, NDManager manager, BaseLayers layers) {
        List<LoraAdapter.Scaled> adapters = new ArrayList<>();
        golden.settings().required("scales").properties().forEach(each -> {
            adapters.add(new LoraAdapter.Scaled(
                    LoraAdapter.read(manager, file(each.getKey(), layers)),
                    each.getValue().required("unet").doubleValue(),
                    each.getValue().required("text").doubleValue()));
        });
        return LoraAdapter.merge(manager, adapters);
    }

    private static void attach(GoldenModel model, LoraAdapter adapter, NDManager manager, boolean fused) {
        Map<String, Network> networks = new LinkedHashMap<>();
        networks.put("unet.", model.denoiser().network());
        model.textEncoders()
                .textEncoders()
                .forEach(textEncoder -> networks.put(textEncoder.name() + ".", textEncoder.network()));
        networks.forEach((part, network) -> {
            if (fused) {
                network.setReplacements(adapter.fuse(manager, part, network.weights()));
                return;
            }
            Map<String, NDArray> tensors = new HashMap<>();
            adapter.layers().forEach((name, layer) -> {
                if (name.startsWith(part)) {
                    String own = name.substring(part.length());
                    tensors.put(Adapters.down(own), layer.down());
                    tensors.put(Adapters.up(own), layer.up());
                    tensors.put(Adapters.scale(own), manager.create((float) layer.scale()));
                }
            });
            network.setAdapter(tensors);
        });
    }

    private static float[] draw(GoldenCase golden, NDManager manager, GoldenModel model, Embedding toy)
            throws IOException {
        JsonNode settings = golden.settings();
        GuidedSampling.Image image = new GuidedSampling.Image(
                golden("latents").at(0).values(),
                text(manager, model, toy, settings.required("prompt").stringValue()),
                text(manager, model, toy, settings.required("negative").stringValue()),
                model.noise()
                        .solver(Sampler.DDIM, settings.required("steps").intValue(), 0, LATENT.size() / LATENT.get(0)),
                NoNoise.SOURCE);
        LatentCodec codec = model.codec();
        List<float[]> latents = new GuidedSampling(
                        model.denoiser(),
                        codec.factor(),
                        sigma -> settings.required("guidance").doubleValue())
                .run(manager, List.of(image), LATENT, new GuidedSampling.Watch() {
                    @Override
                    public void stepDone() {}

                    @Override
                    public boolean stopRequested() {
                        return false;
                    }
                });
        return codec.decode(manager, latents.get(0), LATENT);
    }

    private static Conditioning text(NDManager manager, GoldenModel model, Embedding toy, String prompt) {
        return model.textEncoders().encode(manager, List.of(toy.placeholder().expand(prompt)), toy.rows());
    }
}
