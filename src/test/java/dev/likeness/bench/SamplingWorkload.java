package dev.likeness.bench;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.pipeline.GeneratedImage;
import dev.likeness.diffusion.pipeline.GenerationRequest;
import dev.likeness.diffusion.sampling.GenerationListener;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.sampling.SilentListener;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import dev.likeness.diffusion.schedule.Sampler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Sampling steps of one batch by DDIM with guidance, exactly as a job takes them. */
final class SamplingWorkload implements EngineWorkload {

    private static final String PROMPT = "a photo of a bird";
    private static final double GUIDANCE = 5;

    private static GenerationRequest request(Task task) {
        int side = task.size().side();
        List<GenerationRequest.Image> images = IntStream.range(0, task.size().batch())
                .mapToObj(seed -> new GenerationRequest.Image(PROMPT, "", seed))
                .toList();
        return new GenerationRequest(
                images,
                new SamplingSettings(Sampler.DDIM, task.effort().all(), GUIDANCE, 0, side, side),
                AdapterScales.FULL,
                task.size().batch());
    }

    @Override
    public void run(Opened model, Recorder recorder) {
        model.pipeline().generate(request(model.task()), new GenerationListener() {
            @Override
            public boolean stopRequested() {
                recorder.starts();
                return false;
            }

            @Override
            public void onStep(int done, int total) {
                recorder.ends();
            }
        });
    }

    @Override
    public void export(Opened model, InputsWriter inputs) {
        Task task = model.task();
        ModelParts parts = model.parts();
        inputs.note("kind", "sample");
        inputs.note("guidance", GUIDANCE);
        inputs.note("side", task.size().side());
        Shape latent = parts.latentCodec().shape(task.size().side(), task.size().side());
        List<float[]> starts = new ArrayList<>();
        for (int seed = 0; seed < task.size().batch(); seed++) {
            starts.add(new RandomDraws(seed).normal(Purpose.INITIAL_LATENT, 0, 0, (int) latent.size()));
        }
        inputs.put("noise", starts, latent);
        List<Conditioning> texts =
                parts.conditioner().encodeWeighted(inputs.scope(), List.of(PROMPT, ""), parts.tokens());
        put(inputs, "conditional", texts.get(0));
        put(inputs, "unconditional", texts.get(1));
        List<GeneratedImage> images = model.pipeline().generate(request(task), new SilentListener());
        put(inputs, "expected", images.stream().map(GeneratedImage::image).toList());
    }

    private static void put(InputsWriter inputs, String name, Conditioning text) {
        inputs.put(name + ".context", text.context());
        if (text.pooled() != null) {
            inputs.put(name + ".pooled", text.pooled());
        }
    }

    /** Pixels as [N, H, W, 3], uint8. */
    static void put(InputsWriter inputs, String name, List<RgbImage> images) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(
                images.stream().mapToInt(it -> it.rgb().length).sum());
        images.forEach(image -> pixels.put(image.rgb()));
        RgbImage first = images.get(0);
        inputs.put(
                name,
                inputs.scope()
                        .create(
                                pixels.flip(),
                                new Shape(images.size(), first.height(), first.width(), 3),
                                DataType.UINT8));
    }
}
