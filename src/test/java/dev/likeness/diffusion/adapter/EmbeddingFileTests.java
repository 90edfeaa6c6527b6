package dev.likeness.diffusion.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of embeddings. */
class EmbeddingFileTests extends AdapterFileTest {

    @ParameterizedTest
    @CsvSource({"tiny-sd1, <sks>", "tiny-sd2, <sks>", "tiny-sdxl,"})
    void readsWhatDiffusersSaves(String family, @Nullable String word) {
        EmbeddingFile read = (EmbeddingFile) AdapterFile.read(
                GOLDENS.resolve(family + "/textual_inversion/learned_embeds.safetensors"), base(family));

        assertThat(read.format()).isEqualTo(AdapterFormat.DIFFUSERS);
        assertThat(read.word()).isEqualTo(word);
        assertThat(read.vectors()).isEqualTo(2);
        assertThat(read.rows()).hasSize(word == null ? 2 : 1);
    }

    @Test
    void readsWhatA1111Saves() throws IOException {
        EmbeddingFile read = read(new TensorFile().add("emb_params", 0.1f, 3, 32), SD1);

        assertThat(read.format()).isEqualTo(AdapterFormat.A1111);
        assertThat(read.word()).isNull();
        assertThat(read.vectors()).isEqualTo(3);
    }

    @Test
    void readsASingleVector() throws IOException {
        assertThat(read(new TensorFile().add("<x>", 0.1f, 32), SD1).vectors()).isOne();
    }

    @Test
    void refusesEmbeddingsForAnotherModel() throws IOException {
        assertThat(refused(new TensorFile().add("<x>", 1, 2, 48), SD1))
                .hasMessageContaining("<x> is [2, 48]; this model takes 1 to 75 vectors of 32 values");
        assertThat(refused(new TensorFile().add("<x>", 1, 2, 32), SDXL))
                .hasMessageContaining("for a model with 1 text encoders, but this one has 2");
        assertThat(refused(new TensorFile().add("clip_l", 1, 2, 32).add("clip_g", 1, 3, 48), SDXL))
                .hasMessageContaining("clip_g is [3, 48]");
        assertThat(refused(new TensorFile().add("<x>", 1, 76, 32), SD1)).hasMessageContaining("1 to 75");
    }

    @ParameterizedTest
    @CsvSource({"clip_l, 32, 0", "clip_g, 48, 1"})
    void readsThoseOfOneTextEncoderAlone(String key, int width, int textEncoder) throws IOException {
        EmbeddingFile read = read(new TensorFile().add(key, 0.1f, 2, width), SDXL);

        assertThat(read.vectors()).isEqualTo(2);
        assertThat(read.word()).isNull();
        assertThat(read.rows()).extracting(EmbeddingFile.Row::width).containsExactly(32, 48);
        assertThat(read.rows().get(textEncoder).entry()).isNotNull();
        assertThat(read.rows().get(1 - textEncoder).entry()).isNull();
    }

    @Test
    void readsThoseOfTheOnlyTextEncoderByItsName() throws IOException {
        assertThat(read(new TensorFile().add("clip_l", 0.1f, 2, 32), SD1).vectors())
                .isEqualTo(2);
    }

    /** OneTrainer writes zeros as input embeddings. */
    @Test
    void readsWhatReplacesTheStatesOfATextEncoder() throws IOException {
        TensorFile file = new TensorFile().add("clip_l_out", 1, 2, 32).add("clip_g_out", 1, 2, 48);
        EmbeddingFile alone = read(file, SDXL);
        EmbeddingFile both = read(file.add("clip_l", 0, 2, 32).add("clip_g", 0, 2, 48), SDXL);

        assertThat(alone.vectors()).isEqualTo(2);
        assertThat(alone.rows()).allSatisfy(row -> {
            assertThat(row.entry()).isNull();
            assertThat(row.output()).isNotNull();
        });
        assertThat(both.rows()).allSatisfy(row -> {
            assertThat(row.entry()).isNotNull();
            assertThat(row.output()).isNotNull();
        });
    }

    /** OneTrainer's key for Stable Diffusion 1 and 2 is misspelt. */
    @ParameterizedTest
    @CsvSource({"emp_params", "emb_params", "clip_l"})
    void readsWhatReplacesTheStatesOfTheOnlyTextEncoder(String key) throws IOException {
        EmbeddingFile read = read(new TensorFile().add(key, 0, 3, 32).add(key + "_out", 1, 3, 32), SD1);

        assertThat(read.word()).isNull();
        assertThat(read.vectors()).isEqualTo(3);
        assertThat(read.rows()).singleElement().satisfies(row -> {
            assertThat(row.entry()).isNotNull();
            assertThat(row.output()).isNotNull();
        });
        assertThat(read(new TensorFile().add(key, 1, 3, 32), SD1).word()).isNull();
        assertThat(read(new TensorFile().add(key + "_out", 1, 3, 32), SD1).word())
                .isNull();
    }

    @Test
    void refusesReplacedStatesOfAnotherModel() throws IOException {
        assertThat(refused(new TensorFile().add("clip_l_out", 1, 2, 48), SDXL))
                .hasMessageContaining("clip_l_out is [2, 48]; this model takes 1 to 75 vectors of 32 values");
        assertThat(refused(new TensorFile().add("clip_l", 1, 2, 32).add("clip_l_out", 1, 3, 32), SDXL))
                .hasMessageContaining("clip_l_out is [3, 32]");
        assertThat(refused(new TensorFile().add("clip_l_out", 1, 2, 32).add("t5_out", 1, 2, 64), SDXL))
                .hasMessageContaining("t5_out does not belong in a file of embeddings");
        assertThat(refused(new TensorFile().add("emp_params_out", 1, 2, 32), SDXL))
                .hasMessageContainingAll("1 text encoders", "has 2");
        assertThat(refused(new TensorFile().add("clip_g_out", 1, 2, 48), SD1))
                .hasMessageContainingAll("2 text encoders", "has 1");
    }

    @ParameterizedTest
    @CsvSource({"string_to_param.*", "clip_l"})
    void readsABundleOfOneWordAlone(String key) throws IOException {
        EmbeddingFile read = read(new TensorFile().add("bundle_emb.my.style." + key, 0.1f, 2, 32), SD1);

        assertThat(read.word()).isEqualTo("my.style");
        assertThat(read.vectors()).isEqualTo(2);
        assertThat(read.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.entry()).isNotNull());
    }

    @Test
    void refusesWhatStandsBesideEmbeddings() throws IOException {
        assertThat(refused(new TensorFile().add("emb_params", 1, 2, 32).add("step", 1), SD1)
                        .problems())
                .singleElement()
                .extracting(KeyProblem::key)
                .isEqualTo("step");
    }

    private EmbeddingFile read(TensorFile file, BaseLayers base) throws IOException {
        return (EmbeddingFile) AdapterFile.read(file.write(temp), base);
    }
}
