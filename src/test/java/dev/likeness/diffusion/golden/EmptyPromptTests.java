package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.text.NewTokens;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** SDXL's base was trained with zeros for empty prompts, the others with the states of an empty prompt. */
class EmptyPromptTests {

    @ParameterizedTest
    @CsvSource({"tiny-sd1, false", "tiny-sd2, false", "tiny-sdxl, true"})
    void areZeroWhereTheModelWasTrainedSo(String family, boolean zero) throws Exception {
        GoldenCase golden = new GoldenCase(
                family,
                Path.of("src/test/resources/goldens", family),
                "empty",
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode());
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    GoldenModel model = GoldenModel.forSampling(golden, manager)) {
                List<Conditioning> found = model.textEncoders()
                        .encodeWeighted(manager, List.of("a bird", ""), new NewTokens(List.of(), model.noRows()));

                assertThat(isZero(found.get(0).context())).isFalse();
                assertThat(isZero(found.get(1).context())).isEqualTo(zero);
                NDArray pooled = found.get(1).pooled();
                assertThat(pooled == null).isEqualTo(!zero);
                assertThat(pooled == null || isZero(pooled)).isTrue();
                assertThat(found.get(1).context().getShape())
                        .isEqualTo(found.get(0).context().getShape());
            }
        });
    }

    private static boolean isZero(NDArray array) {
        return array.abs().sum().getFloat() == 0;
    }
}
