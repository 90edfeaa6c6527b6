package dev.likeness.diffusion.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.unet.Unet;

/** The inputs of a family's unet case. */
record GoldenUnetCase(NDManager scope, GoldenTensors golden) {

    NDArray sample() {
        return array("unet.sample");
    }

    NDArray timesteps() {
        return scope.create(golden.longs("unet.timestep"), new Shape(golden.shape("unet.timestep")))
                .toType(DataType.FLOAT32, false);
    }

    Unet.Condition condition() {
        boolean sizes = golden.has("unet.time_ids");
        return new Unet.Condition(
                array("unet.context"), sizes ? array("unet.text_embeds") : null, sizes ? array("unet.time_ids") : null);
    }

    private NDArray array(String name) {
        GoldenTensor tensor = golden.get(name);
        return scope.create(tensor.values(), new Shape(tensor.shape()));
    }
}
