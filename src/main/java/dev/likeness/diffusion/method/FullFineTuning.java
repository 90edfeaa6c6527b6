package dev.likeness.diffusion.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.training.TokenEmbeddings;
import dev.likeness.diffusion.training.TrainableParameters;
import java.util.LinkedHashMap;
import java.util.Map;

/** Trains the base model's own weights: those of the denoiser and, if the method says so, of the text encoders. */
final class FullFineTuning extends MethodTraining {

    private final TrainableParameters trainable;
    private final Map<String, NDArray> trained = new LinkedHashMap<>();
    private final TokenEmbeddings tokens;

    FullFineTuning(NDManager manager, ModelParts parts, DreamBooth method, RandomDraws draws) {
        tokens = TokenEmbeddings.fixed(manager, parts.tokens().rows());
        trainable = TrainableParameters.everything(parts.denoiser(), parts.conditioner(), method.textEncoder(), tokens);
        parts.trainable().forEach((prefix, network) -> {
            if (prefix.equals(parts.denoiserPrefix()) || method.textEncoder()) {
                network.weights().forEach((name, weight) -> trained.put(prefix + name, weight));
            }
        });
    }

    @Override
    public TrainableParameters trainable() {
        return trainable;
    }

    @Override
    public TrainedWeights trainedWeights(NDManager owner) {
        return TrainedWeights.weights(trained);
    }

    @Override
    public void close() {
        tokens.close();
    }
}
