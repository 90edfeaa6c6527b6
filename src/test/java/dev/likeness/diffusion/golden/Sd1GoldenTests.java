package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.graph.Tape;
import dev.likeness.diffusion.sampling.GuidedSampling;
import dev.likeness.diffusion.sampling.LatentDecoder;
import dev.likeness.diffusion.sampling.Sampler;
import dev.likeness.diffusion.schedule.NoiseSource;
import dev.likeness.diffusion.schedule.SchedulerConfig;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.text.ClipTextEncoder;
import dev.likeness.diffusion.token.ClipTokenizer;
import dev.likeness.diffusion.unet.Unet;
import dev.likeness.diffusion.vae.Vae;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** The networks of Stable Diffusion 1.x against diffusers. */
class Sd1GoldenTests {

    private static final int CALLS = 3;

    @TestFactory
    Stream<DynamicTest> networks() {
        return GoldenCases.tests(
                "tiny-sd1",
                c -> EngineTestThread.run(() -> {
                    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                        check(c, manager);
                    }
                }));
    }

    private void check(GoldenCase c, NDManager manager) throws Exception {
        switch (c.name()) {
            case "text_encoder" -> textEncoder(c, manager);
            case "unet" -> unetAndGradients(c, manager);
            case "unet_rect" -> rectangularUnet(c, manager);
            case "vae" -> autoencoder(c, manager);
            case "pipeline" -> pipeline(c, manager);
            case "dreambooth" -> dreamBooth(c, manager);
            case "min_snr" -> minSnr(c, manager);
            default -> throw new AssertionError("no check for " + c.id());
        }
    }

    private void textEncoder(GoldenCase c, NDManager manager) throws Exception {
        GoldenTensors golden = c.tensors();
        double tolerance = c.tolerance("forward_fp32");
        ClipTextEncoder text = ClipTextEncoder.load(manager, c.path("model/text_encoder"));
        ClipTextEncoder.States states = text.encode(manager, ids(manager, golden, "text.ids"));
        assertClose(golden, "text.last_hidden", states.lastHidden(), tolerance);
        assertClose(golden, "text.penultimate", states.penultimate(), tolerance);
        assertClose(golden, "text.pooled", states.pooled(), tolerance);
    }

    private void unetAndGradients(GoldenCase c, NDManager manager) throws Exception {
        GoldenTensors golden = c.tensors();
        double tolerance = c.tolerance("forward_fp32");
        Unet unet = Unet.load(manager, c.path("model/unet"));
        Set<String> all = unet.network().weights().keySet();
        unet.network().train(all);
        for (boolean checkpointing : new boolean[] {false, true}) {
            // The graph optimizer, were it on, would spoil the second call and those after it.
            for (int call = 1; call <= CALLS; call++) {
                try (NDManager scope = manager.newSubManager()) {
                    Tape tape = unet.record(scope, unetInputs(scope, golden), all, false, checkpointing);
                    NDArray out = tape.outputs().get(0);
                    assertClose(golden, "unet.out", out, tolerance);
                    NDArray difference = out.sub(array(scope, golden, "unet.target"));
                    double loss = difference.square().mean().getFloat();
                    assertThat(loss).isCloseTo(golden.get("unet.loss").scalar(), within(tolerance));
                    NDArray upstream = difference.mul(2.0 / out.size());
                    Map<String, NDArray> gradients =
                            tape.backward(List.of(upstream)).weights();
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

    private static List<NDArray> unetInputs(NDManager scope, GoldenTensors golden) {
        return List.of(
                array(scope, golden, "unet.sample"),
                ids(scope, golden, "unet.timestep").toType(ai.djl.ndarray.types.DataType.FLOAT32, false),
                array(scope, golden, "unet.context"));
    }

    private void rectangularUnet(GoldenCase c, NDManager manager) throws Exception {
        GoldenTensors golden = c.tensors();
        Unet unet = Unet.load(manager, c.path("model/unet"));
        NDArray context = array(manager, golden, "unet.context").get("0:1");
        NDArray out = unet.predict(
                manager, array(manager, golden, "unet_rect.sample"), manager.create(new float[] {77}), context);
        assertClose(golden, "unet_rect.out", out, c.tolerance("forward_fp32"));
    }

    private void autoencoder(GoldenCase c, NDManager manager) throws Exception {
        GoldenTensors golden = c.tensors();
        double tolerance = c.tolerance("forward_fp32");
        Vae vae = Vae.load(manager, c.path("model/vae"));
        NDList moments =
                vae.encode(manager, array(manager, golden, "vae.image")).split(2, 1);
        assertClose(golden, "vae.mean", moments.get(0), tolerance);
        assertClose(golden, "vae.logvar", moments.get(1), tolerance);
        assertClose(golden, "vae.decoded", vae.decode(manager, array(manager, golden, "vae.latent")), tolerance);
    }

    private void dreamBooth(GoldenCase c, NDManager manager) throws Exception {
        for (boolean checkpointing : new boolean[] {false, true}) {
            try (Sd1TrainingGolden training = new Sd1TrainingGolden(c, manager)) {
                training.dreamBooth(checkpointing);
            }
        }
    }

    private void minSnr(GoldenCase c, NDManager manager) throws Exception {
        try (Sd1TrainingGolden training = new Sd1TrainingGolden(c, manager)) {
            training.minSnr();
        }
    }

    private void pipeline(GoldenCase c, NDManager manager) throws Exception {
        GoldenTensors golden = c.tensors();
        JsonNode s = c.settings();
        ClipTokenizer tokenizer = ClipTokenizer.load(c.path("model/tokenizer"));
        ClipTextEncoder text = ClipTextEncoder.load(manager, c.path("model/text_encoder"));
        Unet unet = Unet.load(manager, c.path("model/unet"));
        Vae vae = Vae.load(manager, c.path("model/vae"));
        @SuppressWarnings("unchecked")
        SchedulerConfig config =
                SchedulerConfig.from(ModelConfig.read(c.path("model/scheduler/scheduler_config.json"), Map.class));
        Shape shape = new Shape(4, 16, 16);
        List<GuidedSampling.Image> images = new ArrayList<>();
        for (int i = 0; i < s.required("prompts").size(); i++) {
            images.add(new GuidedSampling.Image(
                    golden.get("pipeline.latents").at(i).values(),
                    states(manager, text, tokenizer, s.required("prompts").get(i)),
                    states(manager, text, tokenizer, s.required("negative").get(i)),
                    Sampler.PNDM.solver(config, s.required("steps").intValue(), 0),
                    NoiseSource.none()));
        }
        GuidedSampling sampling =
                new GuidedSampling(unet, s.required("guidance").doubleValue());
        List<float[]> latents = sampling.run(manager, images, shape, new GuidedSampling.Watch() {
            @Override
            public void stepDone() {}

            @Override
            public boolean stopRequested() {
                return false;
            }
        });
        GoldenTensor expected = golden.get("pipeline.images");
        for (int i = 0; i < latents.size(); i++) {
            float[] image = LatentDecoder.decode(manager, vae, latents.get(i), shape);
            expected.at(i).assertClose(new long[] {3, 64, 64}, image, c.tolerance("forward_fp32"));
        }
    }

    private static NDArray states(NDManager manager, ClipTextEncoder text, ClipTokenizer tokenizer, JsonNode prompt) {
        NDArray ids = ClipTextEncoder.ids(manager, List.of(tokenizer.encode(prompt.stringValue())));
        return text.encode(manager, ids).lastHidden().get(0);
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
