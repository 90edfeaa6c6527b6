package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.adapter.LoraFile;
import dev.likeness.diffusion.families.ModelFamilies;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.family.LatentCodec;
import dev.likeness.diffusion.graph.Adapters;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.lora.LoraAdapter;
import dev.likeness.diffusion.sampling.GuidedSampling;
import dev.likeness.diffusion.schedule.NoNoise;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.ModelHeaders;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.text.ClipTextEncoder;
import dev.likeness.diffusion.text.NewTokens;
import dev.likeness.diffusion.training.TokenEmbeddings;
import dev.likeness.diffusion.vae.Vae;
import dev.likeness.diffusion.wire.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** The networks of every family of Stable Diffusion, compared with diffusers. */
class StableDiffusionGoldenTests {

    private static final int CALLS = 3;

    @TestFactory
    Stream<DynamicTest> networks() {
        return Stream.of("tiny-sd1", "tiny-sd2", "tiny-sdxl").flatMap(StableDiffusionGoldenTests::family);
    }

    private static Stream<DynamicTest> family(String family) {
        return GoldenCases.tests(
                family,
                c -> EngineTestThread.run(() -> {
                    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                        check(c, manager);
                    }
                }));
    }

    private static void check(GoldenCase c, NDManager manager) throws Exception {
        switch (c.name()) {
            case "text_encoder" -> textEncoder(c, manager);
            case "text_encoder_2" -> secondTextEncoder(c, manager);
            case "unet" -> {
                unetAndGradients(c, manager);
                computesTheSameHeldReduced(c, manager);
            }
            case "unet_rect" -> rectangularUnet(c, manager);
            case "vae" -> autoencoder(c, manager);
            case "pipeline" -> pipeline(c, manager);
            case "lora_pipeline" -> loraPipeline(c, manager);
            case "dreambooth" -> training(c, manager, TrainingGolden::dreamBooth);
            case "min_snr" -> training(c, manager, (training, checkpointing) -> training.minSnr());
            case "lora" -> {
                training(c, manager, TrainingGolden::lora);
                loraOutput(c, manager);
            }
            case "textual_inversion" -> training(c, manager, TrainingGolden::textualInversion);
            case "momentum_textual_inversion" -> {
                training(c, manager, (training, plain) -> training.momentum(TokenEmbeddings.Mode.ANCHOR, plain));
                training(c, manager, (training, plain) -> training.momentum(TokenEmbeddings.Mode.EMA, plain));
            }
            default -> throw new AssertionError("no check for " + c.id());
        }
    }

    private interface TrainingCheck {
        void check(TrainingGolden training, boolean checkpointing) throws Exception;
    }

    private static void training(GoldenCase c, NDManager manager, TrainingCheck check) throws Exception {
        for (boolean checkpointing : new boolean[] {false, true}) {
            try (TrainingGolden training = new TrainingGolden(c, manager)) {
                check.check(training, checkpointing);
            }
        }
    }

    private static void textEncoder(GoldenCase c, NDManager manager) throws Exception {
        GoldenTensors golden = c.tensors();
        double tolerance = c.tolerance("forward_fp32");
        ClipTextEncoder text = ClipTextEncoder.load(manager, c.path("model/text_encoder"));
        ClipTextEncoder.States states = text.encode(manager, ids(manager, golden, "text.ids"), text.noRows(manager));
        assertClose(golden, "text.last_hidden", states.lastHidden(), tolerance);
        assertClose(golden, "text.penultimate", states.penultimate(), tolerance);
        assertClose(golden, "text.pooled", states.pooled(), tolerance);
    }

    private static void secondTextEncoder(GoldenCase c, NDManager manager) throws Exception {
        GoldenTensors golden = c.tensors();
        double tolerance = c.tolerance("forward_fp32");
        ClipTextEncoder text = ClipTextEncoder.load(manager, c.path("model/text_encoder_2"));
        ClipTextEncoder.States states = text.encode(manager, ids(manager, golden, "text2.ids"), text.noRows(manager));
        assertClose(golden, "text2.penultimate", states.penultimate(), tolerance);
        assertClose(golden, "text2.text_embeds", states.pooled(), tolerance);
    }

    private static void unetAndGradients(GoldenCase c, NDManager manager) throws Exception {
        GoldenTensors golden = c.tensors();
        double tolerance = c.tolerance("forward_fp32");
        Denoiser unet = GoldenModel.denoiser(c, manager);
        Set<String> all = unet.network().weights().keySet();
        unet.network().requireGradients(all);
        for (boolean checkpointing : new boolean[] {false, true}) {
            // With libtorch's graph optimizer, the second and later calls would be wrong.
            for (int call = 1; call <= CALLS; call++) {
                try (NDManager scope = manager.newSubManager()) {
                    GoldenUnetCase inputs = new GoldenUnetCase(scope, golden);
                    Denoiser.Recording recording = unet.record(scope, inputs.batch(), all, false, checkpointing);
                    NDArray out = recording.prediction();
                    assertClose(golden, "unet.out", out, tolerance);
                    NDArray difference = out.sub(array(scope, golden, "unet.target"));
                    double loss = difference.square().mean().getFloat();
                    assertThat(loss).isCloseTo(golden.get("unet.loss").scalar(), within(tolerance));
                    NDArray upstream = difference.mul(2.0 / out.size());
                    Map<String, NDArray> gradients =
                            recording.backward(upstream).weights();
                    for (JsonNode name : c.settings().required("gradients")) {
                        NDArray gradient = Objects.requireNonNull(gradients.get(name.stringValue()));
                        assertClose(golden, "unet.grad." + name.stringValue(), gradient, tolerance);
                    }
                    double norm = norm(gradients.values());
                    assertThat(norm).isCloseTo(golden.get("unet.grad_norm").scalar(), within(tolerance));
                }
            }
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }

    private static double norm(Iterable<NDArray> arrays) {
        double sum = 0;
        for (NDArray array : arrays) {
            for (float value : array.toFloatArray()) {
                sum += (double) value * value;
            }
        }
        return Math.sqrt(sum);
    }

    /** Rounding a weight once has the same result as rounding it at each use. */
    private static void computesTheSameHeldReduced(GoldenCase c, NDManager manager) throws Exception {
        for (Precision precision : List.of(Precision.BF16, Precision.FP16)) {
            try (GoldenModel model = GoldenModel.forSampling(c, manager);
                    NDManager scope = manager.newSubManager()) {
                List<Network> networks =
                        new ArrayList<>(List.of(model.denoiser().network()));
                model.textEncoders().textEncoders().forEach(textEncoder -> networks.add(textEncoder.network()));
                networks.forEach(network -> network.use(precision));
                List<float[]> whole = outputs(model, c, scope);
                networks.forEach(Network::castFrozenWeights);
                List<float[]> reduced = outputs(model, c, scope);
                for (int i = 0; i < whole.size(); i++) {
                    assertThat(reduced.get(i)).isEqualTo(whole.get(i));
                }
            }
        }
    }

    private static List<float[]> outputs(GoldenModel model, GoldenCase c, NDManager scope) throws Exception {
        GoldenUnetCase inputs = new GoldenUnetCase(scope, c.tensors());
        List<float[]> outputs = new ArrayList<>();
        outputs.add(model.denoiser().predict(scope, inputs.batch()).toFloatArray());
        Conditioning text = model.textEncoders().encode(scope, List.of("a photo of a bird"), model.noRows());
        outputs.add(text.context().toFloatArray());
        if (text.pooled() != null) {
            outputs.add(text.pooled().toFloatArray());
        }
        return outputs;
    }

    private static void rectangularUnet(GoldenCase c, NDManager manager) throws Exception {
        GoldenTensors golden = c.tensors();
        Denoiser unet = GoldenModel.denoiser(c, manager);
        NDArray out = unet.predict(
                manager, new GoldenUnetCase(manager, golden).first(array(manager, golden, "unet_rect.sample"), 77));
        assertClose(golden, "unet_rect.out", out, c.tolerance("forward_fp32"));
    }

    /** The output of the unet case with the adapter that diffusers saved. */
    private static void loraOutput(GoldenCase c, NDManager manager) throws Exception {
        GoldenTensors golden = c.tensors();
        for (boolean fused : new boolean[] {false, true}) {
            try (GoldenModel model = GoldenModel.forSampling(c, manager)) {
                attach(c, manager, model, 1, fused);
                GoldenUnetCase inputs = new GoldenUnetCase(manager, golden);
                NDArray out = model.denoiser().predict(manager, inputs.batch());
                assertClose(golden, "lora.out", out, c.tolerance("forward_fp32"));
            }
        }
    }

    private static void attach(GoldenCase c, NDManager manager, GoldenModel model, double scale, boolean fused) {
        LoraFile file = LoraFile.read(
                SafeTensors.open(c.path("lora/pytorch_lora_weights.safetensors")),
                ModelFamilies.layers(ModelHeaders.of(c.path("model"))));
        LoraAdapter read = LoraAdapter.read(manager, file);
        LoraAdapter scaled = LoraAdapter.merge(manager, List.of(new LoraAdapter.Scaled(read, scale, scale)));
        Network network = model.denoiser().network();
        if (fused) {
            network.setReplacements(scaled.fuse(manager, "unet.", network.weights()));
            return;
        }
        Map<String, NDArray> tensors = new HashMap<>();
        scaled.layers().forEach((name, layer) -> {
            String own = name.substring("unet.".length());
            tensors.put(Adapters.down(own), layer.down());
            tensors.put(Adapters.up(own), layer.up());
            tensors.put(Adapters.scale(own), manager.create((float) layer.scale()));
        });
        network.setAdapter(tensors);
    }

    private static void autoencoder(GoldenCase c, NDManager manager) throws Exception {
        GoldenTensors golden = c.tensors();
        double tolerance = c.tolerance("forward_fp32");
        Vae vae = Vae.load(manager, c.path("model/vae"));
        NDList moments =
                vae.encode(manager, array(manager, golden, "vae.image")).split(2, 1);
        assertClose(golden, "vae.mean", moments.get(0), tolerance);
        assertClose(golden, "vae.logvar", moments.get(1), tolerance);
        assertClose(golden, "vae.decoded", vae.decode(manager, array(manager, golden, "vae.latent")), tolerance);
    }

    private static void pipeline(GoldenCase c, NDManager manager) throws Exception {
        JsonNode s = c.settings();
        try (GoldenModel model = GoldenModel.forSampling(c, manager)) {
            Drawing drawing = new Drawing(c, manager, model);
            int count = s.required("prompts").size();
            for (int i = 0; i < count; i++) {
                drawing.add(
                        s.required("prompts").get(i).stringValue(),
                        s.required("negative").get(i).stringValue());
            }
            GoldenTensor expected = c.tensors().get("pipeline.images");
            List<float[]> images = drawing.images();
            for (int i = 0; i < count; i++) {
                expected.at(i).assertClose(new long[] {3, 64, 64}, images.get(i), c.tolerance("forward_fp32"));
            }
        }
    }

    private static void loraPipeline(GoldenCase c, NDManager manager) throws Exception {
        for (boolean fused : new boolean[] {false, true}) {
            try (GoldenModel model = GoldenModel.forSampling(c, manager)) {
                attach(c, manager, model, c.settings().required("scale").doubleValue(), fused);
                Drawing drawing = new Drawing(c, manager, model);
                drawing.add(c.settings().required("prompt").stringValue(), "");
                c.tensors()
                        .get("lora.image_half")
                        .at(0)
                        .assertClose(new long[] {3, 64, 64}, drawing.images().get(0), c.tolerance("forward_fp32"));
            }
        }
    }

    /** Generates images from the latents of the pipeline case, with the model's default sampler. */
    private static final class Drawing {

        private static final Shape LATENT = new Shape(4, 16, 16);

        private final GoldenCase golden;
        private final NDManager manager;
        private final GoldenModel model;
        private final List<GuidedSampling.Image> images = new ArrayList<>();

        Drawing(GoldenCase golden, NDManager manager, GoldenModel model) {
            this.golden = golden;
            this.manager = manager;
            this.model = model;
        }

        void add(String prompt, String negative) throws Exception {
            images.add(new GuidedSampling.Image(
                    golden.tensors().get("pipeline.latents").at(images.size()).values(),
                    text(prompt),
                    text(negative),
                    model.noise()
                            .solver(
                                    Wire.named(Sampler.class, model.sampler()),
                                    golden.settings().required("steps").intValue(),
                                    0,
                                    LATENT.size() / LATENT.get(0)),
                    NoNoise.SOURCE));
        }

        private Conditioning text(String prompt) {
            return model.textEncoders()
                    .encodeWeighted(manager, List.of(prompt), new NewTokens(List.of(), model.noRows()))
                    .get(0);
        }

        List<float[]> images() {
            LatentCodec codec = model.codec();
            double guidance = golden.settings().required("guidance").doubleValue();
            List<float[]> latents = new GuidedSampling(model.denoiser(), codec.factor(), sigma -> guidance)
                    .run(manager, images, LATENT, new GuidedSampling.Watch() {
                        @Override
                        public void stepDone() {}

                        @Override
                        public boolean stopRequested() {
                            return false;
                        }
                    });
            return latents.stream()
                    .map(latent -> codec.decode(manager, latent, LATENT))
                    .toList();
        }
    }

    private static void assertClose(GoldenTensors golden, String name, NDArray actual, double tolerance) {
        golden.get(name).assertClose(actual.getShape().getShape(), actual.toFloatArray(), tolerance);
    }

    private static NDArray array(NDManager manager, GoldenTensors golden, String name) {
        GoldenTensor tensor = golden.get(name);
        return manager.create(tensor.values(), new Shape(tensor.shape()));
    }

    private static NDArray ids(NDManager manager, GoldenTensors golden, String name) {
        return manager.create(golden.longs(name), new Shape(golden.shape(name)));
    }
}
