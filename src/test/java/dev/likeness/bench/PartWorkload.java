package dev.likeness.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.data.TrainingCrops;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.family.LatentMoments;
import dev.likeness.diffusion.family.TextEncoder;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.pipeline.Pipeline;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** One part of a model, a whole pass a step. */
enum PartWorkload implements EngineWorkload {
    /** Encodes one picture. */
    VAE_ENCODE {
        @Override
        Runnable step(Opened model) throws IOException {
            ModelParts parts = model.parts();
            float[] picture = picture(model.task());
            return () -> parts.latentCodec().encode(model.manager(), picture);
        }

        @Override
        public void export(Opened model, InputsWriter inputs) throws IOException {
            int side = model.task().size().side();
            inputs.note("kind", "vae-encode");
            inputs.put("pictures", List.of(picture(model.task())), new Shape(3, side, side));
            LatentMoments moments = model.parts().latentCodec().encode(model.manager(), picture(model.task()));
            Shape latent = model.parts().latentCodec().shape(side, side);
            inputs.put("expected", List.of(moments.mean()), latent);
        }
    },
    /** Decodes one image. */
    VAE_DECODE {
        @Override
        Runnable step(Opened model) {
            ModelParts parts = model.parts();
            Shape latent = latent(model);
            float[] values = values(latent);
            return () -> parts.latentCodec().decode(model.manager(), values, latent);
        }

        private Shape latent(Opened model) {
            int side = model.task().size().side();
            return model.parts().latentCodec().shape(side, side);
        }

        private float[] values(Shape latent) {
            return new RandomDraws(0).normal(Purpose.INITIAL_LATENT, 0, 0, (int) latent.size());
        }

        @Override
        public void export(Opened model, InputsWriter inputs) {
            int side = model.task().size().side();
            Shape latent = latent(model);
            inputs.note("kind", "vae-decode");
            inputs.put("latents", List.of(values(latent)), latent);
            inputs.put(
                    "expected",
                    List.of(model.parts().latentCodec().decode(model.manager(), values(latent), latent)),
                    new Shape(3, side, side));
        }
    },
    /** Encodes a batch of prompts with all text encoders. */
    TEXT {
        @Override
        Runnable step(Opened model) {
            ModelParts parts = model.parts();
            List<String> prompts = prompts(model.task());
            return () -> {
                try (NDManager scope = model.manager().newSubManager()) {
                    parts.conditioner()
                            .encode(scope, prompts, parts.tokens().rows())
                            .context()
                            .toFloatArray();
                }
            };
        }

        private List<String> prompts(Task task) {
            return IntStream.range(0, task.size().batch())
                    .mapToObj("a photo of bird number %d on the beach"::formatted)
                    .toList();
        }

        @Override
        public void export(Opened model, InputsWriter inputs) {
            ModelParts parts = model.parts();
            List<String> prompts = prompts(model.task());
            inputs.note("kind", "text");
            List<TextEncoder> encoders = parts.conditioner().textEncoders();
            for (int i = 0; i < encoders.size(); i++) {
                inputs.put("ids." + i, encoders.get(i).ids(inputs.scope(), prompts));
            }
            Conditioning texts = parts.conditioner()
                    .encode(inputs.scope(), prompts, parts.tokens().rows());
            inputs.put("expected", texts.context());
        }
    },
    /** Embeds six pictures with the model's CLIP image encoder. */
    SCORE {
        @Override
        Runnable step(Opened model) throws IOException {
            List<RgbImage> pictures = Opened.pictures("owl");
            Pipeline.ImageEncoder encoder = encoder(model);
            return () -> encoder.embed(pictures);
        }

        private Pipeline.ImageEncoder encoder(Opened model) {
            return model.pipeline()
                    .imageEncoder()
                    .orElseThrow(() -> new IllegalArgumentException("the model has no folder clip"));
        }

        @Override
        public void export(Opened model, InputsWriter inputs) throws IOException {
            List<RgbImage> pictures = Opened.pictures("owl");
            inputs.note("kind", "score");
            SamplingWorkload.put(inputs, "pictures", pictures);
            float[][] embedded = encoder(model).embed(pictures);
            inputs.put("expected", List.of(embedded), new Shape(embedded[0].length));
        }
    };

    /** Prepares the model. The result does one step. */
    abstract Runnable step(Opened model) throws IOException;

    @Override
    public void run(Opened model, Recorder recorder) throws IOException {
        Runnable step = step(model);
        for (int i = 0; i < model.task().effort().all(); i++) {
            recorder.starts();
            step.run();
            recorder.ends();
        }
    }

    private static float[] picture(Task task) throws IOException {
        return TrainingCrops.middle(Opened.pictures("owl").get(0), task.size().side())
                .values(0, false);
    }
}
