package dev.likeness.diffusion.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.family.PictureSizes;
import java.util.ArrayList;
import java.util.List;

/** The inputs of a family's unet case. */
record GoldenUnetCase(NDManager scope, GoldenTensors golden) {

    private NDArray sample() {
        return array("unet.sample");
    }

    private NDArray timesteps() {
        return scope.create(golden.longs("unet.timestep"), new Shape(golden.shape("unet.timestep")))
                .toType(DataType.FLOAT32, false);
    }

    Denoiser.Batch batch() {
        boolean sizes = golden.has("unet.time_ids");
        return new Denoiser.Batch(
                sample(),
                timesteps(),
                new Conditioning(array("unet.context"), sizes ? array("unet.text_embeds") : null),
                sizes ? sizes() : List.of());
    }

    /** The batch's first row with another sample and timestep. */
    Denoiser.Batch first(NDArray sample, float timestep) {
        Denoiser.Batch all = batch();
        NDArray pooled = all.conditioning().pooled();
        return new Denoiser.Batch(
                sample,
                scope.create(new float[] {timestep}),
                new Conditioning(all.conditioning().context().get("0:1"), pooled == null ? null : pooled.get("0:1")),
                all.sizes().stream().limit(1).toList());
    }

    private List<PictureSizes> sizes() {
        float[] values = golden.get("unet.time_ids").values();
        List<PictureSizes> sizes = new ArrayList<>();
        for (int i = 0; i < values.length; i += PictureSizes.COUNT) {
            sizes.add(new PictureSizes(
                    (int) values[i],
                    (int) values[i + 1],
                    (int) values[i + 2],
                    (int) values[i + 3],
                    (int) values[i + 4],
                    (int) values[i + 5]));
        }
        return sizes;
    }

    private NDArray array(String name) {
        GoldenTensor tensor = golden.get(name);
        return scope.create(tensor.values(), new Shape(tensor.shape()));
    }
}
