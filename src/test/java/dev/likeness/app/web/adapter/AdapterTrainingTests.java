package dev.likeness.app.web.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.adapter.MomentumState;
import dev.likeness.diffusion.adapter.TensorFile;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Jobs that continue the training of an uploaded adapter. */
class AdapterTrainingTests extends AdapterApiTest {

    private static final String SPEC = "{\"method\": \"%s\", \"textual_inversion\": {\"adapter_id\": \"%s\"}}";

    @Test
    void areTrainedFurtherWithTheirMomentum() {
        String id = withMomentum();

        Answer job = api.submit(Api.owl(SPEC.formatted("momentum_textual_inversion", id)));

        assertThat(job.status()).isEqualTo(202);
        assertThat(job.at("/spec/textual_inversion/adapter_id")).isEqualTo(id);
        assertThat(job.at("/spec/textual_inversion/vectors")).isEqualTo("2");
        assertThat(job.at("/spec/textual_inversion/gamma")).isEqualTo("0.4");
        assertThat(job.at("/spec/textual_inversion/momentum_mode")).isEqualTo("ema");
        assertThat(api.delete("/v1/adapters/" + id).status()).isEqualTo(409);
        worker.work(UUID.fromString(job.at("/id")));
        assertThat(api.delete("/v1/adapters/" + id).status()).isEqualTo(204);
    }

    /** The situation during a rolling update. */
    @Test
    void areRefusedWithAMomentumModeThatOnlyANewerReleaseKnows() {
        String id = withMomentum();
        database.adapters().changeMomentumMode(UUID.fromString(id), "unheard_of");
        String spec = "{\"method\": \"%s\", \"textual_inversion\": {\"adapter_id\": \"" + id + "\"%s}}";

        Answer refused = api.submit(Api.owl(spec.formatted("momentum_textual_inversion", "")));
        Answer own =
                api.submit(Api.owl(spec.formatted("momentum_textual_inversion", ", \"momentum_mode\": \"anchor\"")));
        Answer plain = api.submit(Api.owl(spec.formatted("textual_inversion", "")));
        database.adapters().changeMomentumMode(UUID.fromString(id), "anchor");

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.body().at("/errors/0/loc").toString())
                .isEqualTo("[\"spec\",\"textual_inversion\",\"momentum_mode\"]");
        assertThat(refused.at("/errors/0/msg")).startsWith("adapter " + id + " has a mode that only a newer release");
        assertThat(own.status()).as(own.text()).isEqualTo(202);
        assertThat(own.at("/spec/textual_inversion/gamma")).isEqualTo("0.4");
        assertThat(plain.status()).as(plain.text()).isEqualTo(202);
    }

    @Test
    void areRefusedWhereTheyCannotBeContinued() {
        String lora = api.upload("style.safetensors", LORA).at("/id");
        byte[] nameless = new TensorFile().add("emb_params", 0.1f, 1, 128).bytes();
        String embedding = api.upload("owl.safetensors", nameless, "placeholder", "<bird-of-mine>")
                .at("/id");
        String unknown = UUID.randomUUID().toString();

        assertThat(refusal("textual_inversion", unknown)).isEqualTo("there is no adapter " + unknown);
        assertThat(refusal("textual_inversion", lora)).contains("is a LoRA");
        assertThat(refusal("dreambooth", embedding)).contains("omit it with dreambooth");
        byte[] output = new TensorFile().add("emp_params_out", 0.1f, 1, 128).bytes();
        byte[] words = new TensorFile()
                .add("bundle_emb.<a>.clip_l", 0.1f, 1, 128)
                .add("bundle_emb.<b>.clip_l", 0.1f, 1, 128)
                .bytes();
        assertThat(refusal(
                        "textual_inversion",
                        api.upload("x.safetensors", output, "placeholder", "<out>")
                                .at("/id")))
                .contains("replaces the output of a text encoder");
        assertThat(refusal(
                        "textual_inversion",
                        api.upload("words.safetensors", words).at("/id")))
                .contains("embeddings of several words");
    }

    @Test
    void areRefusedWithFewerVectors() {
        byte[] file = new TensorFile().add("emb_params", 0.1f, 3, 128).bytes();
        String id = api.upload("owl.safetensors", file, "placeholder", "<owl-of-three>")
                .at("/id");
        String spec = "{\"method\": \"%s\", \"textual_inversion\": {\"adapter_id\": \"" + id
                + "\", \"vectors\": %d, \"initializer\": %s}}";

        for (String refused : List.of(
                spec.formatted("textual_inversion", 2, "null"),
                spec.formatted("momentum_textual_inversion", 2, "null"),
                spec.formatted("momentum_textual_inversion", 2, "\"bird\""))) {
            Answer answer = api.submit(Api.owl(refused));

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body().at("/errors/0/loc").toString())
                    .isEqualTo("[\"spec\",\"textual_inversion\",\"vectors\"]");
            assertThat(answer.at("/errors/0/msg")).contains("at least 3", id);
        }
        assertThat(api.submit(Api.owl(spec.formatted("momentum_textual_inversion", 3, "null")))
                        .status())
                .isEqualTo(202);
        assertThat(api.submit(Api.owl(spec.formatted("textual_inversion", 2, "\"bird\"")))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void areRefusedWithAnIdOfAnotherType() {
        Answer answer =
                api.submit(Api.owl("{\"method\": \"textual_inversion\", \"textual_inversion\": {\"adapter_id\": 5}}"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().at("/errors/0/loc").toString())
                .isEqualTo("[\"spec\",\"textual_inversion\",\"adapter_id\"]");
    }

    private String withMomentum() {
        float[] rows = new float[2 * 128];
        byte[] file = new TensorFile()
                .add("emb_params", 0.1f, 2, 128)
                .metadata(new MomentumState(0.4, MomentumMode.EMA, List.of(rows), List.of(rows)).header())
                .bytes();
        return api.upload("owl.safetensors", file, "placeholder", "<owl>").at("/id");
    }

    private String refusal(String method, String id) {
        Answer answer = api.submit(Api.owl(SPEC.formatted(method, id)));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().at("/errors/0/loc").toString())
                .isEqualTo("[\"spec\",\"textual_inversion\",\"adapter_id\"]");
        return answer.at("/errors/0/msg");
    }
}
