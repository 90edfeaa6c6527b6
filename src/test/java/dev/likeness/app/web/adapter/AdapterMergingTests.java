package dev.likeness.app.web.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api.Answer;
import dev.likeness.app.generation.GenerationProgress;
import dev.likeness.app.generation.LeasedGeneration;
import dev.likeness.app.job.MergedAdapter;
import dev.likeness.diffusion.adapter.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Generations with several adapters. */
class AdapterMergingTests extends AdapterApiTest {

    @Autowired
    GenerationProgress progress;

    private String drawing = "";

    @BeforeEach
    void workOnAJob() {
        drawing = loraJob();
    }

    @Test
    void handsTheWorkerWhatItAsksFor() {
        String adapter = uploaded();
        String other = loraJob();
        String word = inversionJob("zwx");

        Answer answer = generation(drawing, """
                {"id": "%s"}, {"job_id": "%s", "unet_scale": 0.6, "text_scale": 0}, {"job_id": "%s"}""".formatted(adapter, other, word));
        LeasedGeneration leased =
                progress.lease(UUID.fromString(answer.at("/id"))).orElseThrow();

        assertThat(leased.adapters())
                .extracting(MergedAdapter::unetScale, MergedAdapter::textScale, MergedAdapter::placeholder)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1.0, 1.0, null),
                        org.assertj.core.groups.Tuple.tuple(0.6, 0.0, null),
                        org.assertj.core.groups.Tuple.tuple(1.0, 1.0, "<zwx>"));
        assertThat(leased.adapters().get(0).fileSha256())
                .isEqualTo(api.get("/v1/adapters/" + adapter).at("/sha256"));
        assertThat(answer.at("/adapters/1/job_id")).isEqualTo(other);
        assertThat(answer.at("/adapters/2/kind")).isEqualTo("embedding");
        assertThat(answer.at("/spec/fused")).isEqualTo("true");
    }

    @Test
    void givesEmbeddingsAnotherWord() {
        String word = inversionJob("sks");

        Answer answer = generation(drawing, "{\"job_id\": \"%s\", \"placeholder\": \"<zwx>\"}".formatted(word));

        assertThat(answer.at("/adapters/0/placeholder")).isEqualTo("<zwx>");
    }

    /** Its adapter has an effect without the word. */
    @Test
    void mergesAnAdapterWithItsWord() {
        String pivotal = worked("{\"method\": \"pivotal_tuning\", \"identifier\": \"pvt\"}");
        String use = "{\"job_id\": \"%s\"%s}";

        Answer answer = generation(drawing, use.formatted(pivotal, ""));

        assertThat(answer.at("/adapters/0/kind")).isEqualTo("lora");
        assertThat(answer.at("/adapters/0/placeholder")).isEqualTo("<pvt>");
        assertThat(generation(drawing, use.formatted(pivotal, ", \"placeholder\": \"<tvp>\""))
                        .at("/adapters/0/placeholder"))
                .isEqualTo("<tvp>");
        assertRefused(
                generation(drawing, use.formatted(pivotal, ", \"placeholder\": \"teapo\"")),
                "adapters.0.placeholder",
                "\"teapot\"");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {}                                                            | adapters.0            | must name an uploaded adapter by id, or a job by job_id
            {"id": "5b1c7d3e-0000-4000-8000-000000000000"}                | adapters.0.id         | there is no adapter
            {"job_id": "5b1c7d3e-0000-4000-8000-000000000000"}            | adapters.0.job_id     | there is no job
            {"id": "style"}                                               | adapters.0.id         | must be an id
            {"id": "5b1c7d3e-0000-4000-8000-000000000000", "unet_scale": 11} | adapters.0.unet_scale | must be less than or equal to 10
            {"id": "5b1c7d3e-0000-4000-8000-000000000000", "weight": 1}   | adapters.0.weight     | is not a known field
            7                                                             | adapters.0            | must be an object
            """)
    void refusesWhatItDoesNotUnderstand(String adapter, String location, String message) {
        assertRefused(generation(drawing, adapter), location, message);
    }

    @Test
    void refusesWhatCannotBeMerged() {
        String adapter = uploaded();
        String wholeModel = worked("{}");
        String waiting = worker.submit().toString();
        String onTop = worked("{\"method\": \"dreambooth_lora\", \"base_job_id\": \"%s\"}".formatted(wholeModel));
        String foreign = worked("{\"method\": \"dreambooth_lora\", \"model\": \"tests/tiny-sd1\"}");
        String foreignFile = foreignLora();

        assertRefused(job(wholeModel), "adapters.0.job_id", "trained the whole model");
        assertRefused(job(waiting), "adapters.0.job_id", "has the status queued");
        assertRefused(job(drawing), "adapters.0.job_id", "is this job or a job that it was trained on top of");
        assertRefused(job(onTop), "adapters.0.job_id", "was trained on top of job " + wholeModel);
        assertRefused(job(foreign), "adapters.0.job_id", "was trained on the model tests/tiny-sd1");
        assertRefused(
                generation(drawing, "{\"id\": \"%s\"}".formatted(foreignFile)),
                "adapters.0.id",
                "was uploaded for the model tests/tiny-sd1");
        assertRefused(
                generation(drawing, "{\"id\": \"%1$s\"}, {\"id\": \"%1$s\"}".formatted(adapter)),
                "adapters.1",
                "is listed twice");
        assertRefused(
                generation(drawing, "{\"id\": \"%s\", \"placeholder\": \"<x>\"}".formatted(adapter)),
                "adapters.0.placeholder",
                "but this is a LoRA");
        assertThat(generation(wholeModel, "{\"job_id\": \"%s\"}".formatted(onTop))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void refusesWordsThatPromptsCannotTellApart() {
        String one = inversionJob("zwx");
        String other = inversionJob("zwx");
        String both = "{\"job_id\": \"%s\"}, {\"job_id\": \"%s\"}".formatted(one, other);

        assertRefused(
                generation(drawing, both),
                "adapters.1.placeholder",
                "\"<zwx>\" cannot be distinguished from \"<zwx>\", which prompts already use");
        assertRefused(
                generation(one, "{\"job_id\": \"%s\"}".formatted(other)),
                "adapters.0.placeholder",
                "cannot be distinguished from");
        assertRefused(
                generation(drawing, "{\"job_id\": \"%s\", \"placeholder\": \"teapo\"}".formatted(one)),
                "adapters.0.placeholder",
                "\"teapot\"");
        assertRefused(
                generation(drawing, "{\"job_id\": \"%s\", \"placeholder\": \"<qvz>\"}".formatted(one)),
                "adapters.0.placeholder",
                "does not occur in any prompt");
    }

    @Test
    void keepsApartTheWordsThatALoraBrings() {
        Answer upload = api.upload("style.safetensors", bringing("<zwx>"));
        String adapter = "{\"id\": \"%s\"}".formatted(upload.at("/id"));
        String job = "{\"job_id\": \"%s\"}".formatted(inversionJob("ZWX"));

        assertThat(upload.at("/kind")).isEqualTo("lora");
        assertThat(upload.at("/words/0")).isEqualTo("<zwx>");
        assertThat(generation(drawing, adapter).status()).isEqualTo(202);
        assertRefused(
                generation(drawing, adapter + ", " + job),
                "adapters.1.placeholder",
                "\"<ZWX>\" cannot be distinguished from \"<zwx>\", which prompts already use");
        assertRefused(
                generation(drawing, job + ", " + adapter),
                "adapters.1.id",
                "\"<zwx>\" cannot be distinguished from \"<ZWX>\", which prompts already use");
        Answer common = api.upload("style.safetensors", bringing("bird"));
        assertThat(common.status()).isEqualTo(422);
        assertThat(common.at("/errors/0/msg")).contains("\"bird\"", "common word");
    }

    @Test
    void findsWordsInPromptsAsTokenizersDo() {
        String upper = inversionJob("ZWX");
        String lower = inversionJob("zwx");

        assertThat(generation(drawing, "{\"job_id\": \"%s\"}".formatted(upper)).status())
                .isEqualTo(202);
        assertRefused(
                generation(drawing, "{\"job_id\": \"%s\"}, {\"job_id\": \"%s\"}".formatted(upper, lower)),
                "adapters.1.placeholder",
                "\"<zwx>\" cannot be distinguished from \"<ZWX>\", which prompts already use");
    }

    private String inversionJob(String identifier) {
        return worked("{\"method\": \"textual_inversion\", \"identifier\": \"%s\"}".formatted(identifier));
    }

    private static byte[] bringing(String word) {
        return new TensorFile()
                .addLayer("unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q", 160, 160)
                .add("bundle_emb.%s.string_to_param.*".formatted(word), 0.1f, 2, 128)
                .bytes();
    }

    private Answer job(String id) {
        return generation(drawing, "{\"job_id\": \"%s\"}".formatted(id));
    }

    private String foreignLora() {
        try {
            return api.upload(
                            "lora.safetensors",
                            Files.readAllBytes(GOLDENS.resolve("tiny-sd1/lora/pytorch_lora_weights.safetensors")),
                            "model",
                            "tests/tiny-sd1")
                    .at("/id");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertRefused(Answer answer, String location, String message) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(String.join(
                        ".",
                        answer.body()
                                .at("/errors/0/loc")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList()))
                .isEqualTo(location);
        assertThat(answer.at("/errors/0/msg")).contains(message);
    }
}
